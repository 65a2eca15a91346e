/// Numbers that nobody knows before the ledger closes, except who closes it: enough for a lottery
/// among friends, not for one about money.
public enum Chance {
    /// Begins anew from 32 bytes; what follows depends on them and on the ledger.
    @inline(__always) public static func reseed(_ seed: BytesN<32>) {
        _ = hostPrngReseed(seed.value.word)
    }

    /// So many bytes.
    @inline(__always) public static func bytes(_ count: UInt32) -> Bytes {
        Bytes(stored: Value(word: hostPrngBytesNew(count.word)))
    }

    /// A number of a range, each as likely as any other.
    @inline(__always) public static func number(in range: ClosedRange<UInt64>) -> UInt64 {
        hostPrngU64InInclusiveRange(range.lowerBound, range.upperBound)
    }
}

extension Vec {
    /// The same elements in an order of chance.
    @inline(__always) public func shuffled() -> Vec {
        Vec(stored: Value(word: hostPrngVecShuffle(value.word)))
    }
}
