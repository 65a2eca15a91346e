/// A country, as ISO 3166-1 writes it with two letters; and `XK`, which passports know.
public struct CountryCode: Hashable, Sendable {
    /// The letters.
    public let text: String

    /// Reads two letters that stand for a country.
    /// - Throws: `unknownCountry`.
    public init(parsing text: String) throws(TravelError) {
        let upper = text.uppercased()
        guard Self.all.contains(upper) else { throw .unknownCountry(text) }
        self.text = upper
    }

    /// All there are.
    static let all = Set(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ \
        BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM \
        DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS \
        GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN \
        KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ \
        MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
        PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
        SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI \
        VN VU WF WS XK YE YT ZA ZM ZW
        """.split(separator: " ").map(String.init))
}

extension CountryCode: TextCodable {
    /// The letters.
    public var description: String { text }
}

/// What shows who somebody is, or that a border knows them.
public struct IdentityDocument: Hashable, Codable, Sendable {
    /// What it is.
    public enum Kind: String, Hashable, Codable, CaseIterable, Sendable {
        case passport
        case identityCard = "identity_card"
        /// The number of a trusted traveller: Global Entry, TSA PreCheck.
        case knownTraveler = "known_traveler"
        /// The number that keeps somebody from being taken for somebody else.
        case redress
        /// The number under which somebody pays taxes: some countries' airlines ask for it.
        case taxID = "tax_id"

        /// Whether it ends, and says whose citizen the holder is.
        var isTravelDocument: Bool { self == .passport || self == .identityCard }
    }

    /// What it is.
    public let kind: Kind
    /// Its number: letters and digits.
    public let number: String
    /// The country that issued it.
    public let issuedBy: CountryCode
    /// Whose citizen the holder is: passports and identity cards say so.
    public let nationality: CountryCode?
    /// The last day on which it is good: passports and identity cards have one.
    public let expiresOn: LocalDate?

    private enum CodingKeys: String, CodingKey {
        case kind, number, nationality
        case issuedBy = "issued_by"
        case expiresOn = "expires_on"
    }

    /// How long a number may be.
    public static let numberLengthMax = 20

    /// A document.
    /// - Throws: `malformedDocument`.
    public init(
        kind: Kind, number: String, issuedBy: CountryCode, nationality: CountryCode? = nil,
        expiresOn: LocalDate? = nil
    ) throws(TravelError) {
        // Hyphens and blanks are printed to be read, and are no part of the number.
        let kept = number.uppercased().filter { $0 != "-" && $0 != " " }
        guard (1...Self.numberLengthMax).contains(kept.utf8.count),
            kept.utf8.allSatisfy({ isLetter($0) || isDigit($0) })
        else {
            throw .malformedDocument(
                "its number has 1 to \(Self.numberLengthMax) letters and digits")
        }
        if kind.isTravelDocument {
            guard expiresOn != nil else { throw .malformedDocument("say when it expires") }
            guard nationality != nil else { throw .malformedDocument("say the nationality") }
        }
        self.kind = kind
        self.number = kept
        self.issuedBy = issuedBy
        self.nationality = nationality
        self.expiresOn = expiresOn
    }

    /// Reads a document and checks it as the initialiser does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            kind: container.decode(Kind.self, forKey: .kind),
            number: container.decode(String.self, forKey: .number),
            issuedBy: container.decode(CountryCode.self, forKey: .issuedBy),
            nationality: container.decodeIfPresent(CountryCode.self, forKey: .nationality),
            expiresOn: container.decodeIfPresent(LocalDate.self, forKey: .expiresOn))
    }
}

/// The number under which an airline counts how often somebody flies.
public struct FrequentFlyer: Hashable, Codable, Sendable {
    /// Whose programme it is.
    public let airline: AirlineCode
    /// The number: letters and digits.
    public let number: String

    /// How long a number may be.
    public static let numberLengthMax = 20

    /// A number of a programme.
    /// - Throws: `malformedDocument`.
    public init(airline: AirlineCode, number: String) throws(TravelError) {
        let kept = number.uppercased().filter { $0 != "-" && $0 != " " }
        guard (1...Self.numberLengthMax).contains(kept.utf8.count),
            kept.utf8.allSatisfy({ isLetter($0) || isDigit($0) })
        else {
            throw .malformedDocument(
                "a frequent flyer's number has 1 to \(Self.numberLengthMax) letters and digits")
        }
        self.airline = airline
        self.number = kept
    }

    /// Reads a number and checks it as the initialiser does.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            airline: container.decode(AirlineCode.self, forKey: .airline),
            number: container.decode(String.self, forKey: .number))
    }
}
