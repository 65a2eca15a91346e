/// What a seat is called: the row, counted from the nose, and the letter, from left to right.
public struct SeatNumber: Hashable, Sendable {
    /// The row.
    public let row: Int
    /// The letter: `A` to `Z`.
    public let letter: String

    /// Nobody counts further.
    public static let rowMax = 199

    /// Reads `14A`; small letters and zeros in front mean the same.
    /// - Throws: `malformedSeat`.
    public init(parsing text: String) throws(TravelError) {
        let digits = text.utf8.dropLast()
        guard let last = text.utf8.last, isLetter(last & 0xDF), last < 0x80, digits.count <= 3,
            let row = number(Array(digits)), (1...Self.rowMax).contains(row)
        else { throw .malformedSeat(text) }
        self.row = row
        letter = String(UnicodeScalar(last & 0xDF))
    }
}

extension SeatNumber: TextCodable {
    /// `14A`
    public var description: String { "\(row)\(letter)" }
}
