public import StellarXDR

extension StellarXDR.Operation {
    /// Calls a function of a contract. What must be authorised is usually left to the simulation.
    public static func invoke(
        _ contract: ContractID, _ function: SCSymbol, _ arguments: [SCVal] = [],
        authorization: [SorobanAuthorizationEntry] = [], source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        let call = InvokeContractArgs(
            contractAddress: .contract(contract), functionName: function, args: arguments)
        return hostFunction(.invokeContract(call), authorization: authorization, source: source)
    }

    /// Stores the wasm of contracts to come.
    public static func upload(
        wasm: [UInt8], source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        hostFunction(.uploadContractWasm(wasm), source: source)
    }

    /// Makes a contract of stored wasm and runs its constructor.
    public static func create(
        wasmHash: Hash, deployer: SCAddress, salt: Uint256, arguments: [SCVal] = [],
        authorization: [SorobanAuthorizationEntry] = [], source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        let preimage = ContractIDPreimageFromAddress(address: deployer, salt: salt)
        let creation = CreateContractArgsV2(
            contractIDPreimage: .address(preimage), executable: .wasm(wasmHash),
            constructorArgs: arguments)
        return hostFunction(
            .createContractV2(creation), authorization: authorization, source: source)
    }

    /// Makes the contract that stands for an asset.
    public static func createAssetContract(
        _ asset: Asset, source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        let creation = CreateContractArgs(
            contractIDPreimage: .asset(asset), executable: .stellarAsset)
        return hostFunction(.createContract(creation), source: source)
    }

    /// Any host function.
    public static func hostFunction(
        _ function: HostFunction, authorization: [SorobanAuthorizationEntry] = [],
        source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        let body = InvokeHostFunctionOp(hostFunction: function, auth: authorization)
        return StellarXDR.Operation(sourceAccount: source, body: .invokeHostFunction(body))
    }

    /// Lets the read-only entries of the footprint live for `ledgers` more ledgers at least.
    public static func extendFootprint(
        by ledgers: UInt32, source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        StellarXDR.Operation(
            sourceAccount: source,
            body: .extendFootprintTtl(ExtendFootprintTTLOp(ext: .v0, extendTo: ledgers)))
    }

    /// Brings the read-write entries of the footprint back from the archive.
    public static func restoreFootprint(source: MuxedAccount? = nil) -> StellarXDR.Operation {
        StellarXDR.Operation(
            sourceAccount: source, body: .restoreFootprint(RestoreFootprintOp(ext: .v0)))
    }

    /// Makes an account and gives it lumens.
    public static func createAccount(
        _ account: AccountID, startingBalanceStroops: Int64, source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        let creation = CreateAccountOp(
            destination: account, startingBalance: startingBalanceStroops)
        return StellarXDR.Operation(sourceAccount: source, body: .createAccount(creation))
    }

    /// Pays; an amount has seven decimals.
    public static func payment(
        to destination: MuxedAccount, _ asset: Asset, amountStroops: Int64,
        source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        let payment = PaymentOp(destination: destination, asset: asset, amount: amountStroops)
        return StellarXDR.Operation(sourceAccount: source, body: .payment(payment))
    }

    /// Opens, changes or (limit 0) closes a trust line.
    public static func changeTrust(
        _ asset: ChangeTrustAsset, limitStroops: Int64 = .max, source: MuxedAccount? = nil
    ) -> StellarXDR.Operation {
        let change = ChangeTrustOp(line: asset, limit: limitStroops)
        return StellarXDR.Operation(sourceAccount: source, body: .changeTrust(change))
    }
}
