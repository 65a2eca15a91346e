internal import Cryptography
internal import StellarXDR

/// Events in the shape of the asset contract's, which classic operations and fees emit too
/// (CAP-67).
struct AssetEvents {
    private let contract: Hash

    init(_ context: LedgerContext) {
        contract = context.nativeContract
    }

    /// A fee taken from an account, or given back if it is negative.
    func fee(_ amount: Int64, from account: AccountID) -> ContractEvent {
        event(
            topics: [.symbol("fee"), .address(.account(account))],
            data: .i128(Int128Parts(amount)))
    }

    /// Lumens from one account to another.
    func transfer(
        _ amount: Int64, from: AccountID, to destination: MuxedAccount, memo: Memo
    ) -> ContractEvent {
        let amount = SCVal.i128(Int128Parts(amount))
        let data: SCVal =
            if let id = muxedID(destination, memo) {
                .map([
                    SCMapEntry(key: .symbol("amount"), val: amount),
                    SCMapEntry(key: .symbol("to_muxed_id"), val: id),
                ])
            } else {
                amount
            }
        return event(
            topics: [
                .symbol("transfer"), .address(.account(from)),
                .address(.account(destination.accountID)), .string("native"),
            ], data: data)
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

/// The contract that lumens have on each network, whether or not it is deployed.
enum NativeContract {
    /// Its id.
    static func id(_ networkID: Hash) -> Hash {
        let preimage = HashIDPreimage.contractId(
            HashIDPreimageContractId(
                networkID: networkID, contractIDPreimage: .asset(.native)))
        return Hash(fitting: SHA256.hash((try? preimage.xdr()) ?? []))
    }
}

extension Int128Parts {
    /// The same number.
    init(_ value: Int64) {
        self.init(hi: value < 0 ? -1 : 0, lo: UInt64(bitPattern: value))
    }
}
