internal import HTTP
internal import StellarXDR

extension HorizonService {
    /// How many ledgers fees are looked at in.
    private static let ledgersMax = 5

    func feeStats() async throws -> HTTPResponse {
        let latest = try await chain.seenLatest
        let ledgers = try await chain.recentFees(Self.ledgersMax)
        let charged = ledgers.flatMap { $0.classic + $0.soroban }
        let bid = ledgers.flatMap(\.bids)
        let operations = latest.transactions.reduce(0) { $0 + $1.applied.frame.paidOperationCount }
        let usage = Double(operations) / Double(max(1, latest.header.maxTxSetSize))
        // Without transactions, what one would pay.
        let usual = [Int64(latest.header.baseFee)]
        return .hal([
            "last_ledger": .digits(latest.sequence),
            "last_ledger_base_fee": .digits(latest.header.baseFee),
            "ledger_capacity_usage": .string(String(min(1, (usage * 100).rounded() / 100))),
            "fee_charged": json(of: charged.isEmpty ? usual : charged, ledgers.count),
            "max_fee": json(of: bid.isEmpty ? usual : bid, ledgers.count),
        ])
    }

    private func json(of fees: [Int64], _ ledgerCount: Int) -> JSONValue {
        let fees = RPCService.FeeDistribution(fees, ledgerCount: ledgerCount)
        return [
            "max": .string(fees.max), "min": .string(fees.min), "mode": .string(fees.mode),
            "p10": .string(fees.p10), "p20": .string(fees.p20), "p30": .string(fees.p30),
            "p40": .string(fees.p40), "p50": .string(fees.p50), "p60": .string(fees.p60),
            "p70": .string(fees.p70), "p80": .string(fees.p80), "p90": .string(fees.p90),
            "p95": .string(fees.p95), "p99": .string(fees.p99),
        ]
    }
}

extension TransactionFrame {
    /// What inclusion is charged an operation, in stroops.
    func inclusionFeeRate(baseFee: Int64) -> Int64 {
        (feeCharged(baseFee: baseFee) - resourceFee) / paidOperationCount
    }
}
