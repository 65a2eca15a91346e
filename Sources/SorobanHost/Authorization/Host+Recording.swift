internal import StellarXDR

// Authorization while it is recorded: everything is allowed, and noted as what must be signed.

extension Host {
    func recordAuthorization(
        of address: Val, for function: AuthorizedFunction, rootOnly: Bool
    ) throws(HostError) {
        if let index = authorization.trackerOfHandle[address.word] {
            if authorization.accounts[index].invocation.isActive {
                return try record(function, in: index)
            }
            authorization.trackerOfHandle[address.word] = nil
        }
        for index in authorization.accounts.indices {
            guard try order(authorization.accounts[index].address, address) == 0 else {
                continue
            }
            let tracker = authorization.accounts[index].invocation
            if tracker.isActive, !tracker.isFrameMatched {
                return try record(function, in: index)
            }
        }
        try recordRoot(of: address, for: function, rootOnly: rootOnly)
    }

    /// Appends a nested invocation to a recorded tree.
    private func record(_ function: AuthorizedFunction, in index: Int) throws(HostError) {
        guard !authorization.accounts[index].invocation.isFrameMatched else {
            throw HostError(.auth, .existingValue)
        }
        let encoded = try xdrFunction(function)
        let copy = try hostFunction(encoded)
        _ = try isEqual(copy, function)
        authorization.accounts[index].invocation.record(
            AuthorizedInvocation(function: copy, subInvocations: []))
    }

    private func recordRoot(
        of address: Val, for function: AuthorizedFunction, rootOnly: Bool
    ) throws(HostError) {
        if rootOnly, authorization.frames.count != 1 {
            throw HostError(.auth, .invalidAction)
        }
        try budget.copy(32)
        let source = try makeAddress(.account(invocation.source))
        let isSource = try order(source, address) == 0
        var credentials = AccountTracker.Credentials.source
        if !isSource {
            let nonce = makeRecordedNonce()
            try useNonce(nonce, of: address, expirationLedger: ledger.maxLiveUntil)
            credentials = .address(
                AccountTracker.Signed(
                    nonce: nonce, expirationLedger: 0, signature: .void, bindsAddress: true))
        }
        var tracker = InvocationTracker(
            root: AuthorizedInvocation(function: function, subInvocations: []),
            frames: authorization.frames.count)
        tracker.useRoot()
        authorization.accounts.append(
            AccountTracker(address: address, credentials: credentials, invocation: tracker))
        authorization.trackerOfHandle[address.word] = authorization.accounts.count - 1
    }

    /// The next nonce of a recording: even draws of the recording's own generator, halved.
    private func makeRecordedNonce() -> Int64 {
        var draw = randomness.nonces.doubleWord()
        while draw & 1 == 1 { draw = randomness.nonces.doubleWord() }
        return Int64(draw >> 1)
    }

    /// The recorded trees as the entries a client must sign.
    func recordedEntries() throws(HostError) -> [SorobanAuthorizationEntry] {
        guard case .recording(_, let addressV2) = authorization.mode else { return [] }
        var entries: [SorobanAuthorizationEntry] = []
        for tracker in authorization.accounts {
            let root = try xdrInvocation(tracker.invocation.root)
            var credentials = SorobanCredentials.sourceAccount
            if case .address(let signed) = tracker.credentials {
                let proof = SorobanAddressCredentials(
                    address: try xdrAddress(tracker.address), nonce: signed.nonce,
                    signatureExpirationLedger: signed.expirationLedger, signature: .void)
                credentials = addressV2 ? .addressV2(proof) : .address(proof)
            }
            entries.append(
                SorobanAuthorizationEntry(credentials: credentials, rootInvocation: root))
        }
        return entries
    }
}
