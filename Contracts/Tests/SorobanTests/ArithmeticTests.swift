import Testing

@testable import Soroban

private typealias Words = (low: UInt64, high: UInt64)

/// What the compiler calls for 128-bit numbers on the ledger, beside this machine's own.
@Suite struct ArithmeticTests {
    private static let edges: [UInt64] = [
        0, 1, 2, 9_999, 10_000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000,
        0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_fffe,
        0xffff_ffff_ffff_ffff,
    ]

    /// All pairs of edges, and random numbers of all lengths.
    private static let numbers: [UInt128] = {
        var random = SystemRandomNumberGenerator()
        let pairs = edges.flatMap { high in edges.map { UInt128(high) << 64 | UInt128($0) } }
        return pairs
            + (0..<300).map { _ in
                let word = UInt128(random.next() as UInt64) << 64 | UInt128(random.next() as UInt64)
                return word >> UInt128(UInt64.random(in: 0..<128, using: &random))
            }
    }()

    private typealias Operation = (
        UnsafeMutablePointer<UInt64>, UInt64, UInt64, UInt64, UInt64
    ) -> Void

    private func result(_ a: UInt128, _ b: UInt128, of operation: Operation) -> UInt128 {
        var words: [UInt64] = [0, 0]
        words.withUnsafeMutableBufferPointer { words in
            guard let address = words.baseAddress else { return }
            operation(
                address, UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: a >> 64),
                UInt64(truncatingIfNeeded: b), UInt64(truncatingIfNeeded: b >> 64))
        }
        return UInt128(words[1]) << 64 | UInt128(words[0])
    }

    @Test func `products are those of this machine`() {
        for a in Self.numbers {
            for b in Self.numbers where result(a, b, of: multiply) != a &* b {
                Issue.record("\(a) * \(b)")
            }
        }
    }

    @Test func `unsigned quotients and remainders are those of this machine`() {
        for a in Self.numbers {
            for b in Self.numbers where b != 0 {
                let isRight =
                    result(a, b, of: divideUnsigned) == a / b
                    && result(a, b, of: remainderUnsigned) == a % b
                if !isRight { Issue.record("\(a) / \(b)") }
            }
        }
    }

    @Test func `signed quotients and remainders are those of this machine`() {
        for a in Self.numbers {
            for b in Self.numbers where b != 0 {
                let (x, y) = (Int128(truncatingIfNeeded: a), Int128(truncatingIfNeeded: b))
                guard x != .min || y != -1 else { continue }
                let isRight =
                    result(a, b, of: divideSigned) == UInt128(truncatingIfNeeded: x / y)
                    && result(a, b, of: remainderSigned) == UInt128(truncatingIfNeeded: x % y)
                if !isRight { Issue.record("\(x) / \(y)") }
            }
        }
    }
}
