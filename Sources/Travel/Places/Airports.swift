/// The airports of the world that have an IATA code, about 7 900.
///
/// The text they are read from is in the binary (`Generated/AirportData.swift`). An index of where
/// each code's line begins is made once, in about a millisecond; a line is read when it is asked
/// for.
public struct Airports: Sendable {
    /// All of them.
    public static let all = Airports()

    /// Where in the text the line of a code begins, at ``AirportCode/index``; -1 without one.
    private let lines: [Int32]

    private init() {
        var lines = [Int32](repeating: -1, count: 26 * 26 * 26)
        Self.withText { text in
            var start = 0
            for (position, byte) in text.enumerated() where byte == UInt8(ascii: "\n") {
                if position - start > 3, text[start..<start + 3].allSatisfy(isLetter) {
                    let index = text[start..<start + 3].reduce(0) {
                        $0 * 26 + Int($1 - UInt8(ascii: "A"))
                    }
                    lines[index] = Int32(start)
                }
                start = position + 1
            }
        }
        self.lines = lines
    }

    /// The airport with this code, `nil` when there is none.
    public subscript(code: AirportCode) -> Airport? {
        let start = lines[code.index]
        return start < 0 ? nil : Self.airport(at: Int(start), code: code)
    }

    /// The airport with this code.
    /// - Throws: `unknownAirport`.
    public func require(_ code: AirportCode) throws(TravelError) -> Airport {
        guard let airport = self[code] else { throw .unknownAirport(code.text) }
        return airport
    }

    /// All codes, in the order of the alphabet.
    public var codes: [AirportCode] {
        lines.indices.filter { lines[$0] >= 0 }.compactMap { index in
            let letters = [index / 676, index / 26 % 26, index % 26].map { UInt8($0 + 65) }
            return try? AirportCode(parsing: String(decoding: letters, as: UTF8.self))
        }
    }

    private static func airport(at start: Int, code: AirportCode) -> Airport? {
        let fields = withText { text in
            text[start...].prefix { $0 != UInt8(ascii: "\n") }
                .split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
        }
        guard fields.count == 7, let latitude = Double(fields[4]), let longitude = Double(fields[5])
        else { return nil }
        return Airport(
            code: code, name: fields[1], city: fields[2], country: fields[3], latitude: latitude,
            longitude: longitude, timeZone: fields[6])
    }

    private static func withText<Result>(_ read: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        AirportData.text.withUTF8Buffer(read)
    }
}
