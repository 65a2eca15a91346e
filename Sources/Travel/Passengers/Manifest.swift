/// What stands on the ledger instead of the passengers: a hash that says nothing once salt and
/// record are erased.
///
/// The functions give the bytes to hash; whoever has a SHA-256 hashes them. A person's commitment
/// is the hash of a domain tag, a version, 32 random bytes of their own and the record; a booking's
/// is the hash of the tag and the commitments of its persons, in order.
public enum Manifest {
    /// How many random bytes a person's salt has.
    public static let saltLength = 32

    /// The version of the record's form.
    public static let version: UInt8 = 1

    /// The bytes whose SHA-256 commits to one person: `nil` if the salt has the wrong length.
    public static func preimage(of passenger: Passenger, salt: [UInt8]) -> [UInt8]? {
        guard salt.count == saltLength else { return nil }
        var bytes = Array("traqora.passenger".utf8) + [0, version] + salt
        for field in [
            passenger.name.ticketed, passenger.type.rawValue, passenger.bornOn.description,
        ] {
            // A length before each field, so that no two records make the same bytes.
            bytes += [UInt8(field.utf8.count)] + Array(field.utf8)
        }
        return bytes
    }

    /// The bytes whose SHA-256 commits to a booking's persons: `nil` unless each is 32 bytes.
    public static func preimage(ofCommitments commitments: [[UInt8]]) -> [UInt8]? {
        guard commitments.allSatisfy({ $0.count == 32 }) else { return nil }
        return Array("traqora.manifest".utf8) + [0, version, UInt8(commitments.count)]
            + commitments.joined()
    }

    /// The bytes whose SHA-256 stands for the flights of a booking on the ledger: `nil` if the salt
    /// has the wrong length.
    public static func preimage(of itinerary: Itinerary, salt: [UInt8]) -> [UInt8]? {
        guard salt.count == saltLength else { return nil }
        let flights = itinerary.segments.map {
            "\($0.flight) \($0.origin) \($0.departs.instant) \($0.destination)"
        }
        return Array("traqora.flights".utf8) + [0, version] + salt
            + Array(flights.joined(separator: "\n").utf8)
    }
}
