internal import StellarXDR

// What owners allow others to spend.

extension AssetContract {
    /// What a spender may still take, and until which ledger.
    struct Allowance {
        var amount: Int128
        var liveUntilLedger: UInt32
    }

    func runAllowance(_ function: Function, _ arguments: Arguments) throws(HostError) -> Val {
        if function == .allowance {
            try extendInstance()
            return try host.makeI128(readAllowance(arguments[0], arguments[1]))
        }
        let (from, spender) = (arguments[0], arguments[1])
        guard arguments.amount >= 0 else { throw Self.error(.negativeAmount) }
        try requireAuthorization(of: from)
        try extendInstance()
        try chargeClone()
        try chargeClone()
        try writeAllowance(
            from, spender,
            Allowance(amount: arguments.amount, liveUntilLedger: arguments[3].u32 ?? 0))
        try announce("approve", [from, spender]) { () throws(HostError) in
            try host.makeVec([host.makeI128(arguments.amount), arguments[3]])
        }
        return .void
    }

    private func decode(_ value: Val) throws(HostError) -> Allowance {
        let parts = try host.fields(of: value, ["amount", "live_until_ledger"])
        guard let liveUntil = parts[1].u32 else { throw .unexpectedObject }
        return Allowance(amount: try host.i128(parts[0]), liveUntilLedger: liveUntil)
    }

    private func findAllowance(_ from: Val, _ spender: Val) throws(HostError) -> Allowance? {
        guard
            let found = try find(
                .temporary,
                { () throws(HostError) in
                    try allowanceKey(from, spender)
                })
        else { return nil }
        return try decode(found)
    }

    private func readAllowance(_ from: Val, _ spender: Val) throws(HostError) -> Int128 {
        guard let found = try findAllowance(from, spender),
            found.liveUntilLedger >= host.ledger.sequence
        else { return 0 }
        return found.amount
    }

    private func writeAllowance(
        _ from: Val, _ spender: Val, _ allowance: Allowance
    ) throws(HostError) {
        let sequence = host.ledger.sequence
        guard allowance.liveUntilLedger <= host.ledger.maxLiveUntil,
            allowance.amount == 0 || allowance.liveUntilLedger >= sequence
        else { throw Self.error(.allowance) }
        let old = try findAllowance(from, spender)
        guard old != nil || allowance.amount > 0 else { return }
        let key = try allowanceKey(from, spender)
        let value = try host.makeStructure([
            ("amount", host.makeI128(allowance.amount)),
            ("live_until_ledger", .u32(allowance.liveUntilLedger)),
        ])
        try put(key, value, .temporary)
        guard allowance.amount > 0, allowance.liveUntilLedger > (old?.liveUntilLedger ?? 0) else {
            return
        }
        let life = allowance.liveUntilLedger - sequence
        try extend(allowanceKey(from, spender), .temporary, life, life)
    }

    func spendAllowance(_ from: Val, _ spender: Val, _ amount: Int128) throws(HostError) {
        try chargeClone()
        try chargeClone()
        let allowed = try readAllowance(from, spender)
        guard allowed >= amount else { throw Self.error(.allowance) }
        guard amount > 0 else { return }
        try chargeClone()
        try chargeClone()
        let stored = try decode(get(allowanceKey(from, spender), .temporary))
        try writeAllowance(
            from, spender,
            Allowance(amount: allowed - amount, liveUntilLedger: stored.liveUntilLedger))
    }
}
