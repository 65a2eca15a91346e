internal import StellarXDR

/// Events in the shape of the asset contract's, which classic operations and fees emit too
/// (CAP-67).
struct AssetEvents {
    private let asset: Asset
    private let contract: Hash

    init(_ context: LedgerContext, _ asset: Asset) throws(XDRError) {
        self.asset = asset
        contract =
            asset == .native
            ? context.nativeContract : try asset.contract(context.networkID)
    }

    /// A fee taken from an account, or given back if it is negative.
    func fee(_ amount: Int64, from account: AccountID) -> ContractEvent {
        event(
            topics: [.symbol("fee"), .address(.account(account))],
            data: .i128(Int128Parts(amount)))
    }

    /// What moves from one account to another; from its issuer it is minted, to its issuer burnt.
    func payment(
        _ amount: Int64, from: AccountID, to destination: MuxedAccount, memo: Memo
    ) -> ContractEvent {
        let receiver = destination.accountID
        switch (asset.issuer == from, asset.issuer == receiver) {
        case (true, false):
            return event(
                topics: [.symbol("mint"), .address(.account(receiver)), name],
                data: data(amount, destination, memo))
        case (false, true):
            return event(
                topics: [.symbol("burn"), .address(.account(from)), name],
                data: .i128(Int128Parts(amount)))
        case (true, true), (false, false):
            return transfer(amount, from: from, to: destination, memo: memo)
        }
    }

    /// From one account to another.
    func transfer(
        _ amount: Int64, from: AccountID, to destination: MuxedAccount, memo: Memo
    ) -> ContractEvent {
        event(
            topics: [
                .symbol("transfer"), .address(.account(from)),
                .address(.account(destination.accountID)), name,
            ], data: data(amount, destination, memo))
    }

    private var name: SCVal { .string(SCString(asset.text)) }

    private func data(_ amount: Int64, _ destination: MuxedAccount, _ memo: Memo) -> SCVal {
        let amount = SCVal.i128(Int128Parts(amount))
        guard let id = muxedID(destination, memo) else { return amount }
        return .map([
            SCMapEntry(key: .symbol("amount"), val: amount),
            SCMapEntry(key: .symbol("to_muxed_id"), val: id),
        ])
    }

    private func muxedID(_ destination: MuxedAccount, _ memo: Memo) -> SCVal? {
        if case .muxedEd25519(let muxed) = destination { return .u64(muxed.id) }
        return switch memo {
        case .none: nil
        case .text(let text): .string(SCString(text.bytes))
        case .id(let id): .u64(id)
        case .hash(let hash), .return(let hash): .bytes(SCBytes(hash.bytes))
        }
    }

    private func event(topics: [SCVal], data: SCVal) -> ContractEvent {
        ContractEvent(
            ext: .v0, contractID: contract, type: .contract,
            body: .v0(ContractEventV0(topics: topics, data: data)))
    }
}

extension Int128Parts {
    /// The same number.
    init(_ value: Int64) {
        self.init(hi: value < 0 ? -1 : 0, lo: UInt64(bitPattern: value))
    }
}
