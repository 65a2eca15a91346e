public import HTTP

extension HTTPQuery {
    /// A whole number within a range, if it is there.
    /// - Throws: `Problem`, `http.parameter_invalid`.
    public func number(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let value = try optional(name, as: Int.self) else { return nil }
        guard range.contains(value) else {
            throw Problem.invalidParameter(
                name, "use a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    /// One of the words there are, if it is there.
    /// - Throws: `Problem`, `http.parameter_invalid`.
    public func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws -> Choice? {
        guard let text = self[name] else { return nil }
        return try Self.choice(text, name)
    }

    /// Words of those there are, with commas between them; none if nothing is there.
    /// - Throws: `Problem`, `http.parameter_invalid`.
    public func choices<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws -> [Choice] {
        guard let text = self[name] else { return [] }
        return try text.split(separator: ",", omittingEmptySubsequences: false).map {
            try Self.choice(String($0), name)
        }
    }

    /// A text of at most so many characters, all of which can be kept, if it is there.
    /// - Throws: `Problem`, `http.parameter_invalid`.
    public func text(_ name: String, _ lengths: ClosedRange<Int>) throws -> String? {
        guard let text = self[name] else { return nil }
        guard lengths.contains(text.count), !text.unicodeScalars.contains("\0") else {
            throw Problem.invalidParameter(
                name, "use \(lengths.lowerBound) to \(lengths.upperBound) characters.")
        }
        return text
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ name: String
    ) throws -> Choice {
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem.invalidParameter(name, "use one of \(known).")
        }
        return choice
    }
}
