import SorobanHost
import Stellar
import StellarXDR

// Classic assets beside the contracts: lines of trust, and the contract that stands for an asset.

extension ContractWorld {
    /// Makes the contract that stands for an asset, as anybody may.
    func deploy(_ asset: Asset) throws -> SCAddress {
        let creation = CreateContractArgs(
            contractIDPreimage: .asset(asset), executable: .stellarAsset)
        let made = try run(.createContract(creation), [])
        guard case .address(let address) = made else { throw WorldError.unexpected(made) }
        return address
    }

    /// Lets somebody hold an asset, of which he then has `balance`.
    func trust(_ asset: AlphaNum4, by person: Person, balance: Int64 = 0, flags: UInt32 = 1) throws
    {
        let line = TrustLineEntry(
            accountID: person.key.accountID, asset: .creditAlphanum4(asset), balance: balance,
            limit: .max, flags: flags)
        snapshot.entries[lineKey(asset, person)] = try LedgerSnapshotEntry(
            entry: LedgerEntry(lastModifiedLedgerSeq: 1, data: .trustline(line)),
            liveUntilLedger: nil)
    }

    /// Ends somebody's trust.
    func distrust(_ asset: AlphaNum4, by person: Person) {
        snapshot.entries[lineKey(asset, person)] = nil
    }

    func lineKey(_ asset: AlphaNum4, _ person: Person) -> LedgerKey {
        .trustline(
            LedgerKeyTrustLine(
                accountID: person.key.accountID, asset: .creditAlphanum4(asset)))
    }

    /// For how many ledgers an entry of a contract still lives; `nil` if there is none.
    func life(of key: SCVal, of contract: SCAddress) -> Int? {
        let key = LedgerKey.contractData(
            LedgerKeyContractData(contract: contract, key: key, durability: .persistent))
        guard let last = snapshot.entries[key]?.liveUntilLedger else { return nil }
        return Int(last) - Int(ledger.sequence) + 1
    }
}
