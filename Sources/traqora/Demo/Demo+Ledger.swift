import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// What the traveller reads for itself.
extension Demo {
    /// How often a booking is asked after, and how long that goes on.
    private static let pollsMax = 600
    private static let pause = Duration.milliseconds(50)

    /// Waits until the booking is what is hoped for.
    func wait(
        for id: BookingID, token: String, until wanted: Set<BookingStatus>
    ) async throws -> BookingResponse {
        for _ in 0..<Self.pollsMax {
            let booking = try await api.booking(id, token: token)
            if wanted.contains(booking.status) { return booking }
            if let failed = booking.chain.transactions.last(where: { $0.status == .failed }) {
                throw DemoError(
                    "the ledger did not take \(failed.hash): \(failed.failure ?? "no reason given")"
                )
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
                + "for it, as its booking \(booking.chain.bookingID ?? 0).\n")
    }

    /// What the contract holds for a booking: seats that are not given up, times their price, for
    /// as long as it is open.
    func escrowed(_ booking: BookingResponse) async throws -> TokenAmount {
        guard let number = booking.chain.bookingID,
            case .contract(let contract)? = try? StrKey(parsing: booking.chain.contract)
        else { throw DemoError("the ledger does not know the booking") }
        let value = try await rpc.read(contract, "booking", [.u64(number)])
        let seats = try UInt32(scVal: value.field("seats"))
        let price = try Int128(scVal: value.field("price"))
        let state = try UInt32(scVal: value.field("state"))
        // 0 is paid, 1 ticketed; in every later state the money has gone where it belongs.
        return TokenAmount(baseUnits: state <= 1 ? Int64(price) * Int64(seats) : 0)
    }

    /// How many test dollars the ledger says there are.
    func balance() async throws -> TokenAmount {
        guard let dollars else { throw DemoError("I have no test dollars yet") }
        let value = try await rpc.read(dollars, "balance", [.address(.account(key.accountID))])
        return TokenAmount(baseUnits: Int64(try Int128(scVal: value)))
    }
}
