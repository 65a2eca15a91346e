/// A file of `NAME=value` lines, as `.env` and files of secrets are.
///
/// Blank lines and lines that begin with `#` say nothing; `export ` may stand before a name. A
/// value ends with its line, without the blanks around it and without a comment behind ` #`; in
/// single quotes it is taken as it stands, in double quotes `\n`, `\"` and `\\` are read.
struct EnvironmentFile {
    private(set) var values: [String: String] = [:]
    /// Lines that cannot be read, from 1, and why.
    private(set) var faults: [(line: Int, reason: String)] = []

    init(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() { read(line, number: index + 1) }
    }

    private mutating func read(_ line: Substring, number: Int) {
        var line = Self.trimmed(line)
        guard !line.isEmpty, !line.hasPrefix("#") else { return }
        if line.hasPrefix("export ") { line = Self.trimmed(line.dropFirst(7)) }
        guard let sign = line.firstIndex(of: "=") else {
            faults.append((number, "a line is NAME=value; this one has no ="))
            return
        }
        let name = Self.trimmed(line[..<sign])
        guard Self.isName(name) else {
            faults.append((number, "a name has letters, digits and _, and begins with no digit"))
            return
        }
        guard values[String(name)] == nil else {
            faults.append((number, "\(name) is there twice: keep one"))
            return
        }
        guard let value = Self.value(Self.trimmed(line[line.index(after: sign)...])) else {
            faults.append((number, "the quotes around the value of \(name) do not end"))
            return
        }
        values[String(name)] = value
    }

    private static func value(_ text: Substring) -> String? {
        guard let quote = text.first, quote == "'" || quote == "\"" else {
            return String(trimmed(text.prefix(upTo: comment(in: text))))
        }
        var value = ""
        var rest = text.dropFirst()
        while let character = rest.popFirst() {
            if character == quote { return value }
            guard character == "\\", quote == "\"", let next = rest.popFirst() else {
                value.append(character)
                continue
            }
            switch next {
            case "n": value.append("\n")
            case "\"", "\\": value.append(next)
            default: value += "\\\(next)"
            }
        }
        return nil
    }

    /// Where ` #` begins; a `#` inside a word belongs to it.
    private static func comment(in text: Substring) -> Substring.Index {
        var before: Character = " "
        for index in text.indices {
            if text[index] == "#", before.isWhitespace { return index }
            before = text[index]
        }
        return text.endIndex
    }

    private static func isName(_ name: Substring) -> Bool {
        guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
        return name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || byte == 95
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
