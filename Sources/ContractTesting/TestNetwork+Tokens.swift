internal import Stellar
public import StellarXDR

extension TestNetwork {
    /// The contract that stands for lumens, in stroops: a token that everybody here has. It is made
    /// if nobody has yet.
    /// - Throws: ``CallRefusal``, `RPCError`.
    public func lumens() async throws -> ContractID {
        let id = try network.contractID(of: .native)
        let key = LedgerKeyContractData(
            contract: .contract(id), key: .ledgerKeyContractInstance, durability: .persistent)
        if try await rpc.ledgerEntry(.contractData(key)) == nil {
            try await perform(.createAssetContract(.native), by: person(), with: [])
        }
        return id
    }

    /// What somebody has of a token (SEP-41), in its smallest unit.
    /// - Throws: ``CallRefusal``, `RPCError`, `SCValError`.
    public func balance(of address: SCAddress, in token: ContractID) async throws -> Int128 {
        try await read(ContractCall(token, "balance", [address.scVal]))
    }
}
