internal import StellarXDR

/// A transaction as `getTransaction` and `getTransactions` tell it.
extension JSONWriter {
    /// What is known of one in a ledger.
    mutating func details(of record: TransactionRecord, _ form: XDRForm) throws {
        let applied = record.applied
        let meta = applied.meta
        member("status", plain: applied.result.isSuccess ? "SUCCESS" : "FAILED")
        member("txHash", plain: applied.frame.hash.description)
        member("applicationOrder", record.order)
        name("feeBump")
        value(.bool(applied.frame.feeBump != nil))
        try member("envelopeXdr", "envelopeJson", applied.frame.envelope, form)
        try member("resultXdr", "resultJson", applied.result, form)
        try member("resultMetaXdr", "resultMetaJson", TransactionMeta.v4(meta), form)
        try listIfAny("diagnosticEventsXdr", "diagnosticEventsJson", meta.diagnosticEvents, form)
        name("events")
        try object { (json: inout JSONWriter) throws in
            try json.listIfAny(
                "transactionEventsXdr", "transactionEventsJson", meta.events, form)
            guard !meta.operations.isEmpty else { return }
            json.name(form == .base64 ? "contractEventsXdr" : "contractEventsJson")
            try json.array { (json: inout JSONWriter) throws in
                for operation in meta.operations { try json.list(operation.events, form) }
            }
        }
        member("ledger", record.ledger)
    }

    /// The same of one that is in no ledger.
    mutating func details(ofUnknown hash: Hash) {
        member("status", plain: "NOT_FOUND")
        member("txHash", plain: hash.description)
        member("applicationOrder", 0)
        name("feeBump")
        value(.bool(false))
        name("events")
        object { _ in }
        member("ledger", 0)
    }
}
