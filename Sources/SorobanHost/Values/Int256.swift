/// A signed integer of 256 bits, two's complement.
struct Int256: Hashable, Comparable, Sendable {
    /// The same bits, read unsigned.
    var bits: UInt256

    static let zero = Int256(bits: .zero)
    static let one = Int256(bits: .one)
    static let min = Int256(bits: UInt256(high: 1 << 127, low: 0))
    static let max = Int256(bits: UInt256(high: UInt128.max >> 1, low: .max))
    static let minusOne = Int256(bits: .max)

    init(bits: UInt256) {
        self.bits = bits
    }

    init(_ value: Int64) {
        let extended = UInt128(bitPattern: Int128(value))
        bits = UInt256(high: value < 0 ? .max : 0, low: extended)
    }

    var isNegative: Bool { bits.high >> 127 == 1 }

    static func < (a: Int256, b: Int256) -> Bool {
        a.isNegative == b.isNegative ? a.bits < b.bits : a.isNegative
    }

    /// The value if it fits 64 bits.
    var asInt64: Int64? {
        let low = Int64(truncatingIfNeeded: bits.low)
        return Int256(low) == self ? low : nil
    }

    /// The distance from zero; that of the least number does not fit the signed type.
    var magnitude: UInt256 {
        isNegative ? UInt256.zero.subtractingReportingOverflow(bits).partialValue : bits
    }

    /// `nil` when the number does not fit.
    init?(magnitude: UInt256, isNegative: Bool) {
        let signed =
            isNegative
            ? UInt256.zero.subtractingReportingOverflow(magnitude).partialValue : magnitude
        bits = signed
        guard magnitude == .zero || self.isNegative == isNegative else { return nil }
    }
}

/// The operations that contracts may ask for; `nil` where there is no answer that fits.
protocol Checked256: Hashable {
    static var one: Self { get }
    func adding(_ other: Self) -> Self?
    func subtracting(_ other: Self) -> Self?
    func multiplied(by other: Self) -> Self?
    func divided(by other: Self) -> Self?
    func remainderEuclidean(_ other: Self) -> Self?
    func shifted(left amount: UInt32) -> Self?
    func shifted(right amount: UInt32) -> Self?
}

extension Checked256 {
    /// By squaring; the base is only squared while a higher power of it is still needed, so it
    /// overflows only if the result does.
    func raised(to exponent: UInt32) -> Self? {
        guard exponent > 0 else { return .one }
        var (base, result, exponent) = (self, Self.one, exponent)
        while exponent > 1 {
            if exponent & 1 == 1 {
                guard let product = result.multiplied(by: base) else { return nil }
                result = product
            }
            guard let square = base.multiplied(by: base) else { return nil }
            base = square
            exponent >>= 1
        }
        return result.multiplied(by: base)
    }
}

extension UInt256: Checked256 {
    func adding(_ other: UInt256) -> UInt256? {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? nil : sum
    }

    func subtracting(_ other: UInt256) -> UInt256? {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? nil : difference
    }

    func multiplied(by other: UInt256) -> UInt256? {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? nil : product
    }

    func divided(by other: UInt256) -> UInt256? { dividedWithRemainder(by: other)?.quotient }

    func remainderEuclidean(_ other: UInt256) -> UInt256? {
        dividedWithRemainder(by: other)?.remainder
    }

    func shifted(left amount: UInt32) -> UInt256? { amount < 256 ? shiftedLeft(by: amount) : nil }

    func shifted(right amount: UInt32) -> UInt256? {
        amount < 256 ? shiftedRight(by: amount) : nil
    }
}

extension Int256: Checked256 {
    func adding(_ other: Int256) -> Int256? {
        let sum = Int256(bits: bits.addingReportingOverflow(other.bits).partialValue)
        let overflow = isNegative == other.isNegative && sum.isNegative != isNegative
        return overflow ? nil : sum
    }

    func subtracting(_ other: Int256) -> Int256? {
        let difference = Int256(bits: bits.subtractingReportingOverflow(other.bits).partialValue)
        let overflow = isNegative != other.isNegative && difference.isNegative != isNegative
        return overflow ? nil : difference
    }

    func multiplied(by other: Int256) -> Int256? {
        guard let product = magnitude.multiplied(by: other.magnitude) else { return nil }
        return Int256(magnitude: product, isNegative: isNegative != other.isNegative)
    }

    /// Rounds toward zero.
    func divided(by other: Int256) -> Int256? {
        guard let quotient = magnitude.divided(by: other.magnitude) else { return nil }
        return Int256(magnitude: quotient, isNegative: isNegative != other.isNegative)
    }

    /// Never negative. The least number by −1 has no answer, since its quotient does not fit.
    func remainderEuclidean(_ other: Int256) -> Int256? {
        if self == .min, other == .minusOne { return nil }
        guard let remainder = magnitude.remainderEuclidean(other.magnitude) else { return nil }
        if remainder == .zero || !isNegative { return Int256(bits: remainder) }
        return Int256(bits: other.magnitude.subtractingReportingOverflow(remainder).partialValue)
    }

    func shifted(left amount: UInt32) -> Int256? {
        amount < 256 ? Int256(bits: bits.shiftedLeft(by: amount)) : nil
    }

    /// The sign comes in.
    func shifted(right amount: UInt32) -> Int256? {
        guard amount < 256 else { return nil }
        guard isNegative else { return Int256(bits: bits.shiftedRight(by: amount)) }
        return Int256(bits: bits.inverted.shiftedRight(by: amount).inverted)
    }
}
