/// An unsigned integer of 256 bits; the standard library ends at 128.
struct UInt256: Hashable, Comparable, Sendable {
    var high: UInt128
    var low: UInt128

    static let zero = UInt256(high: 0, low: 0)
    static let one = UInt256(high: 0, low: 1)
    static let max = UInt256(high: .max, low: .max)

    init(high: UInt128, low: UInt128) {
        self.high = high
        self.low = low
    }

    init(_ value: UInt64) {
        self.init(high: 0, low: UInt128(value))
    }

    /// Four words, the most significant first.
    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.init(
            high: UInt128(words.0) << 64 | UInt128(words.1),
            low: UInt128(words.2) << 64 | UInt128(words.3))
    }

    var words: (UInt64, UInt64, UInt64, UInt64) {
        (
            UInt64(truncatingIfNeeded: high >> 64), UInt64(truncatingIfNeeded: high),
            UInt64(truncatingIfNeeded: low >> 64), UInt64(truncatingIfNeeded: low)
        )
    }

    /// 32 bytes, the most significant first.
    init(bigEndian bytes: some Collection<UInt8>) {
        precondition(bytes.count == 32, "a 256-bit integer has 32 bytes")
        func half(_ bytes: some Collection<UInt8>) -> UInt128 {
            bytes.reduce(0) { $0 << 8 | UInt128($1) }
        }
        self.init(high: half(bytes.prefix(16)), low: half(bytes.dropFirst(16)))
    }

    var bigEndianBytes: [UInt8] {
        [high, low].flatMap { half in
            (0..<16).map { UInt8(truncatingIfNeeded: half >> (120 - 8 * UInt128($0))) }
        }
    }

    static func < (a: UInt256, b: UInt256) -> Bool {
        (a.high, a.low) < (b.high, b.low)
    }

    /// The value if it fits 64 bits.
    var asUInt64: UInt64? { high == 0 ? UInt64(exactly: low) : nil }

    var leadingZeroBitCount: Int {
        high == 0 ? 128 + low.leadingZeroBitCount : high.leadingZeroBitCount
    }
}

extension UInt256 {
    func addingReportingOverflow(_ other: UInt256) -> (partialValue: UInt256, overflow: Bool) {
        let (low, carry) = low.addingReportingOverflow(other.low)
        let (sum, overflow) = high.addingReportingOverflow(other.high)
        let (high, carried) = sum.addingReportingOverflow(carry ? 1 : 0)
        return (UInt256(high: high, low: low), overflow || carried)
    }

    func subtractingReportingOverflow(_ other: UInt256) -> (partialValue: UInt256, overflow: Bool) {
        let (low, borrow) = low.subtractingReportingOverflow(other.low)
        let (difference, overflow) = high.subtractingReportingOverflow(other.high)
        let (high, borrowed) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
        return (UInt256(high: high, low: low), overflow || borrowed)
    }

    func multipliedReportingOverflow(by other: UInt256) -> (partialValue: UInt256, overflow: Bool) {
        let product = low.multipliedFullWidth(by: other.low)
        let (left, leftOverflow) = high.multipliedReportingOverflow(by: other.low)
        let (right, rightOverflow) = low.multipliedReportingOverflow(by: other.high)
        let (first, firstCarry) = product.high.addingReportingOverflow(left)
        let (second, secondCarry) = first.addingReportingOverflow(right)
        let overflow =
            high != 0 && other.high != 0 || leftOverflow || rightOverflow || firstCarry
            || secondCarry
        return (UInt256(high: second, low: product.low), overflow)
    }

    /// `nil` when dividing by zero.
    func dividedWithRemainder(by divisor: UInt256) -> (quotient: UInt256, remainder: UInt256)? {
        guard divisor != .zero else { return nil }
        if high == 0, divisor.high == 0 {
            let (quotient, remainder) = low.quotientAndRemainder(dividingBy: divisor.low)
            return (UInt256(high: 0, low: quotient), UInt256(high: 0, low: remainder))
        }
        guard self >= divisor else { return (.zero, self) }
        // Shift and subtract, from the highest bit that the quotient can have.
        var remainder = self
        var quotient = UInt256.zero
        for shift in (0...divisor.leadingZeroBitCount - leadingZeroBitCount).reversed() {
            let shifted = divisor.shiftedLeft(by: UInt32(shift))
            guard remainder >= shifted else { continue }
            remainder = remainder.subtractingReportingOverflow(shifted).partialValue
            if shift >= 128 {
                quotient.high |= 1 << UInt128(shift - 128)
            } else {
                quotient.low |= 1 << UInt128(shift)
            }
        }
        return (quotient, remainder)
    }

    /// Zeros come in, what is shifted out is lost; `amount` is below 256.
    func shiftedLeft(by amount: UInt32) -> UInt256 {
        if amount == 0 { return self }
        if amount >= 128 { return UInt256(high: low << UInt128(amount - 128), low: 0) }
        let shift = UInt128(amount)
        return UInt256(high: high << shift | low >> (128 - shift), low: low << shift)
    }

    /// Zeros come in; `amount` is below 256.
    func shiftedRight(by amount: UInt32) -> UInt256 {
        if amount == 0 { return self }
        if amount >= 128 { return UInt256(high: 0, low: high >> UInt128(amount - 128)) }
        let shift = UInt128(amount)
        return UInt256(high: high >> shift, low: low >> shift | high << (128 - shift))
    }

    var inverted: UInt256 { UInt256(high: ~high, low: ~low) }
}
