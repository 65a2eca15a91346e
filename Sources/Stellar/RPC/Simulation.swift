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

extension Simulation {
    /// As a server tells it.
    /// - Throws: ``RPCError/simulationFailed(_:)`` if it says that it failed.
    init(_ reply: ReplyFields) throws(RPCError) {
        let latest = try reply.required(try reply.integer("latestLedger"), "latestLedger")
        latestLedger = UInt32(clamping: latest)
        events = try reply.xdrs("events", as: DiagnosticEvent.self)
        if let error = try reply.text("error") {
            throw .simulationFailed(
                SimulationFailure(message: error, events: events, latestLedger: latestLedger))
        }
        (transactionData, resourceFeeStroops) = try reply.resources()
        let first = try reply.objects("results").first
        result = try first.map { first throws(RPCError) in
            try first.required(try first.xdr("xdr", as: SCVal.self), "xdr")
        }
        authorization = try first?.xdrs("auth", as: SorobanAuthorizationEntry.self) ?? []
        restore = try reply.fields("restorePreamble").map { fields throws(RPCError) in
            let (data, fee) = try fields.resources()
            return Restore(transactionData: data, resourceFeeStroops: fee)
        }
    }
}

extension ReplyFields {
    /// What a transaction must declare, and what that costs.
    fileprivate func resources() throws(RPCError) -> (SorobanTransactionData, Int64) {
        (
            try required(
                try xdr("transactionData", as: SorobanTransactionData.self), "transactionData"),
            try required(try integer("minResourceFee"), "minResourceFee")
        )
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
