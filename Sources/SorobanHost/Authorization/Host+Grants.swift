internal import StellarXDR

// `authorize_as_curr_contract`: what a contract allows the calls below its next one to do in its
// name.

extension Host {
    /// Reads a grant.
    func makeGrant(_ value: Val) throws(HostError) -> AuthorizedInvocation {
        let kind = try enumCase(
            of: value, ["Contract", "CreateContractHostFn", "CreateContractWithCtorHostFn"])
        let payload = try enumPayload(of: value)
        return try kind == 0
            ? makeCallGrant(payload)
            : makeCreationGrant(payload, hasArguments: kind == 2)
    }

    private func makeCallGrant(_ value: Val) throws(HostError) -> AuthorizedInvocation {
        let parts = try fields(of: value, ["context", "sub_invocations"])
        let context = try fields(of: parts[0], ["args", "contract", "fn_name"])
        guard context[0].tag == .vecObject, context[1].tag == .addressObject,
            context[2].tag == .symbolSmall || context[2].tag == .symbolObject,
            parts[1].tag == .vecObject
        else { throw .unexpectedObject }
        let arguments = try vec(context[0])
        try budget.makeVector(of: DeclaredSize.val, count: arguments.count)
        let children = try vec(parts[1])
        try budget.makeVector(of: 208, count: children.count)
        var grants: [AuthorizedInvocation] = []
        for child in children {
            try budget.enter()
            defer { budget.leave() }
            grants.append(try makeGrant(child))
        }
        let call = AuthorizedCall(
            contract: context[1], function: context[2], arguments: arguments)
        return AuthorizedInvocation(function: .call(call), subInvocations: grants)
    }

    private func makeCreationGrant(
        _ value: Val, hasArguments: Bool
    ) throws(HostError) -> AuthorizedInvocation {
        let parts = try fields(
            of: value,
            hasArguments
                ? ["constructor_args", "executable", "salt"] : ["executable", "salt"])
        let payload = try executablePayload(parts[parts.count - 2])
        let salt = parts[parts.count - 1]
        try requireBytes(salt, count: 32)
        guard let payload else { throw HostError(.auth, .invalidInput) }
        let executable = try makeExecutable(payload)
        try budget.copy(48)
        let saltBytes = try fixedBytes(salt, count: 32)
        var arguments: [SCVal] = []
        if hasArguments {
            guard parts[0].tag == .vecObject else { throw .unexpectedObject }
            let elements = try vec(parts[0])
            try budget.collect(elements.count, of: DeclaredSize.scVal)
            arguments = try toSCVals(elements)
        }
        let call = try currentCall()
        let creation = CreateContractArgsV2(
            contractIDPreimage: .address(
                ContractIDPreimageFromAddress(
                    address: .contract(call.contract), salt: Uint256(fitting: saltBytes))),
            executable: executable, constructorArgs: arguments)
        return AuthorizedInvocation(function: .create(creation), subInvocations: [])
    }

    /// Requires that a value is bytes, so many.
    func requireBytes(_ value: Val, count: Int) throws(HostError) {
        guard value.tag == .bytesObject else { throw .unexpectedObject }
        try budget.visitObject()
        guard try bytes(value).count == count else { throw HostError(.value, .unexpectedSize) }
    }

    /// What a case of an executable carries: the hash of code, or a reference; `nil` for the asset
    /// contract.
    private func executablePayload(_ value: Val) throws(HostError) -> Val? {
        let kind = try enumCase(of: value, ["Wasm", "StellarAsset", "ExternalRef"])
        guard kind != 1 else { return nil }
        let payload = try enumPayload(of: value)
        if kind == 0 { try requireBytes(payload, count: 32) }
        return payload
    }

    private func makeExecutable(_ payload: Val) throws(HostError) -> ContractExecutable {
        if payload.tag == .bytesObject {
            return .wasm(Hash(fitting: try fixedBytes(payload, count: 32)))
        }
        let parts = try fields(of: payload, ["owner", "tag"])
        return try externalReference(owner: parts[0], tag: parts[1])
    }
}
