internal import StellarXDR

extension LedgerState {
    /// What `account` holds of an issued asset, `nil` if it does not trust it.
    func trustLine(of account: AccountID, _ asset: Asset) -> TrustLineEntry? {
        guard case .trustline(let line)? = self[.trustLine(account, asset)]?.entry.data else {
            return nil
        }
        return line
    }

    /// Writes a trust line.
    mutating func put(_ line: TrustLineEntry) {
        put(
            .trustline(line),
            at: .trustline(LedgerKeyTrustLine(accountID: line.accountID, asset: line.asset)))
    }
}

extension LedgerKey {
    /// The key of a trust line.
    static func trustLine(_ account: AccountID, _ asset: Asset) -> LedgerKey {
        .trustline(LedgerKeyTrustLine(accountID: account, asset: asset.line))
    }
}

extension TrustLineEntry {
    /// What open offers would buy and sell.
    var liabilities: Liabilities {
        switch ext {
        case .v0: Liabilities(buying: 0, selling: 0)
        case .v1(let value): value.liabilities
        }
    }

    /// Whether it may pay and be paid.
    var isAuthorized: Bool { flags & UInt32(TrustLineFlags.authorizedFlag.rawValue) != 0 }

    /// The least that its limit may become.
    var limitMin: Int64 { balance.addingReportingOverflow(liabilities.buying).partialValue }

    /// What can be spent.
    var availableBalance: Int64 { balance - liabilities.selling }

    /// Whether `amount` more fits under the limit.
    func canReceive(_ amount: Int64) -> Bool { amount <= limit - liabilities.buying - balance }
}

extension AccountEntry {
    private func has(_ flag: AccountFlags) -> Bool { flags & UInt32(flag.rawValue) != 0 }

    /// What trust lines in assets of this account begin with.
    var trustLineFlags: UInt32 {
        var flags: Int32 = 0
        if !has(.requiredFlag) { flags |= TrustLineFlags.authorizedFlag.rawValue }
        if has(.clawbackEnabledFlag) {
            flags |= TrustLineFlags.trustlineClawbackEnabledFlag.rawValue
        }
        return UInt32(flags)
    }
}
