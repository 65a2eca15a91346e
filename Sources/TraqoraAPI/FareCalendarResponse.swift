public import Travel

/// What `GET /api/v1/flights/calendar` answers: the cheapest price of each day of a month.
public struct FareCalendarResponse: Codable, Sendable {
    /// One day.
    public struct Day: Codable, Hashable, Sendable {
        /// The day of departure.
        public var date: LocalDate
        /// What the cheapest offer costs; absent when there is none.
        public var price: Money?
        /// Whose price it is.
        public var supplier: String?
        /// When a search found it, if it was not asked for now.
        public var foundAt: Instant?

        private enum CodingKeys: String, CodingKey {
            case date, price, supplier
            case foundAt = "found_at"
        }

        /// A day.
        public init(
            date: LocalDate, price: Money?, supplier: String? = nil, foundAt: Instant? = nil
        ) {
            self.date = date
            self.price = price
            self.supplier = supplier
            self.foundAt = foundAt
        }
    }

    /// What the prices of a supplier come from.
    public enum Basis: String, Codable, CaseIterable, Sendable {
        /// A search for each day, now.
        case searches
        /// The supplier's own list of cheapest days, asked now.
        case cheapestDays = "cheapest_days"
        /// What earlier searches found: the supplier cannot be asked for a month.
        case earlierSearches = "earlier_searches"
    }

    /// How one supplier contributed.
    public struct Source: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// What its prices come from.
        public var basis: Basis
        /// For how many days it has a price in dollars.
        public var days: Int
        /// Why it did not answer: a stable code; absent if it did.
        public var code: String?
        /// When the oldest of its prices was found, of those from earlier searches.
        public var oldestAt: Instant?
        /// The currency of its prices if it is another than dollars: they cannot be compared.
        public var currency: Currency?

        private enum CodingKeys: String, CodingKey {
            case name, basis, days, code, currency
            case oldestAt = "oldest_at"
        }

        /// A source.
        public init(
            name: String, basis: Basis, days: Int, code: String? = nil, oldestAt: Instant? = nil,
            currency: Currency? = nil
        ) {
            self.name = name
            self.basis = basis
            self.days = days
            self.code = code
            self.oldestAt = oldestAt
            self.currency = currency
        }
    }

    /// The days of the month that are on sale, in order.
    public var days: [Day]
    /// The cheapest of them; absent when there is no offer in the month.
    public var cheapest: Day?
    /// Whose prices these may be.
    public var suppliers: [String]
    /// How each of them contributed, and which of them failed.
    public var sources: [Source]
    /// When they were asked.
    public var searchedAt: Instant

    private enum CodingKeys: String, CodingKey {
        case days, cheapest, suppliers, sources
        case searchedAt = "searched_at"
    }

    /// An answer.
    public init(days: [Day], cheapest: Day?, sources: [Source], searchedAt: Instant) {
        self.days = days
        self.cheapest = cheapest
        suppliers = sources.map(\.name)
        self.sources = sources
        self.searchedAt = searchedAt
    }
}
