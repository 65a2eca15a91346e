import Travel

/// The travellers of an offer of Amadeus', and which of ours each of them is.
enum AmadeusTravelers {
    /// A traveller of the offer.
    private struct Place {
        var id: String
        var type: PassengerType
        var adult: String?
    }

    /// The id of each of ours among the travellers of the offer: each infant gets the place that
    /// is on the lap of its adult's, everybody else of each kind in order.
    static func ids(of passengers: [Passenger], in offer: [String: Any]) throws(SupplyError)
        -> [String]
    {
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
        var list: [String] = []
        for index in passengers.indices {
            guard let id = ids[index] else { throw .detailsMissing("a place in the offer") }
            list.append(id)
        }
        return list
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
}
