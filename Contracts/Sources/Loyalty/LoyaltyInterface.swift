import Soroban

/// What can go wrong. If two apply, the first that the function's documentation lists.
@ContractError
enum LoyaltyError: UInt32 {
    /// The pool is not filled now.
    case paused = 2
    /// Not 1 to 10^20.
    case spendOutOfRange = 600
    /// Once a booking.
    case alreadyAccrued = 601
    /// The booking gave nothing.
    case notAccrued = 602
    /// Not 1 to 10,000 in all.
    case shareOutOfRange = 603
    /// Not 1 to 10^30.
    case pointsOutOfRange = 604
    /// More than there are.
    case insufficientPoints = 605
    /// The pool holds too little.
    case poolShort = 606
    /// The amount is not above zero.
    case amountNotPositive = 607
    /// Tiers do not ascend from 0, are none or more than 8, or multiply by more than 10.
    case tiersOutOfRange = 608
    /// A rate is out of its bounds.
    case rateOutOfRange = 609
    /// More than 50.
    case tooMany = 610
}

/// A settled booking gave points.
@ContractEvent
struct Accrued {
    @Topic let booking: UInt64
    @Topic let passenger: Address
    let carrier: Symbol
    let month: UInt32
    let points: Amount
    let tier: UInt32
}

/// Points of a booking were taken back.
@ContractEvent
struct Revoked {
    @Topic let booking: UInt64
    @Topic let passenger: Address
    let points: Amount
    let shareBps: UInt32
}

/// Points became tokens.
@ContractEvent
struct Redeemed {
    @Topic let passenger: Address
    let amount: Amount
    let points: Amount
}

/// The pool was filled.
@ContractEvent(data: .singleValue)
struct Funded {
    @Topic let from: Address
    let amount: Amount
}

/// A token gives other points.
@ContractEvent(name: "rate", data: .singleValue)
struct RateChanged {
    @Topic let token: Address
    let rate: UInt64
}

/// There are other tiers.
@ContractEvent(name: "tiers", data: .singleValue)
struct TiersChanged {
    let tiers: Vec<Tier>
}

/// A point is worth another amount.
@ContractEvent(name: "redemption", data: .singleValue)
struct RedemptionChanged {
    let rate: Amount
}
