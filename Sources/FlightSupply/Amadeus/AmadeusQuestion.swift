import Travel

/// What a search is to Amadeus.
struct AmadeusQuestion: Encodable {
    struct Range: Encodable { var date: String }

    struct Journey: Encodable {
        var id: String
        var originLocationCode: String
        var destinationLocationCode: String
        var departureDateTimeRange: Range
    }

    struct Traveler: Encodable {
        var id: String
        var travelerType: String
        var associatedAdultId: String?
    }

    struct CabinRestriction: Encodable {
        var cabin: String
        var coverage = "MOST_SEGMENTS"
        var originDestinationIds: [String]
    }

    struct ConnectionRestriction: Encodable { var maxNumberOfConnections: Int }

    struct Filters: Encodable {
        var cabinRestrictions: [CabinRestriction]?
        var connectionRestriction: ConnectionRestriction
    }

    struct Criteria: Encodable {
        var maxFlightOffers: Int
        var flightFilters: Filters
    }

    var currencyCode: String
    var originDestinations: [Journey]
    var travelers: [Traveler]
    var sources = ["GDS"]
    var searchCriteria: Criteria

    init(_ search: FlightSearch, currency: Currency) {
        currencyCode = currency.code
        originDestinations = search.slices.enumerated().map { number, slice in
            Journey(
                id: "\(number + 1)", originLocationCode: slice.origin.code.text,
                destinationLocationCode: slice.destination.code.text,
                departureDateTimeRange: Range(date: slice.date.description))
        }
        let counts = search.passengers
        let types =
            [String](repeating: "ADULT", count: counts.adults)
            + [String](repeating: "CHILD", count: counts.children)
        travelers = types.enumerated().map { Traveler(id: "\($0 + 1)", travelerType: $1) }
        for number in 0..<counts.infants {
            travelers.append(
                Traveler(
                    id: "\(types.count + number + 1)", travelerType: "HELD_INFANT",
                    associatedAdultId: "\(number + 1)"))
        }
        let journeys = originDestinations.map(\.id)
        searchCriteria = Criteria(
            maxFlightOffers: AmadeusSupply.offersMax,
            flightFilters: Filters(
                cabinRestrictions: search.cabin.map {
                    [
                        CabinRestriction(
                            cabin: $0.rawValue.uppercased(), originDestinationIds: journeys)
                    ]
                },
                connectionRestriction: ConnectionRestriction(
                    maxNumberOfConnections: search.connectionsMax)))
    }
}
