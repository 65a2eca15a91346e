import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// What the traveller reads for itself.
extension Demo {
    /// How often a booking is asked after, and how long that goes on.
    private static let pollsMax = 600
    private static let pause = Duration.milliseconds(50)

    /// The day by the network's clock, which a network of one's own may have ahead of the wall's.
    static func today(_ rpc: SorobanRPC) async throws -> LocalDate {
        let ledger = try await rpc.latestLedger().closeTime.map { Int64(clamping: $0) } ?? 0
        return LocalDate(daysSinceEpoch: Int(max(ledger, Clock.now().seconds) / 86_400))
    }

    /// Waits until the booking is what is hoped for.
    /// - Throws: ``LedgerRefusal`` when every transaction of this purpose came to nothing.
    func wait(
        for id: BookingID, token: String, until wanted: Set<BookingStatus>,
        by purpose: TransactionPurpose
    ) async throws -> BookingResponse {
        for _ in 0..<Self.pollsMax {
            let booking = try await api.booking(id, token: token)
            if wanted.contains(booking.status) { return booking }
            let sent = booking.chain.transactions.filter { $0.purpose == purpose }
            if let last = sent.last, sent.allSatisfy({ $0.status == .failed }) {
                throw LedgerRefusal(hash: last.hash, reason: last.failure ?? "no reason given")
            }
            if [.lapsed, .refunded].contains(booking.status) { throw DemoError(booking.message) }
            try await Task.sleep(for: Self.pause)
        }
        throw DemoError("the booking \(id) did not become \(wanted) in time")
    }

    /// The ticket, and the money behind it as the contract itself tells it.
    func showTicket() async throws {
        guard let booking = purchase?.booking else { throw DemoError("there is no booking") }
        say(DemoText.itinerary(of: booking))
        let held = try await escrowed(booking)
        try check(held == booking.price, "the contract holds \(held), not \(booking.price)")
        try check(
            booking.chain.escrowed == held,
            "the API says that \(booking.chain.escrowed) are in escrow, the ledger \(held)")
        say(
            "The escrow contract \(booking.chain.contract) holds \(held.shortText) test dollars "
                + "for it, as its booking \(booking.chain.escrowID ?? 0).\n")
    }

    /// What the contract holds for a booking: seats that are not given up, times their price, for
    /// as long as it is open.
    func escrowed(_ booking: BookingResponse) async throws -> TokenAmount {
        guard let number = booking.chain.escrowID,
            case .contract(let contract)? = try? StrKey(parsing: booking.chain.contract)
        else { throw DemoError("the ledger does not know the booking") }
        let kept = try await BookingContract(contract).booking(id: number).read(from: rpc)
        switch kept.state {
        case .paid, .ticketed, .disputed: return try Self.amount(kept.price * Int128(kept.seats))
        // In every later state the money has gone where it belongs.
        case .expired, .cancelled, .refunded, .settled, .resolved:
            return TokenAmount(baseUnits: 0)
        }
    }

    /// How many test dollars the ledger says there are.
    func balance() async throws -> TokenAmount {
        guard let dollars else { throw DemoError("I have no test dollars yet") }
        return try Self.amount(
            await TokenContract(dollars).balance(id: .account(key.accountID)).read(from: rpc))
    }

    private static func amount(_ baseUnits: Int128) throws -> TokenAmount {
        guard let units = Int64(exactly: baseUnits) else {
            throw DemoError("the ledger names an amount that no token of ours has: \(baseUnits)")
        }
        return TokenAmount(baseUnits: units)
    }
}
