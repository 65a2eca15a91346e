/// The three letters of IATA for an airport: `LHR`. Well formed, not necessarily existing.
public struct AirportCode: Hashable, Sendable {
    /// The three capital letters.
    public let text: String

    /// Reads three letters, in either case.
    public init(parsing text: String) throws(TravelError) {
        let letters = text.uppercased()
        guard letters.utf8.count == 3, letters.utf8.allSatisfy(isLetter) else {
            throw .malformedAirport(text)
        }
        self.text = letters
    }

    /// The code as a number below 17 576: its place in a table.
    var index: Int {
        text.utf8.reduce(0) { $0 * 26 + Int($1 - UInt8(ascii: "A")) }
    }
}

extension AirportCode: TextCodable {
    /// The code.
    public var description: String { text }
}

/// The two characters of IATA for an airline, one of which may be a digit: `BA`, `U2`.
public struct AirlineCode: Hashable, Sendable {
    /// The two characters.
    public let text: String

    /// Reads two characters, not two digits.
    public init(parsing text: String) throws(TravelError) {
        let characters = text.uppercased()
        guard characters.utf8.count == 2,
            characters.utf8.allSatisfy({ isLetter($0) || isDigit($0) }),
            characters.utf8.contains(where: isLetter)
        else { throw .malformedAirline(text) }
        self.text = characters
    }
}

extension AirlineCode: TextCodable {
    /// The code.
    public var description: String { text }
}

/// An airline's number for a flight: `BA117`, `U28034A`. Zeros in front mean nothing.
public struct FlightNumber: Hashable, Sendable {
    /// The airline that sells it.
    public let carrier: AirlineCode
    /// The number, 1 to 9 999.
    public let number: Int
    /// The operational suffix, if it has one.
    public let suffix: String

    /// A number of `carrier`, `nil` outside 1 to 9 999.
    public init?(carrier: AirlineCode, number: Int) {
        guard (1...9_999).contains(number) else { return nil }
        self.carrier = carrier
        self.number = number
        suffix = ""
    }

    /// Reads airline, number and suffix, with or without a space.
    public init(parsing text: String) throws(TravelError) {
        let characters = text.uppercased().filter { $0 != " " }
        guard let carrier = try? AirlineCode(parsing: String(characters.prefix(2))) else {
            throw .malformedFlightNumber(text)
        }
        var digits = Array(characters.utf8.dropFirst(2))
        var suffix = ""
        if let last = digits.last, isLetter(last) {
            suffix = String(decoding: [digits.removeLast()], as: UTF8.self)
        }
        guard digits.count <= 4, let value = Travel.number(digits), value > 0 else {
            throw .malformedFlightNumber(text)
        }
        self.carrier = carrier
        number = value
        self.suffix = suffix
    }
}

extension FlightNumber: TextCodable {
    /// `BA117`.
    public var description: String { "\(carrier)\(number)\(suffix)" }
}

/// Whether `byte` is a capital letter of ASCII.
func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

/// Whether `byte` is a digit of ASCII.
func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
