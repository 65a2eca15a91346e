internal import StellarXDR

extension OperationApplication {
    /// How many entries an account may own.
    private static let subentriesMax: UInt32 = 1_000

    /// Opens, changes or, with a limit of 0, closes a trust line.
    func changeTrust(_ operation: ChangeTrustOp, on state: inout LedgerState) -> OperationEffect {
        guard let asset = operation.line.asset, let issuer = asset.issuer else {
            return OperationEffect(.changeTrust(.malformed))
        }
        guard var line = state.trustLine(of: source, asset) else {
            return openTrust(in: asset, of: issuer, limit: operation.limit, on: &state)
        }
        guard operation.limit >= line.limitMin else {
            return OperationEffect(.changeTrust(.invalidLimit))
        }
        guard operation.limit > 0 else {
            state.remove(.trustLine(source, asset))
            if var owner = state.account(source) {
                owner.numSubEntries -= 1
                state.put(owner)
            }
            return OperationEffect(.changeTrust(.success))
        }
        guard state.account(issuer) != nil else {
            return OperationEffect(.changeTrust(.noIssuer))
        }
        line.limit = operation.limit
        state.put(line)
        return OperationEffect(.changeTrust(.success))
    }

    private func openTrust(
        in asset: Asset, of issuer: AccountID, limit: Int64, on state: inout LedgerState
    ) -> OperationEffect {
        guard limit > 0 else { return OperationEffect(.changeTrust(.invalidLimit)) }
        guard let issuing = state.account(issuer) else {
            return OperationEffect(.changeTrust(.noIssuer))
        }
        guard var owner = state.account(source), owner.numSubEntries < Self.subentriesMax else {
            return OperationEffect(outer: .tooManySubentries)
        }
        owner.numSubEntries += 1
        guard owner.coversReserve(baseReserve: context.baseReserve) else {
            return OperationEffect(.changeTrust(.lowReserve))
        }
        state.put(owner)
        state.put(
            TrustLineEntry(
                accountID: source, asset: asset.line, balance: 0, limit: limit,
                flags: issuing.trustLineFlags))
        return OperationEffect(.changeTrust(.success))
    }
}
