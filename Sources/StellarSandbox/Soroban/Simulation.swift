internal import SorobanHost
internal import StellarXDR

/// Tries an operation on the ledger without changing it, and says what the transaction must
/// declare so that it will go through.
struct Simulation {
    /// How authorization is treated.
    enum Authorization: Sendable {
        case enforcing
        case recording(rootOnly: Bool, addressV2: Bool)
    }

    let runtime: SorobanRuntime
    /// Instructions to declare beyond the usual margin.
    var instructionLeeway: UInt32 = 0
    /// 32 bytes that contracts' random numbers follow from.
    let seed: [UInt8]

    private var context: LedgerContext { runtime.context }

    /// What came of it.
    struct Outcome: Sendable {
        /// What to declare; `nil` if it failed.
        var data: SorobanTransactionData?
        /// What was returned and whose authorization it needs: of invocations only.
        var result: (value: SCVal, auth: [SorobanAuthorizationEntry])?
        /// Why it failed.
        var error: String?
        /// What was said.
        var events: [DiagnosticEvent] = []
        /// What must be restored first.
        var restore: SorobanTransactionData?
        /// What would change.
        var changes: [Change] = []
    }

    /// What would become of an entry.
    struct Change: Sendable {
        let key: LedgerKey
        let before: LedgerEntry?
        let after: LedgerEntry?
    }

    /// Tries an invocation.
    func invoke(
        _ operation: InvokeHostFunctionOp, by source: AccountID, _ authorization: Authorization,
        on state: LedgerEntries
    ) throws(XDRError) -> Outcome {
        let mode: Invocation.Authorization =
            switch authorization {
            case .enforcing: .enforcing(operation.auth)
            case .recording(let rootOnly, let addressV2):
                .recording(rootOnly: rootOnly, addressV2: addressV2)
            }
        let invocation = runtime.run(
            operation.hostFunction, by: source, mode, .recording, seed: seed,
            costs: runtime.costs, on: state)
        var outcome = Outcome(events: invocation.diagnostics)
        switch invocation.result {
        case .failure(let error):
            outcome.error = DiagnosticText.text(error, invocation.diagnostics)
        case .success(let value):
            var operation = operation
            operation.auth = invocation.authorization
            outcome.result = (value, invocation.authorization)
            outcome.data = try data(for: operation, invocation)
            outcome.changes = changes(invocation, on: state)
        }
        return outcome
    }

    /// What a transaction with the operation must declare.
    func data(
        for operation: InvokeHostFunctionOp, _ invocation: InvocationOutcome
    ) throws(XDRError) -> SorobanTransactionData {
        let used = invocation.costs.instructions
        let resources = SorobanResources(
            footprint: invocation.footprint,
            instructions: used == 0
                ? 0
                : UInt32(
                    clamping: max(UInt64(Double(used) * 1.04), used + 50_000)
                        + UInt64(instructionLeeway)),
            diskReadBytes: invocation.diskReadBytes, writeBytes: invocation.writeBytes)
        var data = SorobanTransactionData(
            ext: invocation.restored.isEmpty
                ? .v0
                : .v1(SorobanResourcesExtV0(archivedSorobanEntries: invocation.restored)),
            resources: resources, resourceFee: 0)
        data.resourceFee = try fee(
            of: data, .invokeHostFunction(operation),
            rent: invocation.rent.map(EntryRent.init),
            eventsByteCount: try invocation.eventsByteCount)
        return data
    }

    /// The resource fee, with room for a larger envelope and a little more rent.
    func fee(
        of data: SorobanTransactionData, _ body: OperationBody, rent: [EntryRent],
        eventsByteCount: Int
    ) throws(XDRError) -> Int64 {
        let fees = SorobanFees(context)
        let size = try Self.largestEnvelope(of: data, body)
        let adjusted = max(Int(Double(size) * 1.1), size + 500)
        let refundable = fees.rent(rent) + fees.events(byteCount: eventsByteCount)
        return fees.nonRefundable(of: data, byteCount: adjusted)
            + max(Int64(Double(refundable) * 1.15), refundable)
    }

    /// The size of the largest usual envelope around an operation: twenty signatures, two extra
    /// signers, bounds, a memo, as the genuine simulation assumes them.
    static func largestEnvelope(
        of data: SorobanTransactionData, _ body: OperationBody
    ) throws(XDRError) -> Int {
        let source = MuxedAccount.muxedEd25519(MuxedAccountMed25519(id: 0, ed25519: .zero))
        let signature = DecoratedSignature(
            hint: .zero, signature: Signature([UInt8](repeating: 0, count: 64)))
        let signer = SignerKey.ed25519SignedPayload(
            SignerKeyEd25519SignedPayload(
                ed25519: .zero, payload: [UInt8](repeating: 0, count: 64)))
        let conditions = PreconditionsV2(
            timeBounds: TimeBounds(minTime: 0, maxTime: 0),
            ledgerBounds: LedgerBounds(minLedger: 0, maxLedger: 0), minSeqNum: 0, minSeqAge: 0,
            minSeqLedgerGap: 0, extraSigners: [signer, signer])
        var extended = data
        extended.ext = .v1(
            SorobanResourcesExtV0(archivedSorobanEntries: data.archivedIndices))
        let transaction = Transaction(
            sourceAccount: source, fee: 0, seqNum: 0, cond: .v2(conditions), memo: .hash(.zero),
            operations: [Operation(sourceAccount: source, body: body)], ext: .v1(extended))
        // The bytes that say which kind of envelope it is do not count.
        return try TransactionV1Envelope(
            tx: transaction, signatures: Array(repeating: signature, count: 20)
        ).xdrByteCount()
    }

    private func changes(_ invocation: InvocationOutcome, on state: LedgerEntries) -> [Change] {
        invocation.changes.compactMap { change in
            let stored = state[change.key]
            let isThere = stored?.isAlive(in: context.sequence) == true || change.key.isPersistent
            let before = isThere ? stored?.entry : nil
            switch change.value {
            case .unchanged: return nil
            case .removed: return Change(key: change.key, before: before, after: nil)
            case .written(let entry):
                guard invocation.footprint.readWrite.contains(change.key) else { return nil }
                var after = entry
                after.lastModifiedLedgerSeq = context.sequence
                return Change(key: change.key, before: before, after: after)
            }
        }
    }
}
