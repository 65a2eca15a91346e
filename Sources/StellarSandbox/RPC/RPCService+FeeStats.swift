internal import StellarXDR

extension RPCService {
    struct FeeStats: Encodable {
        let sorobanInclusionFee: FeeDistribution
        let inclusionFee: FeeDistribution
        let latestLedger: UInt32
    }

    struct FeeDistribution: Encodable {
        let max, min, mode: String
        let p10, p20, p30, p40, p50, p60, p70, p80, p90, p95, p99: String
        let transactionCount: String
        let ledgerCount: Int

        /// Of fees an operation, in stroops.
        init(_ fees: [Int64], ledgerCount: Int) {
            let sorted = fees.sorted()
            func percentile(_ part: Int) -> String {
                guard !sorted.isEmpty else { return "0" }
                return String(sorted[(part * sorted.count + 99) / 100 - 1])
            }
            let counts = Dictionary(grouping: sorted, by: { $0 }).mapValues(\.count)
            let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
            max = String(sorted.last ?? 0)
            min = String(sorted.first ?? 0)
            mode = String(most ?? 0)
            (p10, p20, p30) = (percentile(10), percentile(20), percentile(30))
            (p40, p50, p60) = (percentile(40), percentile(50), percentile(60))
            (p70, p80, p90) = (percentile(70), percentile(80), percentile(90))
            (p95, p99) = (percentile(95), percentile(99))
            transactionCount = String(sorted.count)
            self.ledgerCount = ledgerCount
        }
    }

    func feeStats() async throws -> FeeStats {
        let (classic, soroban, latest) = try await chain.recentFees(classic: 10, soroban: 50)
        return FeeStats(sorobanInclusionFee: soroban, inclusionFee: classic, latestLedger: latest)
    }
}

extension Chain {
    /// Inclusion fees an operation over so many of the newest ledgers.
    func recentFees(
        classic: Int, soroban: Int
    ) throws(SandboxError) -> (
        RPCService.FeeDistribution, RPCService.FeeDistribution, UInt32
    ) {
        (
            try distribution(classic, \.classic), try distribution(soroban, \.soroban),
            try seenLatest.sequence
        )
    }

    private func distribution(
        _ ledgerCount: Int, _ kind: (LedgerFees) -> [Int64]
    ) throws(SandboxError) -> RPCService.FeeDistribution {
        let ledgers = try recentFees(ledgerCount)
        return RPCService.FeeDistribution(ledgers.flatMap(kind), ledgerCount: ledgers.count)
    }

    /// Fees of so many of the newest ledgers.
    func recentFees(_ ledgerCount: Int) throws(SandboxError) -> [LedgerFees] {
        let latest = try seenLatest.sequence
        return history.fees.filter { $0.sequence <= latest }.suffix(ledgerCount)
    }
}
