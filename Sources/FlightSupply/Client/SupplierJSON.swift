import Foundation
import Travel

/// Reading what suppliers send: strict where it matters, lenient about everything else.
enum SupplierJSON {
    /// Decodes an answer; names in it are `snake_case` or `camelCase`.
    /// - Throws: `unreadable`, with the place and never the content.
    static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8], isSnakeCase: Bool = false
    ) throws(SupplyError) -> Value {
        let decoder = JSONDecoder()
        if isSnakeCase { decoder.keyDecodingStrategy = .convertFromSnakeCase }
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw .unreadable(place(of: error))
        } catch {
            throw .unreadable("it is no JSON")
        }
    }

    /// Writes a question.
    /// - Throws: `unreadable` for what JSON cannot hold.
    static func encode(_ value: some Encodable, isSnakeCase: Bool = false) throws(SupplyError)
        -> [UInt8]
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isSnakeCase { encoder.keyEncodingStrategy = .convertToSnakeCase }
        guard let data = try? encoder.encode(value) else {
            throw .unreadable("the question cannot be written")
        }
        return Array(data)
    }

    private static func place(of error: DecodingError) -> String {
        let context: DecodingError.Context? =
            switch error {
            case .keyNotFound(_, let context), .valueNotFound(_, let context),
                .typeMismatch(_, let context), .dataCorrupted(let context):
                context
            @unknown default: nil
            }
        var path = (context?.codingPath ?? []).map {
            $0.intValue.map(String.init) ?? $0.stringValue
        }
        if case .keyNotFound(let key, _) = error { path.append(key.stringValue) }
        return path.isEmpty ? "it is no JSON of the expected form" : path.joined(separator: ".")
    }
}

/// A list of which each element is read by itself: one that cannot be read takes nothing from the
/// others.
struct LossyList<Element: Decodable>: Decodable {
    var elements: [Element] = []
    /// Where each of them stood in the list.
    var places: [Int] = []
    /// Why the first that cannot be read cannot.
    var firstFault: String?

    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
            do {
                let place = container.currentIndex
                elements.append(try container.decode(Element.self))
                places.append(place)
            } catch {
                firstFault = firstFault ?? "\(error)"
                _ = try container.decode(Anything.self)
            }
        }
    }
}

/// A text that some write as a number.
struct LooseText: Decodable, Hashable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self.text = text
        } else {
            text = String(try container.decode(Int.self))
        }
    }
}

/// Times as suppliers write them.
enum SupplierTime {
    /// `2026-12-24T18:30:00`, perhaps with a fraction of a second, by the clock of the place.
    static func local(_ text: String) throws(TravelError) -> LocalTime {
        guard isFraction(text.dropFirst(19)) else { throw .malformedTime(text) }
        return try LocalTime(parsing: String(text.prefix(19)))
    }

    /// `2026-12-24T18:30:00Z`, perhaps with a fraction of a second, which is dropped: what ends,
    /// ends earlier rather than later.
    static func instant(_ text: String) throws(TravelError) -> Instant {
        guard text.hasSuffix("Z"), isFraction(text.dropFirst(19).dropLast()) else {
            throw .malformedTime(text)
        }
        return try Instant(parsing: "\(text.prefix(19))Z")
    }

    private static func isFraction(_ text: Substring) -> Bool {
        guard let point = text.first else { return true }
        let digits = text.dropFirst()
        return point == "." && !digits.isEmpty && digits.allSatisfy { "0123456789".contains($0) }
    }
}

extension ZonedTime {
    /// What the clock at an airport shows: our own table knows its zone; else what the supplier
    /// says of it.
    init(_ text: String, at airport: AirportCode, zone: String?) throws(TravelError) {
        guard let zone = Airports.all[airport]?.timeZone ?? zone else {
            throw .unknownAirport(airport.text)
        }
        try self.init(local: SupplierTime.local(text), in: zone)
    }
}
