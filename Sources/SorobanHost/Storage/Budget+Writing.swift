internal import StellarXDR

// What writing ledger keys, entries, preimages and events as XDR costs: one charge a piece.

extension Budget {
    private func writeNumber() throws(HostError) {
        try charge(.valSer, input: 8)
    }

    private func writeText(_ count: Int) throws(HostError) {
        try writeWord()
        try writeOpaque(count)
    }

    /// A ledger key, by its pieces.
    func write(_ key: LedgerKey) throws(HostError) {
        try writeWord()
        switch key {
        case .account: try writeAccount()
        case .trustline(let line):
            try writeAccount()
            try write(line.asset)
        case .contractData(let data):
            try write(data.contract)
            try write(data.key)
            try writeWord()
        case .contractCode: try writeOpaque(32)
        default: break
        }
    }

    private func writeAccount() throws(HostError) {
        try writeWord()
        try writeOpaque(32)
    }

    private func write(_ asset: TrustLineAsset) throws(HostError) {
        try writeWord()
        switch asset {
        case .native: break
        case .creditAlphanum4:
            try writeOpaque(4)
            try writeAccount()
        case .creditAlphanum12:
            try writeOpaque(12)
            try writeAccount()
        case .poolShare: try writeOpaque(32)
        }
    }

    /// An asset, by its pieces.
    func write(_ asset: Asset) throws(HostError) {
        try writeWord()
        switch asset {
        case .native: break
        case .creditAlphanum4:
            try writeOpaque(4)
            try writeAccount()
        case .creditAlphanum12:
            try writeOpaque(12)
            try writeAccount()
        }
    }

    /// A ledger entry, by its pieces.
    func write(_ entry: LedgerEntry) throws(HostError) {
        try writeWord()
        try writeWord()
        switch entry.data {
        case .account(let account): try write(account)
        case .trustline(let line): try write(line)
        case .contractData(let data):
            try writeWord()
            try write(data.contract)
            try write(data.key)
            try writeWord()
            try write(data.val)
        case .contractCode(let code): try write(code)
        default: break
        }
        try writeWord()
        if case .v1(let extension1) = entry.ext {
            try writeWord()
            if extension1.sponsoringID != nil { try writeAccount() }
            try writeWord()
        }
    }

    private func write(_ code: ContractCodeEntry) throws(HostError) {
        try writeWord()
        if case .v1 = code.ext { for _ in 0..<12 { try writeWord() } }
        try writeOpaque(32)
        try writeText(code.code.count)
    }

    private func write(_ account: AccountEntry) throws(HostError) {
        try writeAccount()
        try writeNumber()
        try writeNumber()
        try writeWord()
        try writeWord()
        if account.inflationDest != nil { try writeAccount() }
        try writeWord()
        try writeText(account.homeDomain.bytes.count)
        try writeOpaque(4)
        try writeWord()
        for signer in account.signers {
            try writeWord()
            try writeOpaque(32)
            if case .ed25519SignedPayload(let signed) = signer.key {
                try writeText(signed.payload.count)
            }
            try writeWord()
        }
        try writeWord()
        guard case .v1(let first) = account.ext else { return }
        try writeNumber()
        try writeNumber()
        try writeWord()
        guard case .v2(let second) = first.ext else { return }
        try writeWord()
        try writeWord()
        try writeWord()
        for sponsor in second.signerSponsoringIDs {
            try writeWord()
            if sponsor != nil { try writeAccount() }
        }
        try writeWord()
        guard case .v3 = second.ext else { return }
        try writeWord()
        try writeWord()
        try writeNumber()
    }

    private func write(_ line: TrustLineEntry) throws(HostError) {
        try writeAccount()
        try write(line.asset)
        try writeNumber()
        try writeNumber()
        try writeWord()
        try writeWord()
        guard case .v1(let first) = line.ext else { return }
        try writeNumber()
        try writeNumber()
        try writeWord()
        guard case .v2 = first.ext else { return }
        try writeWord()
        try writeWord()
    }

    /// A contract's event, by its pieces.
    func write(_ event: ContractEvent) throws(HostError) {
        try writeWord()
        try writeWord()
        if event.contractID != nil { try writeOpaque(32) }
        try writeWord()
        try writeWord()
        guard case .v0(let body) = event.body else { return }
        try writeWord()
        for topic in body.topics { try write(topic) }
        try write(body.data)
    }

    /// A preimage of a contract id or of an authorization's payload, by its pieces.
    func write(_ preimage: HashIDPreimage) throws(HostError) {
        try writeWord()
        try writeOpaque(32)
        switch preimage {
        case .contractId(let content): try write(content.contractIDPreimage)
        case .sorobanAuthorization(let content):
            try writeNumber()
            try writeWord()
            try write(content.invocation)
        case .sorobanAuthorizationWithAddress(let content):
            try writeNumber()
            try writeWord()
            try write(content.address)
            try write(content.invocation)
        default: break
        }
    }

    private func write(_ preimage: ContractIDPreimage) throws(HostError) {
        try writeWord()
        switch preimage {
        case .address(let content):
            try write(content.address)
            try writeOpaque(32)
        case .asset(let asset): try write(asset)
        }
    }

    private func write(_ invocation: SorobanAuthorizedInvocation) throws(HostError) {
        try writeWord()
        switch invocation.function {
        case .contractFn(let call):
            try write(call.contractAddress)
            try writeText(call.functionName.bytes.count)
            try writeWord()
            for argument in call.args { try write(argument) }
        case .createContractHostFn(let creation):
            try write(creation.contractIDPreimage)
            try write(creation.executable)
        case .createContractV2HostFn(let creation):
            try write(creation.contractIDPreimage)
            try write(creation.executable)
            try writeWord()
            for argument in creation.constructorArgs { try write(argument) }
        }
        try writeWord()
        for child in invocation.subInvocations { try write(child) }
    }

    /// An executable, by its pieces.
    func write(_ executable: ContractExecutable) throws(HostError) {
        try writeWord()
        switch executable {
        case .wasm: try writeOpaque(32)
        case .stellarAsset: break
        case .externalRef(let reference):
            try write(reference.executableOwner)
            try writeText(reference.tag.bytes.count)
        }
    }
}
