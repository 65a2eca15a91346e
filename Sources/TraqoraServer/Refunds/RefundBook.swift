import Database
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// Writes what the events of Refund say about delays and claims. Bonds are in the airlines' book.
struct RefundBook: EventBook {
    let refunds: RefundRepository
    let contract: ContractID

    var name: String { "refunds.1.\(SCAddress.contract(contract))" }
    var subject: String { "refunds" }
    var contracts: [ContractID] { [contract] }

    func clear(in transaction: DatabaseTransaction) async throws {
        try await refunds.clear(book: name, in: transaction)
    }

    func news(of event: RPCEvent, in transaction: DatabaseTransaction) async throws
        -> [LedgerNews]
    { try LedgerNews.ofRefunds(event) }

    func apply(_ event: RPCEvent, in transaction: DatabaseTransaction) async throws -> Bool {
        let (topics, value) = (event.topics, event.value)
        if let claim = try RefundContract.DelayClaimedEvent(topics: topics, value: value) {
            guard try await isNew(event, in: transaction) else { return false }
            let place = try EventPlace(event)
            let owed = try EscrowRow.amount(claim.owed, claim.booking)
            let rest = try EscrowRow.amount(claim.rest, claim.booking)
            try await refunds.set(
                DelayClaimResponse(
                    escrowID: claim.booking, passenger: claim.passenger.description,
                    carrier: claim.carrier.description, token: claim.token.description, owed: owed,
                    paid: TokenAmount(baseUnits: owed.baseUnits - rest.baseUnits),
                    claimedAt: place.time, transaction: place.transactionHash), in: transaction)
            return true
        }
        if let schedule = try RefundContract.ScheduleSetEvent(topics: topics, value: value) {
            guard try await isNew(event, in: transaction) else { return false }
            var bands: [DelayBandResponse] = []
            for band in schedule.table.bands {
                bands.append(
                    DelayBandResponse(
                        minDelaySeconds: Int64(clamping: band.minDelaySeconds),
                        amount: try EscrowRow.amount(band.amount, nil)))
            }
            try await refunds.add(
                DelayScheduleResponse(
                    token: schedule.token.description,
                    from: Instant(clamping: schedule.table.from),
                    noticeSeconds: Int64(clamping: schedule.table.noticeSeconds), bands: bands),
                version: schedule.version, in: transaction)
            return true
        }
        return false
    }

    private func isNew(_ event: RPCEvent, in transaction: DatabaseTransaction) async throws -> Bool
    {
        try await refunds.events.record(event.id, in: name, transaction)
    }
}
