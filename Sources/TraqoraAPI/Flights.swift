public import Travel

/// What `GET /api/v1/flights/search` answers.
public struct FlightSearchResponse: Codable, Sendable {
    /// The offers, in the order that was asked for.
    public var offers: [Offer]
    /// The airports that occur in them, by code.
    public var airports: [String: Airport]
    /// The names of the airlines that occur in them, by code.
    public var airlines: [String: String]
    /// When the suppliers were asked.
    public var searchedAt: Instant
    /// Who was asked, and how each answered: where one failed, offers may be missing.
    public var suppliers: [SupplierReport]
    /// How many offers are wanted ones, on all pages together.
    public var count: Int
    /// What to give as `cursor` for the next page; absent on the last.
    public var nextCursor: String?

    private enum CodingKeys: String, CodingKey {
        case offers, airports, airlines, suppliers, count
        case searchedAt = "searched_at"
        case nextCursor = "next_cursor"
    }

    /// An answer.
    public init(
        offers: [Offer], airports: [String: Airport], airlines: [String: String],
        searchedAt: Instant, suppliers: [SupplierReport], count: Int, nextCursor: String?
    ) {
        self.offers = offers
        self.airports = airports
        self.airlines = airlines
        self.searchedAt = searchedAt
        self.suppliers = suppliers
        self.count = count
        self.nextCursor = nextCursor
    }
}

/// How one supplier answered a search.
public struct SupplierReport: Codable, Hashable, Sendable {
    /// Its name, as its offers have it: `simulator`, `registry`, `duffel`, `amadeus`.
    public var name: String
    /// How many offers it had.
    public var offers: Int
    /// Why it had none to tell: a stable code such as `suppliers.timed_out`. Absent when it
    /// answered.
    public var code: String?
    /// How long it took.
    public var milliseconds: Int

    /// A report.
    public init(name: String, offers: Int, code: String?, milliseconds: Int) {
        self.name = name
        self.offers = offers
        self.code = code
        self.milliseconds = milliseconds
    }
}

/// What `GET /api/v1/offers/{id}` answers: the offer as it stands now.
public struct OfferResponse: Codable, Sendable {
    /// The offer, priced again, with all its conditions. Book this one.
    public var offer: Offer
    /// The airports that occur in it, by code.
    public var airports: [String: Airport]
    /// The names of the airlines that occur in it, by code.
    public var airlines: [String: String]

    /// An answer.
    public init(offer: Offer, airports: [String: Airport], airlines: [String: String]) {
        self.offer = offer
        self.airports = airports
        self.airlines = airlines
    }
}

/// What `GET /api/v1/offers/{id}/seat-maps` answers: where one may sit.
public struct SeatMapsResponse: Codable, Sendable {
    /// The offer.
    public var offerID: OfferID
    /// A map of each flight whose airline shows one, in the order of the trip.
    public var seatMaps: [SeatMap]

    private enum CodingKeys: String, CodingKey {
        case offerID = "offer_id"
        case seatMaps = "seat_maps"
    }

    /// An answer.
    public init(offerID: OfferID, seatMaps: [SeatMap]) {
        self.offerID = offerID
        self.seatMaps = seatMaps
    }
}

/// What `GET /api/v1/airports` answers.
public struct PlacesResponse: Codable, Sendable {
    /// An airport, or a city with several.
    public struct Place: Codable, Hashable, Sendable {
        /// Which of the two.
        public var kind: PlaceSearch.Place.Kind
        /// The code to search flights with.
        public var code: AirportCode
        /// The name.
        public var name: String
        /// The city.
        public var city: String
        /// The country, as ISO 3166-1 alpha-2.
        public var country: String
        /// The airports of a city, the busiest first; of an airport itself.
        public var airports: [AirportCode]

        /// A place.
        public init(_ place: PlaceSearch.Place) {
            kind = place.kind
            code = place.code
            name = place.name
            city = place.city
            country = place.country
            airports = place.airports
        }
    }

    /// The places that fit, the best first.
    public var places: [Place]

    /// An answer.
    public init(places: [Place]) { self.places = places }
}
