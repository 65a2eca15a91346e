import Foundation
import Testing
import Travel

@Suite struct PassengerTests {
    @Test(arguments: [
        ("Jörg", "Müller-Weiß", "MUELLER WEISS/JOERG"), ("Zoë", "O'Brien", "OBRIEN/ZOE"),
        ("", "Suharto", "SUHARTO/FNU"), ("Łukasz", "Żółć", "ZOLC/LUKASZ"),
        ("Nguyễn Văn", "An", "AN/NGUYEN VAN"), ("İpek", "Çağlar", "CAGLAR/IPEK"),
        ("Bjørn", "Ångström", "AANGSTROEM/BJOERN"), (" Ada ", " Lovelace ", "LOVELACE/ADA"),
    ])
    func `a name is put on a ticket in the letters A to Z`(
        given: String, family: String, ticketed: String
    ) throws {
        #expect(try PassengerName(given: given, family: family).ticketed == ticketed)
    }

    @Test(arguments: [
        ("Ada", ""), ("Ada", "王"), ("R2", "D2"), ("Ada", "<script>"), ("-", "Lovelace"),
        ("Ada", "Love\u{0}lace"), ("😀", "Smile"),
    ])
    func `a name that no ticket can carry is refused`(given: String, family: String) {
        #expect(throws: TravelError.self) { try PassengerName(given: given, family: family) }
    }

    @Test func `a name is at most as long as airlines take`() throws {
        let family = String(repeating: "a", count: 40)
        let given = String(repeating: "b", count: 19)
        #expect(try PassengerName(given: given, family: family).ticketed.count == 60)
        #expect(throws: TravelError.nameTooLong("\(given)b \(family)", limit: 59)) {
            try PassengerName(given: given + "b", family: family)
        }
    }

    @Test(
        arguments: [
            (PassengerType.infant, "2025-01-11", nil), (.infant, "2025-01-10", 2),
            (.child, "2025-01-10", nil), (.child, "2015-01-11", nil), (.child, "2015-01-10", 12),
            (.adult, "2015-01-10", nil), (.adult, "2015-01-11", 11),
        ] as [(PassengerType, String, Int?)])
    func `age is counted on the last day of the trip`(
        type: PassengerType, born: String, wrongAge: Int?
    ) throws {
        let passenger = try Passenger(
            name: PassengerName(given: "Ada", family: "Lovelace"), type: type,
            bornOn: LocalDate(parsing: born))
        let today = try LocalDate(parsing: "2026-12-01")
        let end = try LocalDate(parsing: "2027-01-10")
        if let wrongAge {
            #expect(throws: TravelError.ageMismatch(type, age: wrongAge)) {
                try passenger.check(today: today, tripEnds: end)
            }
        } else {
            try passenger.check(today: today, tripEnds: end)
        }
    }

    @Test func `nobody is born tomorrow`() throws {
        let passenger = try Passenger(
            name: PassengerName(given: "Ada", family: "Lovelace"), type: .infant,
            bornOn: LocalDate(parsing: "2026-12-02"))
        #expect(throws: TravelError.dateOfBirthInFuture) {
            try passenger.check(
                today: LocalDate(parsing: "2026-12-01"), tripEnds: LocalDate(parsing: "2027-01-01"))
        }
    }

    @Test(arguments: [(0, 1, 0), (0, 0, 0), (1, 0, 2), (10, 0, 0), (5, 5, 0), (-1, 2, 0)])
    func `a party that nobody books is refused`(adults: Int, children: Int, infants: Int) {
        #expect(throws: TravelError.self) {
            try PassengerCounts(adults: adults, children: children, infants: infants)
        }
    }

    @Test func `the commitment binds every field and its salt`() throws {
        let salt = [UInt8](repeating: 7, count: 32)
        let people = try [
            ("Ada", "Lovelace", PassengerType.adult, "1990-12-10"),
            ("Ad", "Alovelace", .adult, "1990-12-10"), ("Ada", "Lovelace", .child, "1990-12-10"),
            ("Ada", "Lovelace", .adult, "1990-12-11"),
        ].map {
            try Passenger(
                name: PassengerName(given: $0.0, family: $0.1), type: $0.2,
                bornOn: LocalDate(parsing: $0.3))
        }
        let preimages = people.map { Manifest.preimage(of: $0, salt: salt) }
        #expect(Set(preimages).count == people.count)
        #expect(!preimages.contains(nil))
        let other = [UInt8](repeating: 8, count: 32)
        #expect(Manifest.preimage(of: people[0], salt: other) != preimages[0])
        #expect(Manifest.preimage(of: people[0], salt: [1]) == nil)
        #expect(Manifest.preimage(ofCommitments: [[1]]) == nil)
    }
}
