import Travel

/// A type that says itself what it looks like.
protocol Shaped: Decodable {
    /// The schema, and a value for the field `name`.
    static func shape(in book: SchemaBook, named name: String) throws -> (JSONSchema, Self)
}

/// A text with a form of its own.
protocol DescribedText: Shaped, TextCodable {
    /// What it looks like, and one.
    static var form: (schema: JSONSchema, example: String) { get }
}

extension DescribedText {
    static func shape(in book: SchemaBook, named name: String) throws -> (JSONSchema, Self) {
        try book.shape(ofText: Self.self)
    }
}

extension String: Shaped {
    static func shape(in book: SchemaBook, named name: String) -> (JSONSchema, String) {
        (.text(), Examples.texts[name] ?? "text")
    }
}

extension Bool: Shaped {
    static func shape(in book: SchemaBook, named name: String) -> (JSONSchema, Bool) {
        (.boolean, true)
    }
}

extension Double: Shaped {
    static func shape(in book: SchemaBook, named name: String) -> (JSONSchema, Double) {
        (.number, 51.5)
    }
}

extension Shaped where Self: FixedWidthInteger {
    static func shape(in book: SchemaBook, named name: String) -> (JSONSchema, Self) {
        let isWide = Self.isSigned && Self.bitWidth == 64
        let maximum = Self.bitWidth == 64 ? nil : UInt64(exactly: max)
        return (.integer(minimum: isWide ? nil : Int64(exactly: min), maximum: maximum), 1)
    }
}

extension Int: Shaped {}
extension Int64: Shaped {}
extension UInt64: Shaped {}
extension Int32: Shaped {}
extension UInt32: Shaped {}

extension Array: Shaped where Element: Decodable {
    static func shape(in book: SchemaBook, named name: String) throws -> (JSONSchema, [Element]) {
        let (schema, value) = try book.shape(of: Element.self, named: name)
        return (.list(schema), [value])
    }
}

extension Dictionary: Shaped where Key == String, Value: Decodable {
    static func shape(
        in book: SchemaBook, named name: String
    ) throws -> (JSONSchema, [String: Value]) {
        let (schema, value) = try book.shape(of: Value.self, named: name)
        return (.map(schema), [Examples.texts["\(name).key"] ?? "key": value])
    }
}

extension AirportCode: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: "^[A-Za-z]{3}$"), "LHR")
    }
}

extension AirlineCode: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: "^[A-Za-z0-9]{2}$"), "BA")
    }
}

extension FlightNumber: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: "^[A-Za-z0-9]{2} ?[0-9]{1,4}[A-Za-z]?$"), "BA117")
    }
}

extension TokenAmount: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: #"^-?[0-9]+(\.[0-9]{1,7})?$"#), "355.3400000")
    }
}

extension Currency: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: "^[A-Za-z]{3}$"), "USD")
    }
}

extension RecordLocator: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: "^[A-Za-z0-9]{6}$"), "K7M2QX")
    }
}

extension BookingID: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: "^[0-9a-f]{32}$"), "0123456789abcdef0123456789abcdef")
    }
}

extension OfferID: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (
            .text(pattern: "^[A-Za-z0-9._-]+$", lengths: 1...OfferID.lengthMax),
            "sim1.LHR-JFK.2026-12-24.0"
        )
    }
}

extension EmailAddress: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (
            .text(pattern: #"^[^@\s]+@[^@\s]+\.[^@\s]+$"#, lengths: 5...EmailAddress.lengthMax),
            "amelia@example.org"
        )
    }
}

extension PhoneNumber: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: #"^\+[0-9 ().-]{7,30}$"#), "+442080160508")
    }
}

extension CountryCode: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: "^[A-Za-z]{2}$"), "GB")
    }
}

extension SeatNumber: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(pattern: "^[0-9]{1,3}[A-Za-z]$"), "14A")
    }
}

extension LocalDate: DescribedText {
    static var form: (schema: JSONSchema, example: String) { (.text(format: "date"), "2026-12-24") }
}

extension LocalTime: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (
            .text(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$"),
            "2026-12-24T18:30:00"
        )
    }
}

extension Instant: DescribedText {
    static var form: (schema: JSONSchema, example: String) {
        (.text(format: "date-time"), "2026-12-24T18:30:00Z")
    }
}
