public import StellarXDR

/// What a call would do and cost.
public struct Simulation: Hashable, Sendable {
    /// The footprint and resources that the transaction must declare.
    public var transactionData: SorobanTransactionData
    /// What the resources cost at least, in stroops.
    public var resourceFeeStroops: Int64
    /// What the function would return; `nil` for what is no call.
    public var result: SCVal?
    /// What must be authorised, and by whom; not signed yet.
    public var authorization: [SorobanAuthorizationEntry]
    /// What would happen.
    public var events: [DiagnosticEvent]
    /// The ledger that it was tried on.
    public var latestLedger: UInt32
    /// What must be restored first, by a transaction of its own.
    public var restore: Restore?

    /// A transaction that brings archived entries back.
    public struct Restore: Hashable, Sendable {
        /// Its footprint and resources.
        public var transactionData: SorobanTransactionData
        /// What it costs at least, in stroops.
        public var resourceFeeStroops: Int64
    }

    /// Whether it changes nothing and asks nobody, so that it need not be sent.
    public var isRead: Bool {
        authorization.isEmpty && transactionData.resources.footprint.readWrite.isEmpty
    }
}

/// The server's JSON.
struct SimulationReply: Decodable {
    var error: String?
    var transactionData: XDRField<SorobanTransactionData>?
    var events: [XDRField<DiagnosticEvent>]?
    var minResourceFee: IntegerField?
    var results: [Result]?
    var restorePreamble: Restore?
    var latestLedger: UInt32

    struct Result: Decodable {
        var xdr: XDRField<SCVal>
        var auth: [XDRField<SorobanAuthorizationEntry>]?
    }

    struct Restore: Decodable {
        var transactionData: XDRField<SorobanTransactionData>
        var minResourceFee: IntegerField
    }

    func simulation() throws(RPCError) -> Simulation {
        let events = (events ?? []).map(\.value)
        if let error {
            throw .simulationFailed(
                SimulationFailure(message: error, events: events, latestLedger: latestLedger))
        }
        guard let transactionData, let minResourceFee else {
            throw .badReply(method: "simulateTransaction", reason: "no transactionData")
        }
        return Simulation(
            transactionData: transactionData.value, resourceFeeStroops: minResourceFee.value,
            result: results?.first?.xdr.value,
            authorization: (results?.first?.auth ?? []).map(\.value), events: events,
            latestLedger: latestLedger,
            restore: restorePreamble.map {
                Simulation.Restore(
                    transactionData: $0.transactionData.value,
                    resourceFeeStroops: $0.minResourceFee.value)
            })
    }
}

extension Transaction {
    /// The transaction with what a simulation found: its footprint and resources, their fee on top
    /// of what it bids already, and what must be authorised unless it says so itself.
    public func assembled(
        with simulation: Simulation
    ) throws(TransactionError) -> Transaction {
        var result = self
        let inclusion = max(0, Int64(fee) - resourceFeeStroops)
        let (sum, overflows) = inclusion.addingReportingOverflow(simulation.resourceFeeStroops)
        guard !overflows, let fee = UInt32(exactly: sum) else { throw .feeTooLarge }
        result.fee = fee
        result.ext = .v1(simulation.transactionData)
        if operations.count == 1, case .invokeHostFunction(var call) = operations[0].body,
            call.auth.isEmpty
        {
            call.auth = simulation.authorization
            result.operations[0].body = .invokeHostFunction(call)
        }
        return result
    }

    /// The transaction that restores what a simulation found archived: same source and number.
    public func restoring(
        _ restore: Simulation.Restore, feePerOperationStroops: UInt32 = 100
    ) throws(TransactionError) -> Transaction {
        var builder = TransactionBuilder(
            source: sourceAccount, sequence: seqNum, feePerOperationStroops: feePerOperationStroops)
        builder.preconditions = cond
        builder.operations = [.restoreFootprint()]
        builder.sorobanData = restore.transactionData
        builder.sorobanData?.resourceFee = restore.resourceFeeStroops
        return try builder.build()
    }
}
