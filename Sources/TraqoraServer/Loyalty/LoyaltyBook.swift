import Database
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// Writes what the Loyalty contract's events say: points have no other writer.
struct LoyaltyBook: EventBook {
    let loyalty: LoyaltyRepository
    let contract: ContractID

    var name: String { "loyalty.1.\(SCAddress.contract(contract))" }
    var subject: String { "loyalty" }
    var contracts: [ContractID] { [contract] }

    func clear(in transaction: DatabaseTransaction) async throws {
        try await loyalty.clear(book: name, in: transaction)
    }

    func news(of event: RPCEvent, in transaction: DatabaseTransaction) async throws
        -> [LedgerNews]
    { try LedgerNews.ofLoyalty(event) }

    func apply(_ event: RPCEvent, in transaction: DatabaseTransaction) async throws -> Bool {
        guard let change = try Change(event) else { return false }
        guard try await loyalty.events.record(event.id, in: name, transaction) else {
            return false
        }
        let place = try EventPlace(event)
        switch change {
        case .accrued(let event): try await accrue(event, place, in: transaction)
        case .revoked(let event): try await revoke(event, place, in: transaction)
        case .redeemed(let event): try await redeem(event, place, in: transaction)
        case .rate(let event):
            try await loyalty.setRate(
                Int64(clamping: event.rate), of: event.token.description, in: transaction)
        case .tiers(let event):
            try await loyalty.setTiers(
                event.tiers.enumerated().map { number, tier in
                    LoyaltyTierResponse(
                        number: number, minPoints: Int64(clamping: tier.minPoints),
                        multiplierBps: tier.multiplierBps)
                }, in: transaction)
        case .redemption(let event):
            try await loyalty.setRedemption(EscrowRow.amount(event.rate, nil), in: transaction)
        }
        return true
    }

    private enum Change {
        case accrued(LoyaltyContract.AccruedEvent)
        case revoked(LoyaltyContract.RevokedEvent)
        case redeemed(LoyaltyContract.RedeemedEvent)
        case rate(LoyaltyContract.RateChangedEvent)
        case tiers(LoyaltyContract.TiersChangedEvent)
        case redemption(LoyaltyContract.RedemptionChangedEvent)

        /// `nil` for what is about something else.
        init?(_ event: RPCEvent) throws {
            typealias Contract = LoyaltyContract
            let (topics, value) = (event.topics, event.value)
            if let event = try Contract.AccruedEvent(topics: topics, value: value) {
                self = .accrued(event)
            } else if let event = try Contract.RevokedEvent(topics: topics, value: value) {
                self = .revoked(event)
            } else if let event = try Contract.RedeemedEvent(topics: topics, value: value) {
                self = .redeemed(event)
            } else if let event = try Contract.RateChangedEvent(topics: topics, value: value) {
                self = .rate(event)
            } else if let event = try Contract.TiersChangedEvent(topics: topics, value: value) {
                self = .tiers(event)
            } else if let event = try Contract.RedemptionChangedEvent(topics: topics, value: value)
            {
                self = .redemption(event)
            } else {
                return nil
            }
        }
    }

    private func points(_ amount: Int128) throws -> Int64 {
        try EscrowRow.amount(amount, nil).baseUnits
    }

    private func accrue(
        _ event: LoyaltyContract.AccruedEvent, _ place: EventPlace,
        in transaction: DatabaseTransaction
    ) async throws {
        let points = max(0, try points(event.points))
        let address = event.passenger.description
        try await loyalty.addAccrual(
            event.booking, address: address, month: event.month, in: transaction)
        try await loyalty.add(
            LoyaltyRepository.Entry(
                place, address, .accrued, points: points, escrowID: event.booking,
                carrier: event.carrier.description), in: transaction)
        guard points > 0 else { return }
        var account = try await loyalty.account(address, in: transaction).current(in: event.month)
        account.earn(points, in: event.month)
        try await loyalty.set(account, of: address, in: transaction)
    }

    private func revoke(
        _ event: LoyaltyContract.RevokedEvent, _ place: EventPlace,
        in transaction: DatabaseTransaction
    ) async throws {
        let points = max(0, try points(event.points))
        let address = event.passenger.description
        guard let month = try await loyalty.month(ofAccrual: event.booking, in: transaction) else {
            throw Indexer.Fault.unknown("loyalty.accrual.\(event.booking)")
        }
        try await loyalty.add(
            LoyaltyRepository.Entry(
                place, address, .revoked, points: -points, escrowID: event.booking),
            in: transaction)
        guard points > 0 else { return }
        var account = try await loyalty.account(address, in: transaction)
            .current(in: LoyaltyAccount.month(of: place.time))
        account.spend(points, earnedIn: month)
        try await loyalty.set(account, of: address, in: transaction)
    }

    private func redeem(
        _ event: LoyaltyContract.RedeemedEvent, _ place: EventPlace,
        in transaction: DatabaseTransaction
    ) async throws {
        let points = max(0, try points(event.points))
        let address = event.passenger.description
        try await loyalty.add(
            LoyaltyRepository.Entry(
                place, address, .redeemed, points: -points,
                amount: EscrowRow.amount(event.amount, nil)), in: transaction)
        var account = try await loyalty.account(address, in: transaction)
            .current(in: LoyaltyAccount.month(of: place.time))
        account.spend(points, earnedIn: nil)
        try await loyalty.set(account, of: address, in: transaction)
    }
}
