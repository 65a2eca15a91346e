/// Someone who travels, as far as a ticket needs to know them.
public struct Passenger: Hashable, Codable, Sendable {
    /// Their name.
    public let name: PassengerName
    /// What they count as.
    public let type: PassengerType
    /// The day they were born.
    public let bornOn: LocalDate
    /// How they are addressed; airlines behind some suppliers want to know.
    public let title: PassengerTitle?
    /// As in their passport; airlines behind some suppliers want to know.
    public let gender: PassengerGender?
    /// Where the airline writes when something changes.
    public let email: EmailAddress?
    /// Where the airline calls when something changes.
    public let phone: PhoneNumber?

    private enum CodingKeys: String, CodingKey {
        case name, type, title, gender, email, phone
        case bornOn = "born_on"
    }

    /// A traveller.
    public init(
        name: PassengerName, type: PassengerType, bornOn: LocalDate, title: PassengerTitle? = nil,
        gender: PassengerGender? = nil, email: EmailAddress? = nil, phone: PhoneNumber? = nil
    ) {
        self.name = name
        self.type = type
        self.bornOn = bornOn
        self.title = title
        self.gender = gender
        self.email = email
        self.phone = phone
    }

    /// Checks that age and type agree on the last day of the trip.
    /// - Throws: `dateOfBirthInFuture`, `ageMismatch`.
    public func check(today: LocalDate, tripEnds: LocalDate) throws(TravelError) {
        guard bornOn <= today else { throw .dateOfBirthInFuture }
        let age = bornOn.years(until: tripEnds)
        guard type.ages.contains(age) else { throw .ageMismatch(type, age: age) }
    }
}
