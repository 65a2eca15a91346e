internal import Foundation
internal import HTTP
internal import StellarXDR

extension HorizonService {
    func transaction(_ text: String) async throws -> HTTPResponse {
        guard let hash = Hash(hex: text) else {
            throw HorizonProblem.badRequest("it is no transaction's hash", field: "tx_id")
        }
        guard let record = try await chain.transaction(hash, for: .other) else {
            throw HorizonProblem.notFound
        }
        return .hal(try json(of: record, as: hash))
    }

    /// The resource; `hash` is the one that was asked for, of two if there is a fee bump.
    func json(of record: TransactionRecord, as hash: Hash) throws -> JSONValue {
        let (applied, frame) = (record.applied, record.applied.frame)
        let transaction = frame.transaction
        let outer = frame.feeBump?.signed.signatures ?? frame.signed.signatures
        return [
            "_links": [
                "self": link("/transactions/\(hash)"),
                "account": link("/accounts/\(frame.source.address)"),
                "ledger": link("/ledgers/\(record.ledger)"),
            ],
            "id": .string(hash.description),
            "paging_token": .digits(UInt64(record.ledger) << 32 | UInt64(record.order) << 12),
            "successful": .bool(applied.result.isSuccess), "hash": .string(hash.description),
            "ledger": .number(record.ledger), "created_at": .time(record.closeTime),
            "source_account": .string(frame.source.address),
            "account_muxed": transaction.sourceAccount.muxedAddress.map { .string($0) },
            "account_muxed_id": transaction.sourceAccount.muxedID.map { .digits($0) },
            "source_account_sequence": .digits(transaction.seqNum),
            "fee_account": .string(frame.feeSource.address),
            "fee_charged": .digits(applied.result.feeCharged), "max_fee": .digits(frame.feeBid),
            "operation_count": .number(transaction.operations.count),
            "envelope_xdr": .string(try frame.envelope.base64()),
            "result_xdr": .string(try applied.result.base64()),
            "result_meta_xdr": .string(try TransactionMeta.v4(applied.meta).base64()),
            "fee_meta_xdr": .string(try base64(applied.feeChanges)),
            "memo_type": .string(transaction.memo.kind), "memo": transaction.memo.json,
            "memo_bytes": transaction.memo.textBase64.map { .string($0) },
            "signatures": .array(outer.map(\.json)),
            "preconditions": transaction.cond.json,
            "fee_bump_transaction": frame.feeBump.map { bump in
                [
                    "hash": .string(frame.hash.description),
                    "signatures": .array(bump.signed.signatures.map(\.json)),
                ]
            },
            "inner_transaction": frame.feeBump.map { _ in
                [
                    "hash": .string(frame.innerHash.description),
                    "signatures": .array(frame.signed.signatures.map(\.json)),
                    "max_fee": .digits(transaction.fee),
                ]
            },
        ]
    }

    private func base64(_ changes: [LedgerEntryChange]) throws -> String {
        var encoder = XDREncoder()
        encoder.uint32(UInt32(changes.count))
        for change in changes { try change.encode(into: &encoder) }
        return Data(encoder.finish()).base64EncodedString()
    }
}

extension DecoratedSignature {
    fileprivate var json: JSONValue {
        .string(Data(signature.bytes).base64EncodedString())
    }
}

extension MuxedAccount {
    fileprivate var muxedID: UInt64? {
        guard case .muxedEd25519(let muxed) = self else { return nil }
        return muxed.id
    }

    fileprivate var muxedAddress: String? {
        guard case .muxedEd25519(let muxed) = self else { return nil }
        return StrKey.encode(.muxedAccount(muxed.ed25519, id: muxed.id))
    }
}

extension Memo {
    fileprivate var kind: String {
        switch self {
        case .none: "none"
        case .text: "text"
        case .id: "id"
        case .hash: "hash"
        case .return: "return"
        }
    }

    fileprivate var json: JSONValue? {
        switch self {
        case .none: nil
        case .text(let text): .string(String(decoding: text.bytes, as: UTF8.self))
        case .id(let id): .digits(id)
        case .hash(let hash), .return(let hash):
            .string(Data(hash.bytes).base64EncodedString())
        }
    }

    fileprivate var textBase64: String? {
        guard case .text(let text) = self else { return nil }
        return Data(text.bytes).base64EncodedString()
    }
}

extension Preconditions {
    fileprivate var json: JSONValue? {
        guard self != .none else { return nil }
        return [
            "timebounds": timeBounds.map {
                [
                    "min_time": .digits($0.minTime),
                    "max_time": $0.maxTime == 0 ? nil : .digits($0.maxTime),
                ]
            },
            "ledgerbounds": ledgerBounds.map {
                [
                    "min_ledger": .number($0.minLedger),
                    "max_ledger": $0.maxLedger == 0 ? nil : .number($0.maxLedger),
                ]
            },
            "min_account_sequence": sequenceMin.map { .digits($0) },
            "min_account_sequence_age": sequenceAgeMin == 0 ? nil : .digits(sequenceAgeMin),
            "min_account_sequence_ledger_gap": sequenceLedgerGapMin == 0
                ? nil : .number(sequenceLedgerGapMin),
        ]
    }
}
