import Stellar
import StellarXDR

// Values as contracts take them, written briefly.

extension SCVal {
    static func text(_ text: String) -> SCVal { .string(SCString(text)) }

    static func bytes(_ byte: UInt8, count: Int = 32) -> SCVal {
        .bytes(SCBytes(Array(repeating: byte, count: count)))
    }

    static func list(_ values: [SCVal]) -> SCVal { .vec(values) }

    /// A struct: a map of its fields, which ascend.
    static func fields(_ fields: KeyValuePairs<String, SCVal>) -> SCVal {
        .map(
            fields.map { SCMapEntry(key: .symbol(SCSymbol($0.key)), val: $0.value) }
                .sorted { "\($0.key)" < "\($1.key)" })
    }

    /// A field of a struct.
    subscript(field: String) -> SCVal? {
        guard case .map(let entries?) = self else { return nil }
        return entries.first { $0.key == .symbol(SCSymbol(field)) }?.val
    }

    var int128: Int128? {
        guard case .i128(let parts) = self else { return nil }
        return parts.value
    }
}
