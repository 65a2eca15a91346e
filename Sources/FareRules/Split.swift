/// Shares in ten thousandths ("basis points") of amounts in the smallest unit.
public enum Share {
    /// Everything: 10,000.
    public static var whole: UInt32 { 10_000 }

    /// The largest amount of which a share may be taken: 10³⁰, so that nothing overflows.
    public static var amountMax: Int128 { 1_000_000_000_000_000_000_000_000_000_000 }

    /// `basisPoints` of `amount`, rounded down: for whoever could gain by asking in small pieces.
    ///
    /// - Precondition: 0 ≤ `amount` ≤ ``amountMax``, `basisPoints` ≤ ``whole``.
    public static func roundedDown(_ basisPoints: UInt32, of amount: Int128) -> Int128 {
        precondition(amount >= 0 && amount <= amountMax && basisPoints <= whole)
        // Safe: 10³⁰ × 10⁴ is far below 2¹²⁷. Division without sign is smaller in a contract.
        return Int128(bitPattern: amount.magnitude &* UInt128(basisPoints) / UInt128(whole))
    }

    /// `basisPoints` of `amount`, rounded up: for whom the others could cheat in small pieces.
    ///
    /// - Precondition: 0 ≤ `amount` ≤ ``amountMax``, `basisPoints` ≤ ``whole``.
    public static func roundedUp(_ basisPoints: UInt32, of amount: Int128) -> Int128 {
        precondition(amount >= 0 && amount <= amountMax && basisPoints <= whole)
        // Safe: as above.
        let product = amount.magnitude &* UInt128(basisPoints)
        return Int128(bitPattern: (product &+ UInt128(whole - 1)) / UInt128(whole))
    }
}

/// What becomes of an amount that is cancelled: the three parts add up to it, to the unit.
public struct CancellationSplit: Hashable, Sendable {
    /// To the passenger: rounded down.
    public var refund: Int128
    /// To the platform, of what does not return: rounded up.
    public var fee: Int128
    /// To the seller: the rest.
    public var seller: Int128

    /// What the passenger loses.
    public var penalty: Int128 { fee + seller }

    /// Splits `amount`, of which `refundBasisPoints` return and `feeBasisPoints` of the rest are
    /// the platform's.
    ///
    /// - Precondition: 0 ≤ `amount` ≤ ``Share/amountMax``, both shares ≤ ``Share/whole``.
    public init(amount: Int128, refundBasisPoints: UInt32, feeBasisPoints: UInt32) {
        self.init(
            amount: amount, refund: Share.roundedDown(refundBasisPoints, of: amount),
            feeBasisPoints: feeBasisPoints)
    }

    /// Splits `amount`, of which `refund` returns and `feeBasisPoints` of the rest are the
    /// platform's.
    ///
    /// - Precondition: 0 ≤ `refund` ≤ `amount` ≤ ``Share/amountMax``, the share ≤ ``Share/whole``.
    public init(amount: Int128, refund: Int128, feeBasisPoints: UInt32) {
        precondition(refund >= 0 && refund <= amount)
        self.refund = refund
        fee = Share.roundedUp(feeBasisPoints, of: amount - refund)
        seller = amount - refund - fee
    }
}
