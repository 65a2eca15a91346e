/// Someone who travels, as far as a ticket needs to know them.
public struct Passenger: Hashable, Codable, Sendable {
    /// Their name.
    public let name: PassengerName
    /// What they count as.
    public let type: PassengerType
    /// The day they were born.
    public let bornOn: LocalDate

    private enum CodingKeys: String, CodingKey {
        case name, type
        case bornOn = "born_on"
    }

    /// A traveller.
    public init(name: PassengerName, type: PassengerType, bornOn: LocalDate) {
        self.name = name
        self.type = type
        self.bornOn = bornOn
    }

    /// Checks that age and type agree on the last day of the trip.
    /// - Throws: `dateOfBirthInFuture`, `ageMismatch`.
    public func check(today: LocalDate, tripEnds: LocalDate) throws(TravelError) {
        guard bornOn <= today else { throw .dateOfBirthInFuture }
        let age = bornOn.years(until: tripEnds)
        guard type.ages.contains(age) else { throw .ageMismatch(type, age: age) }
    }
}
