internal import Cryptography
internal import SorobanHost
internal import StellarXDR

extension Chain {
    /// How a simulation is asked for.
    struct SimulationRequest: Sendable {
        let envelope: TransactionEnvelope
        /// `enforce`, `record`, `record_allow_nonroot`; empty lets the transaction decide.
        var authMode = ""
        var useUpgradedAuth = false
        var instructionLeeway: UInt32 = 0
    }

    /// Tries a transaction as if it were in the next ledger but at the newest one's time, on the
    /// network as it is after that: beside other simulations and the ledger that is being made.
    /// Signatures, sequence number and fee are not looked at.
    nonisolated func simulate(
        _ request: SimulationRequest
    ) throws(SandboxError) -> (outcome: Simulation.Outcome, latest: UInt32) {
        let view = view
        let (latest, entries) = (view.sequence, view.entries)
        let context = context(
            after: view.header, stateByteCount: view.stateByteCount,
            now: simulatedTime(after: view.header))
        let transaction = request.envelope.signedTransaction.tx
        func failed(_ why: String) -> (outcome: Simulation.Outcome, latest: UInt32) {
            (Simulation.Outcome(error: why), latest)
        }
        guard let operation = transaction.operations.first, transaction.operations.count == 1
        else { return failed("Transaction contains more than one operation") }
        guard transaction.memo == .none else {
            return failed(
                "Transaction contains a memo. Soroban transactions do not support memos.")
        }
        guard request.authMode.isEmpty || operation.body.discriminant == .invokeHostFunction else {
            return failed("cannot set authMode with non-InvokeHostFunction operations")
        }
        let simulation = Simulation(
            runtime: self.runtime(in: context),
            instructionLeeway: request.instructionLeeway, seed: SecureRandom.bytes(32))
        let source = (operation.sourceAccount ?? transaction.sourceAccount).accountID
        switch operation.body {
        case .invokeHostFunction(let operation):
            guard let mode = authorization(request, operation, context) else {
                return failed(
                    "cannot set authMode to 'record' with an auth footprint: "
                        + "the operation has authorization entries")
            }
            return try Self.encodable { () throws(XDRError) in
                (try simulation.invoke(operation, by: source, mode, on: entries), latest)
            }
        case .extendFootprintTtl, .restoreFootprint:
            guard case .v1(let data) = transaction.ext else {
                return failed(
                    "To perform a SimulateTransaction for ExtendFootprintTtl or RestoreFootprint "
                        + "operations, SorobanTransactionData must be provided")
            }
            let footprint = data.resources.footprint
            if case .extendFootprintTtl(let extending) = operation.body {
                return try Self.encodable { () throws(XDRError) in
                    (try simulation.extendLives(extending, footprint, on: entries), latest)
                }
            }
            return try Self.encodable { () throws(XDRError) in
                (try simulation.restore(footprint, on: entries), latest)
            }
        default:
            return failed(
                "Transaction contains unsupported operation type: \(operation.body.goName)")
        }
    }

    /// What `body` makes of values of the sandbox's own.
    static func encodable<Value>(
        _ body: () throws(XDRError) -> Value
    ) throws(SandboxError) -> Value {
        do throws(XDRError) { return try body() } catch { throw .inconsistent("\(error)") }
    }

    private nonisolated func authorization(
        _ request: SimulationRequest, _ operation: InvokeHostFunctionOp, _ context: LedgerContext
    ) -> Simulation.Authorization? {
        let addressV2 =
            request.useUpgradedAuth && ProtocolRules(context.protocolVersion).hasAddressV2
        switch request.authMode {
        case "enforce": return .enforcing
        case "":
            return operation.auth.isEmpty
                ? .recording(rootOnly: true, addressV2: addressV2) : .enforcing
        default:
            guard operation.auth.isEmpty else { return nil }
            return .recording(
                rootOnly: request.authMode == "record", addressV2: addressV2)
        }
    }
}

extension OperationBody {
    /// Its name as Stellar RPC, a Go program, has it: `OperationTypePayment`.
    fileprivate var goName: String {
        let name = "\(discriminant)"
        return "OperationType\(name.prefix(1).uppercased())\(name.dropFirst())"
    }
}
