import Cryptography
import Database
import Foundation

/// Where a sealed value belongs: it opens nowhere else, so that nobody who can write to the
/// database can move one person's data to another's row.
struct ColumnPlace: Sendable, Hashable {
    var table: StaticString
    var column: StaticString
    /// The row's key.
    var row: String

    static func == (left: ColumnPlace, right: ColumnPlace) -> Bool {
        left.associatedData == right.associatedData
    }

    func hash(into hasher: inout Hasher) { hasher.combine(associatedData) }

    /// Each part with its length, so that no two places make the same bytes.
    var associatedData: [UInt8] {
        ["traqora.column", "\(table)", "\(column)", row].reduce(into: []) { bytes, part in
            let count = UInt32(clamping: part.utf8.count)
            bytes += withUnsafeBytes(of: count.bigEndian, Array.init)
            bytes += Array(part.utf8)
        }
    }
}

/// Seals personal data for a column, and opens it.
///
/// A sealed value is the key's version (4 bytes), the nonce (24), and what XChaCha20-Poly1305
/// makes.
struct ColumnCipher: Sendable {
    let keys: ColumnKeys
    let random: @Sendable (Int) -> [UInt8]

    /// A value that cannot be opened.
    enum Fault: Error, Hashable, CustomStringConvertible {
        /// The key of that version is not configured.
        case unknownKey(Int)
        /// It was changed, or moved from another place, or is none.
        case damaged(String)

        var description: String {
            switch self {
            case .unknownKey(let version):
                "personal data is sealed with key \(version), which is not configured"
            case .damaged(let place): "personal data in \(place) is damaged"
            }
        }
    }

    private static let headLength = 4 + XChaCha20Poly1305.nonceLength

    /// Seals a value as JSON.
    func seal(_ value: some Encodable, for place: ColumnPlace) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try sealBytes(Array(encoder.encode(value)), for: place)
    }

    /// Opens a value.
    /// - Throws: ``Fault``.
    func open<Value: Decodable>(
        _ sealed: [UInt8], for place: ColumnPlace, as type: Value.Type = Value.self
    ) throws(Fault) -> Value {
        let bytes = try openBytes(sealed, for: place)
        guard let value = try? JSONDecoder().decode(Value.self, from: Data(bytes)) else {
            throw .damaged("\(place.table).\(place.column)")
        }
        return value
    }

    /// Seals the same text with the current key.
    func sealAgain(_ sealed: [UInt8], for place: ColumnPlace) throws -> [UInt8] {
        try sealBytes(openBytes(sealed, for: place), for: place)
    }

    private func sealBytes(_ bytes: [UInt8], for place: ColumnPlace) throws -> [UInt8] {
        guard let key = keys[keys.current] else { throw Fault.unknownKey(keys.current) }
        let version = withUnsafeBytes(of: UInt32(clamping: keys.current).bigEndian, Array.init)
        let nonce = random(XChaCha20Poly1305.nonceLength)
        return version + nonce
            + XChaCha20Poly1305.seal(
                bytes, key: key, nonce: nonce,
                associatedData: version + place.associatedData)
    }

    private func openBytes(_ sealed: [UInt8], for place: ColumnPlace) throws(Fault) -> [UInt8] {
        let damaged = Fault.damaged("\(place.table).\(place.column)")
        guard sealed.count >= Self.headLength else { throw damaged }
        let version = Array(sealed.prefix(4))
        let number = version.reduce(0) { $0 << 8 | Int($1) }
        guard let key = keys[number] else { throw .unknownKey(number) }
        let opened = XChaCha20Poly1305.open(
            Array(sealed.dropFirst(Self.headLength)), key: key,
            nonce: Array(sealed[4..<Self.headLength]),
            associatedData: version + place.associatedData)
        guard let opened else { throw damaged }
        return opened
    }
}
