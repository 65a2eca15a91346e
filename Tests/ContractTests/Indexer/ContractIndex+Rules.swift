import Stellar
import StellarXDR

// Fare rules, points and votes.

extension ContractIndex {
    mutating func applyRefund(_ name: SCSymbol, _ topics: [SCVal], _ data: SCVal) -> Bool {
        switch name {
        case "policy":
            keep(.fields(["carrier": topics[1], "policy": data]), "policies", topics[0])
            store(topics[0], as: "last_id")
        case "schedule":
            keep(data, "schedules", topics[0], topics[1])
            keep(topics[1], "versions", topics[0])
        case "delay":
            let (owed, rest) = (data["owed"]?.int128 ?? 0, data["rest"]?.int128 ?? 0)
            keep(
                .fields(["owed": .int128(owed), "paid": .int128(owed - rest)]), "claims", topics[0])
        default: return false
        }
        return true
    }

    mutating func applyLoyalty(_ name: SCSymbol, _ topics: [SCVal], _ event: PastEvent) -> Bool {
        let data = event.data
        let month = UInt32(PointsModel.month(of: event.time))
        let points = data["points"]?.int128 ?? 0
        switch name {
        case "accrued":
            keep(
                .fields([
                    "month": .u32(month), "passenger": topics[1], "points": .int128(points),
                    "revoked": .int128(0), "revoked_bps": .u32(0),
                ]), "accruals", topics[0])
            if points > 0 { earn(points, topics[1], month) }
        case "redeemed": spend(points, topics[0], in: month, earnedIn: nil)
        case "revoked":
            let accrual = kept("accruals", topics[0])
            let share = UInt32((data["share_bps"] ?? .void).number)
            change(
                "accruals", topics[0],
                fields: [
                    "revoked": .int128((accrual?["revoked"]?.int128 ?? 0) + points),
                    "revoked_bps": .u32(
                        UInt32((accrual?["revoked_bps"] ?? .void).number) + share),
                ])
            if points > 0 { spend(points, topics[1], in: month, earnedIn: accrual?["month"]) }
        case "rate": keep(data, "rates", topics[0])
        case "tiers": store(data, as: "tiers")
        case "redemption": store(data, as: "redeem")
        case "funded": break  // The pool is the token's to tell.
        default: return false
        }
        return true
    }

    /// The lots whose time is not over, and what is owed.
    private func account(_ passenger: SCVal, in month: UInt32) -> (lots: [SCVal], debt: Int128) {
        let account = kept("accounts", passenger) ?? .void
        let lots = (account["lots"] ?? .void).elements.filter {
            ($0["month"] ?? .void).number + 12 >= UInt64(month)
        }
        return (lots, account["debt"]?.int128 ?? 0)
    }

    private mutating func keepAccount(_ passenger: SCVal, _ lots: [SCVal], _ debt: Int128) {
        keep(
            .fields(["debt": .int128(debt), "lots": .list(lots)]), "accounts", passenger)
    }

    private static func lot(_ month: SCVal, _ earned: Int128, _ left: Int128) -> SCVal {
        .fields(["earned": .int128(earned), "left": .int128(left), "month": month])
    }

    private mutating func earn(_ points: Int128, _ passenger: SCVal, _ month: UInt32) {
        var (lots, debt) = account(passenger, in: month)
        let repaid = min(debt, points)
        debt -= repaid
        var (earned, left) = (points, points - repaid)
        if let last = lots.last, last["month"] == .u32(month) {
            earned += last["earned"]?.int128 ?? 0
            left += last["left"]?.int128 ?? 0
            lots.removeLast()
        }
        lots.append(Self.lot(.u32(month), earned, left))
        keepAccount(passenger, lots, debt)
    }

    private mutating func spend(
        _ points: Int128, _ passenger: SCVal, in month: UInt32, earnedIn revoked: SCVal?
    ) {
        let (lots, debt) = account(passenger, in: month)
        var rest = points
        let kept = lots.map { lot in
            let (earned, left) = (lot["earned"]?.int128 ?? 0, lot["left"]?.int128 ?? 0)
            let taken = min(left, rest)
            rest -= taken
            let isRevoked = lot["month"] == revoked
            return Self.lot(
                lot["month"] ?? .void, isRevoked ? earned - min(earned, points) : earned,
                left - taken)
        }
        keepAccount(passenger, kept, debt + rest)
    }

    mutating func applyGovernance(_ name: SCSymbol, _ topics: [SCVal], _ event: PastEvent) -> Bool {
        let data = event.data
        switch name {
        case "proposed":
            keep(data["proposal"], "proposals", topics[0])
            keep(data["actions"], "actions", topics[0])
            store(topics[0], as: "last_id")
        case "voted": vote(topics, data)
        case "queued": change("proposals", topics[0], fields: ["executable_at": data])
        case "executed": change("proposals", topics[0], fields: ["is_executed": .bool(true)])
        case "cancelled": change("proposals", topics[0], fields: ["is_cancelled": .bool(true)])
        case "settings": store(data, as: "terms")
        case "guardian": changeSafety(["guardian": data, "is_spent": .bool(false)])
        case "paused":
            let safety = instance["safety"] ?? .void
            if let until = safety["paused_until"], event.time >= until.number {
                let before = SCVal.fields(["at": safety["paused_at"] ?? .void, "until": until])
                store(before, as: "earlier")
                changeSafety(["paused_at": .u64(event.time)])
            }
            changeSafety(["paused_until": data])
            if topics[0] != .address(address) { changeSafety(["is_spent": .bool(true)]) }
        case "migrated": changeSafety(["version": data])
        case "upgraded": break
        default: return false
        }
        return true
    }

    private mutating func changeSafety(_ fields: KeyValuePairs<String, SCVal>) {
        let safety = instance["safety"] ?? .void
        store(fields.reduce(safety) { $0.setting($1.key, $1.value) }, as: "safety")
    }

    private mutating func vote(_ topics: [SCVal], _ data: SCVal) {
        keep(data, "votes", topics[0], topics[1])
        let tally = ["against", "support", "abstain"][Int((data["support"] ?? .void).number)]
        let before = kept("proposals", topics[0])?[tally]?.int128 ?? 0
        let weight = data["weight"]?.int128 ?? 0
        change("proposals", topics[0], fields: [tally: .int128(before + weight)])
    }
}
