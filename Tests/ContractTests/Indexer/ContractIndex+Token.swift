import Stellar
import StellarXDR

// Balances, votes and how both were: of the token that governs, and of the Test dollar.

extension ContractIndex {
    mutating func applyToken(_ name: SCSymbol, _ topics: [SCVal], _ event: PastEvent) throws -> Bool
    {
        // A transfer to a customer of the receiver has his number beside the amount.
        let amount = event.data.int128 ?? event.data["amount"]?.int128 ?? 0
        switch name {
        case "transfer":
            move(-amount, topics[0], event)
            move(amount, topics[1], event)
        case "mint":
            count(amount, .void, event)
            move(amount, topics[0], event)
        case "burn":
            move(-amount, topics[0], event)
            count(-amount, .void, event)
        case "approve": break  // It ends with its ledger, and is kept for as long.
        case "delegate":
            let (holder, delegate) = (topics[0], topics[1])
            let holding = PlatformLedger.holding(kept("balances", holder))
            if let before = holding.delegate { count(-holding.amount, before, event) }
            count(holding.amount, delegate, event)
            keep(.list([.int128(holding.amount), delegate]), "balances", holder)
        default: return false
        }
        return true
    }

    private mutating func move(_ amount: Int128, _ holder: SCVal, _ event: PastEvent) {
        let holding = PlatformLedger.holding(kept("balances", holder))
        let rest = SCVal.int128(holding.amount + amount)
        keep(holding.delegate.map { .list([rest, $0]) } ?? rest, "balances", holder)
        if let delegate = holding.delegate { count(amount, delegate, event) }
    }

    /// Moves votes, or under nobody's name the supply; what was before this second is kept.
    private mutating func count(_ amount: Int128, _ name: SCVal, _ event: PastEvent) {
        guard amount != 0 else { return }
        let latest = kept("power", name)?.elements ?? []
        var earlier = latest.isEmpty ? 0 : latest[2].number
        if !latest.isEmpty, latest[1].number < event.time {
            keep(.list(latest), "past", name, .u32(UInt32(earlier)))
            earlier += 1
        }
        let before = latest.first?.int128 ?? 0
        keep(
            .list([.int128(before + amount), .u64(event.time), .u32(UInt32(earlier))]), "power",
            name)
    }
}
