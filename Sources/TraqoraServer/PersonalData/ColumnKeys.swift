import Cryptography
import Foundation
import StellarXDR
public import Telemetry

/// The keys under which personal data is kept, by their versions. What is written is sealed with
/// the highest; the older ones only open what has not been sealed anew.
public struct ColumnKeys: Sendable {
    /// The version that seals.
    public let current: Int
    private let keys: [Int: [UInt8]]

    /// Why a text names no keys.
    public struct Malformed: Error, Hashable, CustomStringConvertible {
        /// What would do; never the text.
        public let description: String
    }

    /// Reads `VERSION:KEY` with commas between them; a version is a number from 1, a key 64
    /// hexadecimal digits.
    /// - Throws: ``Malformed``.
    public init(_ text: Secret) throws(Malformed) {
        var keys: [Int: [UInt8]] = [:]
        for word in text.reveal().split(separator: ",") {
            let parts = word.split(separator: ":", omittingEmptySubsequences: false)
            let form = Malformed(
                description: "write VERSION:KEY, a number from 1 and 64 hexadecimal digits "
                    + "(openssl rand -hex 32), with a comma before the next")
            guard parts.count == 2,
                let version = Int(parts[0].trimmingCharacters(in: .whitespaces)),
                (1...1_000_000).contains(version),
                let key = Hex.decode(parts[1].trimmingCharacters(in: .whitespaces)),
                key.count == XChaCha20Poly1305.keyLength
            else { throw form }
            guard keys.updateValue(key, forKey: version) == nil else {
                throw Malformed(description: "version \(version) is there twice")
            }
        }
        guard let current = keys.keys.max() else { throw Malformed(description: "there is no key") }
        guard Set(keys.values).count == keys.count else {
            throw Malformed(description: "two versions have the same key")
        }
        self.keys = keys
        self.current = current
    }

    /// One key, version 1, of 32 bytes.
    public init(key: [UInt8]) {
        precondition(key.count == XChaCha20Poly1305.keyLength, "a key has 32 bytes")
        keys = [1: key]
        current = 1
    }

    subscript(version: Int) -> [UInt8]? { keys[version] }
}

extension ColumnKeys: CustomStringConvertible, CustomReflectable {
    /// The versions alone.
    public var description: String { "keys \(keys.keys.sorted())" }
    /// Nothing to see for `dump`.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
