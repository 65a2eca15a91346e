import Foundation
import Travel

/// What Amadeus is asked for when something is ordered.
enum AmadeusOrder {
    static func body(of request: OrderRequest) throws(SupplyError) -> [UInt8] {
        guard let text = request.offer.supplierData,
            let raw = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
            let offer = raw as? [String: Any]
        else { throw .unknownOffer }
        return try AmadeusSupply.bytes(of: [
            "data": [
                "type": "flight-order", "flightOffers": [offer],
                "travelers": try travelers(request, offer),
                "remarks": [
                    "general": [
                        [
                            "subType": "GENERAL_MISCELLANEOUS",
                            "text": "TRAQORA \(request.reference)",
                        ]
                    ]
                ],
                "ticketingAgreement": [
                    "option": "DELAY_TO_CANCEL", "delay": "\(AmadeusSupply.dropDays)D",
                ],
            ]
        ])
    }

    /// A traveller of the offer.
    private struct Place {
        var id: String
        var type: PassengerType
        var adult: String?
    }

    /// Ours to the travellers of the offer: each infant to the place that is on the lap of its
    /// adult's, everybody else of each kind in order.
    private static func travelers(_ request: OrderRequest, _ offer: [String: Any])
        throws(SupplyError) -> [[String: Any]]
    {
        let passengers = request.passengers
        guard let laps = try? Party.laps(of: passengers) else {
            throw .detailsMissing("an adult for each infant")
        }
        var free = try places(of: offer)
        var ids: [Int: String] = [:]
        let take = { (index: Int, isWanted: (Place) -> Bool) -> Place? in
            guard let place = free.firstIndex(where: isWanted) else { return nil }
            ids[index] = free[place].id
            return free.remove(at: place)
        }
        for (infant, adult) in laps.sorted(by: { $0.key < $1.key }) {
            let place = take(infant) { $0.type == .infant }
            guard let place else { throw .detailsMissing("a place in the offer") }
            _ = take(adult) { $0.type == .adult && (place.adult == nil || $0.id == place.adult) }
        }
        for (index, passenger) in passengers.enumerated() where ids[index] == nil {
            _ = take(index) { $0.type == passenger.type }
        }
        guard free.isEmpty else { throw .detailsMissing("everybody the offer is for") }
        var people: [[String: Any]] = []
        for (index, passenger) in passengers.enumerated() {
            guard let id = ids[index] else { throw .detailsMissing("a place in the offer") }
            people.append(try traveler(passenger, id))
        }
        return people
    }

    private static func places(of offer: [String: Any]) throws(SupplyError) -> [Place] {
        var places: [Place] = []
        for pricing in offer["travelerPricings"] as? [[String: Any]] ?? [] {
            guard let id = pricing["travelerId"] as? String,
                let type = pricing["travelerType"] as? String
            else { throw .unreadable("a traveller without id") }
            places.append(
                Place(
                    id: id, type: AmadeusOffer.passengerType(type),
                    adult: pricing["associatedAdultId"] as? String))
        }
        return places
    }

    private static func traveler(_ passenger: Passenger, _ id: String) throws(SupplyError)
        -> [String: Any]
    {
        guard let email = passenger.email, let phone = passenger.phone else {
            throw .detailsMissing("email and phone")
        }
        let parts = passenger.name.parts
        var traveler: [String: Any] = [
            "id": id, "dateOfBirth": passenger.bornOn.description,
            "gender": gender(passenger.gender),
            "name": ["firstName": parts.given, "lastName": parts.family],
            "contact": [
                "emailAddress": email.text,
                "phones": [
                    [
                        "deviceType": "MOBILE", "countryCallingCode": phone.countryCallingCode,
                        "number": phone.nationalNumber,
                    ]
                ],
            ],
        ]
        let documents = (passenger.documents ?? []).compactMap(document)
        if !documents.isEmpty { traveler["documents"] = documents }
        if let numbers = passenger.frequentFlyer, !numbers.isEmpty {
            traveler["loyaltyPrograms"] = numbers.map {
                ["programOwner": $0.airline.text, "id": $0.number]
            }
        }
        return traveler
    }

    /// - Returns: `nil` for a kind that Amadeus does not know.
    private static func document(_ document: IdentityDocument) -> [String: Any]? {
        let type: String? =
            switch document.kind {
            case .passport: "PASSPORT"
            case .identityCard: "IDENTITY_CARD"
            case .knownTraveler: "KNOWN_TRAVELER"
            case .redress: "REDRESS"
            case .taxID: nil
            }
        guard let type else { return nil }
        var wire: [String: Any] = [
            "documentType": type, "number": document.number,
            "issuanceCountry": document.issuedBy.text, "validityCountry": document.issuedBy.text,
            "holder": true,
        ]
        if let nationality = document.nationality { wire["nationality"] = nationality.text }
        if let end = document.expiresOn { wire["expiryDate"] = end.description }
        return wire
    }

    private static func gender(_ gender: PassengerGender?) -> String {
        switch gender {
        case .female: "FEMALE"
        case .male: "MALE"
        case .unspecified: "UNSPECIFIED"
        case .undisclosed, nil: "UNDISCLOSED"
        }
    }
}
