internal import StellarXDR

// What addresses hold: contracts in entries of the contract, accounts in the ledger's own entries.

extension AssetContract {
    /// The balance of a contract.
    struct Balance {
        var amount: Int128
        var isAuthorized: Bool
        var isClawback: Bool
    }

    /// `balance`
    func readBalance(_ address: Val) throws(HostError) -> Int128 {
        try extendInstance()
        guard case .account(let account) = try host.xdrAddress(address) else {
            guard
                let found = try find(
                    .persistent,
                    { () throws(HostError) in
                        try balanceKey(address)
                    })
            else { return 0 }
            try extend(balanceKey(address), .persistent, Self.balanceThreshold, Self.balanceLife)
            return try decodeBalance(found).amount
        }
        let asset = try readAsset()
        guard let issuer = issuer(of: asset) else {
            guard let entry = try findAccount(account) else {
                throw Self.error(.accountMissing)
            }
            return Int128(entry.balance)
        }
        try budget.copy(32)
        guard account != issuer else { return Int128(Int64.max) }
        let line = try loadTrustline(account, asset)
        try budget.copy(128)
        return Int128(line.balance)
    }

    static let balanceThreshold: UInt32 = 501_120
    static let balanceLife: UInt32 = 518_400

    func decodeBalance(_ value: Val) throws(HostError) -> Balance {
        let parts = try host.fields(of: value, ["amount", "authorized", "clawback"])
        guard let isAuthorized = parts[1].bool, let isClawback = parts[2].bool else {
            throw .unexpectedObject
        }
        return Balance(
            amount: try host.i128(parts[0]), isAuthorized: isAuthorized, isClawback: isClawback)
    }

    func write(_ balance: Balance, of address: Val) throws(HostError) {
        let key = try balanceKey(address)
        let value = try host.makeStructure([
            ("amount", host.makeI128(balance.amount)), ("authorized", .bool(balance.isAuthorized)),
            ("clawback", .bool(balance.isClawback)),
        ])
        try put(key, value, .persistent)
        try extend(balanceKey(address), .persistent, Self.balanceThreshold, Self.balanceLife)
    }

    func findBalance(_ address: Val) throws(HostError) -> Balance? {
        guard
            let found = try find(
                .persistent,
                { () throws(HostError) in
                    try balanceKey(address)
                })
        else { return nil }
        return try decodeBalance(found)
    }

    /// The balance of a contract, an empty one if it has none yet.
    func balanceToChange(of address: Val) throws(HostError) -> Balance {
        if let found = try findBalance(address) { return found }
        return try newBalance()
    }

    /// Whether the issuer demands that holders are authorized, and whether he may claw back.
    func newBalance() throws(HostError) -> Balance {
        guard let issuer = try readIssuerAccount() else {
            return Balance(amount: 0, isAuthorized: true, isClawback: false)
        }
        return Balance(
            amount: 0, isAuthorized: issuer.flags & AccountFlag.authorizationRequired == 0,
            isClawback: issuer.flags & AccountFlag.clawback != 0)
    }

    /// Whether an address may hold and move the asset.
    func isAuthorized(_ address: Val) throws(HostError) -> Bool {
        guard case .account(let account) = try host.xdrAddress(address) else {
            if let balance = try findBalance(address) { return balance.isAuthorized }
            return try newBalance().isAuthorized
        }
        let asset = try readAsset()
        guard let issuer = issuer(of: asset) else { return true }
        try budget.copy(32)
        if account == issuer { return true }
        return try loadTrustline(account, asset).flags & TrustlineFlag.authorized != 0
    }

    /// Takes from an address.
    func spend(_ address: Val, _ amount: Int128) throws(HostError) {
        try chargeClone()
        guard try isAuthorized(address) else { throw Self.error(.deauthorized) }
        try spendUnchecked(address, amount)
    }

    /// Takes from an address that need not be authorized.
    func spendUnchecked(_ address: Val, _ amount: Int128) throws(HostError) {
        if case .account(let account) = try host.xdrAddress(address) {
            return try move(account, by: amount, isIncoming: false)
        }
        try chargeClone()
        guard var balance = try findBalance(address) else {
            if amount > 0 { throw Self.error(.balance) }
            return
        }
        guard balance.amount >= amount else { throw Self.error(.balance) }
        balance.amount -= amount
        try write(balance, of: address)
    }

    /// Gives to an address.
    func receive(_ address: Val, _ amount: Int128) throws(HostError) {
        try chargeClone()
        guard try isAuthorized(address) else { throw Self.error(.deauthorized) }
        if case .account(let account) = try host.xdrAddress(address) {
            return try move(account, by: amount, isIncoming: true)
        }
        try chargeClone()
        var balance = try balanceToChange(of: address)
        let (sum, overflow) = balance.amount.addingReportingOverflow(amount)
        guard !overflow else { throw Self.error(.overflow) }
        balance.amount = sum
        try write(balance, of: address)
    }
}

/// Flags of accounts that issue.
enum AccountFlag {
    static let authorizationRequired: UInt32 = 1
    static let revocable: UInt32 = 2
    static let clawback: UInt32 = 8
}

/// Flags of trustlines.
enum TrustlineFlag {
    static let authorized: UInt32 = 1
    static let maintainsLiabilities: UInt32 = 2
    static let clawback: UInt32 = 4
}
