import Travel

/// How single values are written: each reader says what it would take.
enum ManifestValues {
    typealias Read<Value> = @Sendable (YAMLNode, String, ManifestReader) -> Value?

    private static func value<Value>(
        _ hint: String, _ parse: @escaping @Sendable (String) -> Value?
    ) -> Read<Value> {
        { node, path, reader in
            guard case .text(let text) = node.value else {
                reader.fault(node, path, "this is \(node.kind): \(hint)")
                return nil
            }
            guard let value = parse(text) else {
                reader.fault(node, path, "“\(text.prefix(60))” will not do: \(hint)")
                return nil
            }
            return value
        }
    }

    /// Some words.
    static func text(_ bytes: ClosedRange<Int> = 1...64) -> Read<String> {
        value("write \(bytes.lowerBound) to \(bytes.upperBound) letters") {
            bytes.contains($0.utf8.count) ? $0 : nil
        }
    }

    /// Who signs: a role, whose key follows from its name.
    static let role: Read<String> = value("name a role in small letters: arbiter, oracle-1") {
        let isFine =
            (1...32).contains($0.utf8.count)
            && $0.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
        return isFine ? $0 : nil
    }

    /// A whole number.
    static func number(_ range: ClosedRange<Int>) -> Read<Int> {
        value("write a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// An amount of a token in base units, above 0 unless `isPositive` is false.
    static func amount(isPositive: Bool = true) -> Read<Int128> {
        value("write an amount with up to 7 decimals: 12.50") { text in
            guard let amount = try? TokenAmount(parsing: text),
                amount.baseUnits > 0 || !isPositive && amount.baseUnits == 0
            else { return nil }
            return Int128(amount.baseUnits)
        }
    }

    /// A share in basis points.
    static func share(max: UInt32) -> Read<UInt32> {
        value("write a share like 2.5 %, at most \(max / 100) %") { text in
            guard text.hasSuffix("%"),
                let money = try? Money(
                    parsing: text.dropLast().trimmed, currency: .usd),
                let points = UInt32(exactly: money.minorUnits), points <= max
            else { return nil }
            return points
        }
    }

    /// A time in seconds.
    static func duration(_ range: ClosedRange<UInt64>) -> Read<UInt64> {
        value(
            "write a time from \(words(range.lowerBound)) to \(words(range.upperBound)), like "
                + "90 minutes or 2 days"
        ) { text in
            let parts = text.split(separator: " ")
            guard parts.count == 2, let count = UInt64(parts[0]),
                let unit = units.first(where: { $0.names.contains(String(parts[1])) }),
                count <= 1_000_000, range.contains(count * unit.seconds)
            else { return nil }
            return count * unit.seconds
        }
    }

    /// A time of the day as seconds.
    static let clock: Read<Int> = value("write the time of a day in quotes: \"08:30\"") { text in
        let parts = text.split(separator: ":").compactMap { Int($0) }
        guard text.utf8.count == 5, parts.count == 2, (0...23).contains(parts[0]),
            (0...59).contains(parts[1])
        else { return nil }
        return parts[0] * 3_600 + parts[1] * 60
    }

    /// An airline's code.
    static let carrier: Read<AirlineCode> = value("write the two letters or digits of an airline") {
        try? AirlineCode(parsing: $0)
    }

    /// An airport.
    static let airport: Read<Airport> = value("write the three letters of an airport: LIS") {
        (try? AirportCode(parsing: $0)).flatMap { Airports.all[$0] }
    }

    private static let units: [(names: [String], seconds: UInt64)] = [
        (["second", "seconds"], 1), (["minute", "minutes"], 60), (["hour", "hours"], 3_600),
        (["day", "days"], 86_400),
    ]

    /// `90000` → `25 hours`
    static func words(_ seconds: UInt64) -> String {
        let unit = units.last { seconds >= $0.seconds && seconds % $0.seconds == 0 } ?? units[0]
        let count = seconds / unit.seconds
        return "\(count) \(count == 1 ? unit.names[0] : unit.names[1])"
    }
}

extension Substring {
    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
