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
    /// What shows who they are; some airlines want to know before they sell.
    public let documents: [IdentityDocument]?
    /// Their numbers in the programmes of airlines.
    public let frequentFlyer: [FrequentFlyer]?
    /// On whose lap an infant travels: the place of the adult among the passengers, from 0.
    public let onLapOf: Int?
    /// The seats they have chosen, one a flight at most.
    public var seats: [SeatChoice]?

    private enum CodingKeys: String, CodingKey {
        case name, type, title, gender, email, phone, documents, seats
        case bornOn = "born_on"
        case frequentFlyer = "frequent_flyer"
        case onLapOf = "on_lap_of"
    }

    /// A traveller.
    public init(
        name: PassengerName, type: PassengerType, bornOn: LocalDate, title: PassengerTitle? = nil,
        gender: PassengerGender? = nil, email: EmailAddress? = nil, phone: PhoneNumber? = nil,
        documents: [IdentityDocument]? = nil, frequentFlyer: [FrequentFlyer]? = nil,
        onLapOf: Int? = nil, seats: [SeatChoice]? = nil
    ) {
        self.name = name
        self.type = type
        self.bornOn = bornOn
        self.title = title
        self.gender = gender
        self.email = email
        self.phone = phone
        self.documents = documents
        self.frequentFlyer = frequentFlyer
        self.onLapOf = onLapOf
        self.seats = seats
    }

    /// Checks that age and type agree on the last day of the trip.
    /// - Throws: `dateOfBirthInFuture`, `ageMismatch`.
    public func check(today: LocalDate, tripEnds: LocalDate) throws(TravelError) {
        guard bornOn <= today else { throw .dateOfBirthInFuture }
        let age = bornOn.years(until: tripEnds)
        guard type.ages.contains(age) else { throw .ageMismatch(type, age: age) }
    }
}
