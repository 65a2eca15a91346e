import Travel

/// An offer of the registry, written into its own id: `reg1.17.economy.1-0-0.1798137000`.
public struct RegistryOfferID: Hashable, Sendable {
    /// The flight's number in the registry.
    public let flight: UInt64
    /// As the ledger names it.
    public let cabin: String
    let passengers: PassengerCounts
    let quotedAt: Instant

    init(flight: UInt64, cabin: String, passengers: PassengerCounts, quotedAt: Instant) {
        self.flight = flight
        self.cabin = cabin
        self.passengers = passengers
        self.quotedAt = quotedAt
    }

    static let prefix = "reg1."

    var text: String {
        let people = "\(passengers.adults)-\(passengers.children)-\(passengers.infants)"
        return "\(Self.prefix)\(flight).\(cabin).\(people).\(quotedAt.seconds)"
    }

    /// Reads an id; `nil` for what the registry's supplier never wrote.
    public init?(_ text: String) {
        let fields = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 5, "\(fields[0])." == Self.prefix, let flight = UInt64(fields[1]),
            let seconds = Int64(fields[4])
        else { return nil }
        let people = fields[3].split(separator: "-", omittingEmptySubsequences: false).map {
            Int($0)
        }
        guard people.count == 3, let adults = people[0], let children = people[1],
            let infants = people[2],
            let passengers = try? PassengerCounts(
                adults: adults, children: children, infants: infants)
        else { return nil }
        self.init(
            flight: flight, cabin: fields[2], passengers: passengers,
            quotedAt: Instant(seconds: seconds))
        guard self.text == text else { return nil }
    }
}
