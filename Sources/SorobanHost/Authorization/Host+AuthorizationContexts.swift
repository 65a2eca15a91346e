internal import StellarXDR

// What `__check_auth` is told of an authorized tree.

extension Host {
    /// The invocations of a tree, each before what is below it, as contracts see them.
    func makeContexts(_ root: AuthorizedInvocation) throws(HostError) -> Val {
        var contexts = try make(.vec([]))
        try check(contexts)
        for node in root.preorder {
            let context = try makeContext(node.function)
            try check(contexts)
            try check(context)
            let elements = try vec(contexts) + [context]
            try budget.makeVector(of: DeclaredSize.val, count: elements.count)
            contexts = try make(.vec(elements))
            try check(contexts)
        }
        return contexts
    }

    private func makeContext(_ function: AuthorizedFunction) throws(HostError) -> Val {
        switch function {
        case .call(let call):
            let arguments = try makeVec(call.arguments)
            return try makeCase(
                "Contract",
                makeStructure([
                    ("args", arguments), ("contract", call.contract), ("fn_name", call.function),
                ]))
        case .create(let arguments): return try makeCreationContext(arguments)
        }
    }

    private func makeCreationContext(_ arguments: CreateContractArgsV2) throws(HostError) -> Val {
        guard case .address(let preimage) = arguments.contractIDPreimage,
            arguments.executable != .stellarAsset
        else { throw HostError(.auth, .invalidInput) }
        let executable = try describe(arguments.executable)
        try budget.copyBytes(32)
        let salt = try make(.bytes(preimage.salt.bytes))
        guard !arguments.constructorArgs.isEmpty else {
            return try makeCase(
                "CreateContractHostFn",
                makeStructure([("executable", executable), ("salt", salt)]))
        }
        try budget.collect(arguments.constructorArgs.count, of: DeclaredSize.val)
        let constructorArguments = try makeVec(toVals(arguments.constructorArgs))
        return try makeCase(
            "CreateContractWithCtorHostFn",
            makeStructure([
                ("constructor_args", constructorArguments), ("executable", executable),
                ("salt", salt),
            ]))
    }
}
