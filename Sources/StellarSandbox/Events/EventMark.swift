internal import StellarXDR

/// A number that stands for a value when many are searched: what differs in it differs, what agrees
/// is looked at. It is kept in files, so it must not depend on the process (FNV-1a).
struct EventMark: Hashable, Sendable {
    let number: UInt32

    init(number: UInt32) { self.number = number }

    /// Of bytes.
    init(_ bytes: some Sequence<UInt8>) {
        var hash: UInt32 = 0x811c_9dc5
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        number = hash
    }

    /// Of a value.
    init(_ value: SCVal) throws(XDRError) {
        self.init(try value.xdr())
    }

    /// Of a contract; of none, 0.
    init(contract: Hash?) {
        self = contract.map { EventMark($0.bytes) } ?? EventMark(number: 0)
    }
}
