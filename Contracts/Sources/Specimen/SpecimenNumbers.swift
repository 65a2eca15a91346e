import Soroban

/// Numbers that WebAssembly lacks.
@Contract
struct SpecimenNumbers {
    /// Sum, difference and product without their overflow; quotient and remainder; shifts by the
    /// lowest seven bits of `b`; order. `b` is not zero, and not what makes a quotient too large.
    func signed(a: Int128, b: Int128) -> Vec<Int128> {
        let bits = Int(truncatingIfNeeded: b & 127)
        return Vec([
            a &+ b, a &- b, a &* b, a / b, a % b, a << bits, a >> bits, a < b ? -1 : a > b ? 1 : 0,
        ])
    }

    /// The same without a sign.
    func unsigned(a: UInt128, b: UInt128) -> Vec<UInt128> {
        let bits = Int(truncatingIfNeeded: b & 127)
        return Vec([
            a &+ b, a &- b, a &* b, a / b, a % b, a << bits, a >> bits, a < b ? 0 : a > b ? 2 : 1,
        ])
    }

    /// What ends the call if it has no answer.
    func checked(operation: Operation, a: Int128, b: Int128) -> Int128 {
        switch operation {
        case .sum: a + b
        case .difference: a - b
        case .product: a * b
        case .quotient: a / b
        case .remainder: a % b
        }
    }

    /// The same without a sign.
    func checkedUnsigned(operation: Operation, a: UInt128, b: UInt128) -> UInt128 {
        switch operation {
        case .sum: a + b
        case .difference: a - b
        case .product: a * b
        case .quotient: a / b
        case .remainder: a % b
        }
    }

    /// 256 bits with a sign.
    func large(operation: Operation, a: I256, b: I256) -> I256 {
        switch operation {
        case .sum: a + b
        case .difference: a - b
        case .product: a * b
        case .quotient: a / b
        case .remainder: a.modulo(b)
        }
    }

    /// 256 bits without a sign.
    func largeUnsigned(operation: Operation, a: U256, b: U256) -> U256 {
        switch operation {
        case .sum: a + b
        case .difference: a - b
        case .product: a * b
        case .quotient: a / b
        case .remainder: a % b
        }
    }

    /// Powers, shifts and order, to the one side and the other.
    func largeOthers(a: U256, b: I256, bits: UInt32) -> (Vec<U256>, Vec<I256>, Int32) {
        let order: Int32 = (a < 1_000 ? 1 : 0) + (b < -1_000 ? 2 : 0) + (b == 5 ? 4 : 0)
        return (
            Vec([a.power(2), a << bits, a >> bits]), Vec([b.power(3), b << bits, b >> bits]), order
        )
    }

    /// To 128 bits and back, and as bytes.
    func convert(a: UInt128, b: Int128) -> (U256, I256, UInt128, Int128, BytesN<32>, BytesN<32>) {
        let (large, signed) = (U256(a), I256(b))
        return (
            large, signed, UInt128(U256(bigEndian: large.bigEndian)),
            Int128(I256(bigEndian: signed.bigEndian)), large.bigEndian, signed.bigEndian
        )
    }

    /// Of 256 bits 128, if they are enough.
    func narrow(a: U256, b: I256) -> (UInt128, Int128) { (UInt128(a), Int128(b)) }

    /// Moments and lengths of time.
    func times(at: Timepoint, since: Timepoint, length: Duration) -> (
        Timepoint, Timepoint, Duration, Duration, Bool
    ) {
        (at + length, at - length, at - since, length * 2 + length - length, since < at)
    }
}

/// What one does with two numbers.
@ContractType
enum Operation: UInt32 {
    /// `+`
    case sum
    /// `-`
    case difference
    /// `*`
    case product
    /// `/`
    case quotient
    /// `%`
    case remainder
}
