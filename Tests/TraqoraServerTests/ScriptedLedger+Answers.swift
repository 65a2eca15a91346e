import Foundation
import Stellar
import StellarXDR
import TraqoraContracts

extension ScriptedLedger {
    func ledgerEntries(_ call: RPCCall) throws -> String {
        let entries = try (call.params?.keys ?? []).compactMap { text -> String? in
            let wanted = try LedgerKey(base64: text)
            if case .contractData(let key) = wanted, key.key == .ledgerKeyContractInstance {
                return try instance(key, text)
            }
            guard case .account(let key) = wanted, let account = accounts[key.accountID]
            else { return nil }
            let data = LedgerEntryData.account(
                AccountEntry(
                    accountID: key.accountID, balance: account.stroops, seqNum: account.sequence,
                    numSubEntries: 0, flags: 0, homeDomain: "",
                    thresholds: Thresholds(fitting: [1, 0, 0, 0]), signers: []))
            return """
                {"key":"\(text)","xdr":"\(try data.base64())","lastModifiedLedgerSeq":1}
                """
        }
        return """
            {"entries":[\(entries.joined(separator: ","))],"latestLedger":\(sequence)}
            """
    }

    /// Every contract is there and runs the code of the same hash.
    private func instance(_ key: LedgerKeyContractData, _ text: String) throws -> String {
        let data = LedgerEntryData.contractData(
            ContractDataEntry(
                ext: .v0, contract: key.contract, key: key.key, durability: key.durability,
                val: .contractInstance(
                    SCContractInstance(executable: .wasm(Hash(fitting: [0xc0, 0xde]))))))
        return """
            {"key":"\(text)","xdr":"\(try data.base64())","lastModifiedLedgerSeq":1}
            """
    }

    func simulate(_ call: RPCCall) throws -> String {
        let transaction = try TransactionEnvelope(base64: call.params?.transaction ?? "")
            .transaction
        remember(transaction)
        if let error = simulationError ?? refusal(of: transaction)
            ?? authorizationFault(of: transaction)
        {
            return #"{"error":"\#(error)","latestLedger":\#(sequence)}"#
        }
        let data = SorobanTransactionData(
            resources: SorobanResources(
                footprint: LedgerFootprint(readOnly: [], readWrite: []), instructions: 1,
                diskReadBytes: 0, writeBytes: 0),
            resourceFee: resourceFee)
        let needed = try authorization(of: transaction).map { "\"\(try $0.base64())\"" } ?? ""
        return """
            {"transactionData":"\(try data.base64())","minResourceFee":"\(resourceFee)",
            "events":[],
            "results":[{"auth":[\(needed)],"xdr":"\(try result(of: transaction).base64())"}],
            "latestLedger":\(sequence)}
            """
    }

    func send(_ call: RPCCall) throws -> String {
        let envelope = try TransactionEnvelope(base64: call.params?.transaction ?? "")
        let hash = try envelope.hash(on: Self.network)
        if let answer = try lie(about: envelope, hash) { return answer }
        if applied[hash] != nil { return submission("DUPLICATE", hash) }
        let transaction = envelope.transaction
        let source = transaction.sourceAccount.accountID
        guard let account = accounts[source], account.sequence + 1 == transaction.seqNum else {
            return try submission("ERROR", hash, .badSeq)
        }
        guard envelope.isSigned(by: source, on: Self.network) else {
            return try submission("ERROR", hash, .badAuth)
        }
        if case .time(let bounds) = transaction.cond, bounds.maxTime < now() {
            return try submission("ERROR", hash, .tooLate)
        }
        sequence += 1
        accounts[source]?.sequence += 1
        let isSuccessful =
            refusal(of: transaction) == nil && (authorizationFault(of: transaction) == nil)
        if isSuccessful {
            use(transaction)
            apply(transaction, hash)
        }
        applied[hash] = Applied(
            ledger: sequence, envelope: envelope, isSuccessful: isSuccessful)
        return submission("PENDING", hash)
    }

    func transaction(_ call: RPCCall) throws -> String {
        let range =
            #""latestLedger":\#(told.sequence),"latestLedgerCloseTime":"\#(told.time)","#
            + #""oldestLedger":1"#
        if lie == .forgets { return #"{"status":"NOT_FOUND",\#(range)}"# }
        let found = known.first { $0.key.description == call.params?.hash }
        guard let found else { return #"{"status":"NOT_FOUND",\#(range)}"# }
        let (hash, applied) = found
        let result = TransactionResult(
            feeCharged: Self.feeCharged,
            result: applied.isSuccessful == (lie != .contradicts) ? .success([]) : .failed([]))
        let envelope = lie == .mixesUp ? try other(than: applied.envelope) : applied.envelope
        return """
            {"status":"\(applied.isSuccessful ? "SUCCESS" : "FAILED")",\(range),
            "txHash":"\(hash)","ledger":\(applied.ledger),"createdAt":"\(now())",
            "applicationOrder":1,"envelopeXdr":"\(try envelope.base64())",
            "resultXdr":"\(try result.base64())",
            "resultMetaXdr":"\(try TransactionMeta.v0([]).base64())"}
            """
    }

    /// Events in pages; a cursor is the number of the last event that was given.
    func eventPage(_ call: RPCCall) throws -> String {
        let told = toldEvents
        let first = call.params?.startLedger ?? 0
        let start =
            call.params?.pagination?.cursor.flatMap { Int($0) }
            ?? told.firstIndex { $0.ledger >= first } ?? told.count
        let limit = call.params?.pagination?.limit ?? 100
        let page = told.indices.dropFirst(start).prefix(limit)
        let texts = try page.map { index -> String in
            let event = told[index]
            let topics = try event.topics.map { "\"\(try $0.base64())\"" }.joined(separator: ",")
            return """
                {"type":"contract","ledger":\(event.ledger),
                "inSuccessfulContractCall":\(!isInvented(index) || lie == .invents),
                "ledgerClosedAt":"2026-11-25T12:00:00Z",
                "contractId":"\(SCAddress.contract(event.contract))","id":"\(index + 1)",
                "txHash":"\(event.hash)","topic":[\(topics)],
                "value":"\(try event.value.base64())"}
                """
        }
        let cursor = page.last.map { $0 + 1 } ?? start
        return """
            {"events":[\(texts.joined(separator: ","))],"cursor":"\(cursor)",
            "latestLedger":\(self.told.sequence),"oldestLedger":\(oldest)}
            """
    }

    func submission(_ status: String, _ hash: Hash) -> String {
        #"{"status":"\#(status)","hash":"\#(hash)","latestLedger":\#(sequence)}"#
    }

    func submission(_ status: String, _ hash: Hash, _ result: TransactionResultResult)
        throws -> String
    {
        let text = try TransactionResult(feeCharged: 0, result: result).base64()
        return """
            {"status":"\(status)","hash":"\(hash)","latestLedger":\(sequence),
            "errorResultXdr":"\(text)"}
            """
    }
}
