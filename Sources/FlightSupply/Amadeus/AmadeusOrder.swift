import Foundation
import Travel

/// What Amadeus is asked for when something is ordered.
enum AmadeusOrder {
    /// The offer as it was priced: what Amadeus sent.
    static func offer(of request: OrderRequest) throws(SupplyError) -> [String: Any] {
        guard let text = request.offer.supplierData,
            let raw = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
            let offer = raw as? [String: Any]
        else { throw .unknownOffer }
        return offer
    }

    /// What marks an order as ours.
    static func remark(_ request: OrderRequest) -> String { "TRAQORA \(request.reference)" }

    static func body(of request: OrderRequest, ordering offer: [String: Any]) throws(SupplyError)
        -> [UInt8]
    {
        let ids = try AmadeusTravelers.ids(of: request.passengers, in: offer)
        var travelers: [[String: Any]] = []
        for (passenger, id) in zip(request.passengers, ids) {
            travelers.append(try traveler(passenger, id))
        }
        return try AmadeusSupply.bytes(of: [
            "data": [
                "type": "flight-order", "flightOffers": [offer], "travelers": travelers,
                "remarks": [
                    "general": [
                        ["subType": "GENERAL_MISCELLANEOUS", "text": remark(request)]
                    ]
                ],
                "ticketingAgreement": [
                    "option": "DELAY_TO_CANCEL", "delay": "\(AmadeusSupply.dropDays)D",
                ],
            ]
        ])
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
