internal import StellarXDR

// Module `l`, contracts themselves: their ids, creation, code and its replacement.

extension Host {
    /// `l.3`
    func createContract(_ deployer: Val, _ hash: Val, _ salt: Val) throws(HostError) -> Val {
        try createContract(deployer, hash: hash, salt: salt, arguments: nil)
    }

    /// `l.e`
    func createContractWithConstructor(
        _ deployer: Val, _ hash: Val, _ salt: Val, _ arguments: Val
    ) throws(HostError) -> Val {
        try createContract(deployer, hash: hash, salt: salt, arguments: arguments)
    }

    private func createContract(
        _ deployer: Val, hash: Val, salt: Val, arguments: Val?
    ) throws(HostError) -> Val {
        let code = Hash(fitting: try fixedBytes(hash, count: 32))
        return try createContract(
            deployer, executable: .wasm(code), salt: salt, arguments: arguments)
    }

    /// `l.i`
    func createExternalRefContract(
        _ deployer: Val, _ owner: Val, _ tag: Val, _ salt: Val, _ arguments: Val
    ) throws(HostError) -> Val {
        try createContract(
            deployer, executable: externalReference(owner: owner, tag: tag), salt: salt,
            arguments: arguments)
    }

    private func createContract(
        _ deployer: Val, executable: ContractExecutable, salt: Val, arguments: Val?
    ) throws(HostError) -> Val {
        let owner = try xdrAddress(deployer)
        let saltBytes = try fixedBytes(salt, count: 32)
        var converted: [SCVal] = []
        var values: [Val] = []
        if let arguments {
            let elements = try vec(arguments)
            try budget.collect(elements.count, of: DeclaredSize.scVal)
            converted = try toSCVals(elements)
            values = try vec(arguments)
            try budget.makeVector(of: DeclaredSize.val, count: values.count)
        }
        return try createContract(
            CreateContractArgsV2(
                contractIDPreimage: .address(
                    ContractIDPreimageFromAddress(
                        address: owner, salt: Uint256(fitting: saltBytes))),
                executable: executable, constructorArgs: converted),
            deployer: deployer, constructorArguments: values)
    }

    /// `l.4`
    func createAssetContract(_ asset: Val) throws(HostError) -> Val {
        try createContract(
            CreateContractArgsV2(
                contractIDPreimage: .asset(decodeAsset(asset)), executable: .stellarAsset,
                constructorArgs: []),
            deployer: nil, constructorArguments: [])
    }

    private func decodeAsset(_ asset: Val) throws(HostError) -> Asset {
        try decode(bytes(asset))
    }

    /// A value from bytes that came from outside.
    /// - Throws: (Context, ExceededLimit) when the bytes end early, else (Value, InvalidInput).
    func decode<Value: XDRCodable>(_ bytes: [UInt8]) throws(HostError) -> Value {
        try budget.charge(.valDeser, input: UInt64(bytes.count))
        do { return try Value(xdr: bytes) } catch XDRError.truncated {
            throw HostError(.context, .exceededLimit)
        } catch {
            throw HostError(.value, .invalidInput)
        }
    }

    /// `l.5`
    func uploadWasm(_ code: Val) throws(HostError) -> Val {
        let content = try bytes(code)
        try budget.copyBytes(content.count)
        return try upload(content)
    }

    /// `l.6`
    func updateCurrentContractWasm(_ hash: Val) throws(HostError) {
        let code = Hash(fitting: try fixedBytes(hash, count: 32))
        guard try storage.has(codeKey(code)) else { throw HostError(.storage, .missingValue) }
        try updateExecutable(.wasm(code))
    }

    /// `l.j`
    func updateCurrentContractExecutableRef(_ owner: Val, _ tag: Val) throws(HostError) {
        let executable = try externalReference(owner: owner, tag: tag)
        guard case .externalRef(let reference) = executable,
            try storage.has(referenceKey(reference))
        else { throw HostError(.storage, .missingValue) }
        try updateExecutable(executable)
    }

    /// `l.a`
    func getContractId(_ deployer: Val, _ salt: Val) throws(HostError) -> Val {
        let owner = try xdrAddress(deployer)
        let saltBytes = try fixedBytes(salt, count: 32)
        try budget.copy(80)
        let id = try contractID(
            from: .address(
                ContractIDPreimageFromAddress(address: owner, salt: Uint256(fitting: saltBytes))))
        return try make(.address(.contract(id)))
    }

    /// `l.b`
    func getAssetContractId(_ asset: Val) throws(HostError) -> Val {
        let id = try contractID(from: .asset(decodeAsset(asset)))
        return try make(.address(.contract(id)))
    }

    /// `l.h`
    func createExecutableTag(_ text: Val) throws(HostError) -> Val {
        let content = try string(text)
        try budget.copyBytes(content.count)
        return try make(.executableTag(content))
    }
}
