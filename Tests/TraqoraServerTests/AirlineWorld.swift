import Database
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// A server that knows an airline with a flight and bookings, its owner, and who acts for it.
struct AirlineWorld: Sendable {
    let world: TestWorld
    let server: TraqoraServer
    let owner: KeyPair
    let `operator`: KeyPair
    /// What opens the API for the operator.
    let headers: HTTPHeaders

    static let code: SCSymbol = "TQ"

    init(_ engine: Engine = .sqlite) async throws {
        world = try await TestWorld(engine)
        server = world.administeredServer()
        owner = try KeyPair.random()
        `operator` = try KeyPair.random()
        for key in [owner, `operator`] { await world.ledger.fund(key.accountID) }
        await world.ledger.set(owner: owner.accountID, operators: [`operator`.accountID])
        headers = try await world.signIn(`operator`, to: server).headers
        try await found()
    }

    var departs: Instant { Instant(seconds: 1_795_608_000 + 10 * 86_400) }

    /// Lets a contract say something, as a network tells it.
    func tell(
        _ contract: ContractID, _ name: SCSymbol, _ topics: [SCVal], _ value: SCVal
    ) async {
        await world.ledger.add(
            .init(
                ledger: 101, hash: Hash(fitting: [1]), topics: [.symbol(name)] + topics,
                value: value, contract: contract))
    }

    private func found() async throws {
        let contracts = ScriptedLedger.registry
        let code = SCVal.symbol(Self.code)
        let airline = AirlineContract.Airline(
            metadataHash: .zero, name: "Traqora Air", owner: .account(owner.accountID),
            payout: .account(owner.accountID), proposedOwner: nil, standing: .pending)
        await tell(contracts.airline, "registered", [code], airline.scVal)
        await tell(
            contracts.airline, "standing", [code],
            .structure(["reason": .symbol("approved"), "standing": Standing.active.scVal]))
        await tell(
            contracts.airline, "operator", [code, .address(.account(`operator`.accountID))],
            .bool(true))
        await tell(
            contracts.refund, "policy", [.u32(1), code],
            RefundContract.Policy(
                graceMinLeadSeconds: 7, graceSeconds: 5,
                tiers: [.init(refundBps: 8_000, secondsBefore: 100)]
            ).scVal)
        let flight = FlightRegistryContract.Flight(
            arrives: UInt64(departs.seconds + 7_200), carrier: Self.code,
            departs: UInt64(departs.seconds), destination: "ZRH",
            fares: [
                .init(
                    cabin: "economy", policy: 1, price: 100, seats: 4,
                    token: .contract(Hash(fitting: [9])))
            ], number: 101, origin: "LIS")
        await tell(
            contracts.flights, "published",
            [.u64(17), code, .address(.account(`operator`.accountID))], flight.scVal)
        try await world.work(server)
    }

    typealias Standing = AirlineContract.Standing

    /// A booking of the flight, made here, as paid.
    @discardableResult
    func book(_ id: UInt64, price: Int128 = 10_000_000_000) async throws
        -> CreateBookingResponse
    {
        let made = try await world.book()
        let booking = BookingContract.Booking(
            arrives: UInt64(departs.seconds + 7_200), bookedAt: UInt64(world.clock.now.seconds),
            cabin: "economy", carrier: Self.code, departs: UInt64(departs.seconds),
            disputeWindow: 86_400, feeBps: 100, flight: 17, flightRef: .zero, nonce: 0,
            passenger: .account(world.traveller.accountID), policy: 1, price: price,
            resolveBy: 0, resolveWindow: 0, responded: false, seats: 1,
            seller: .account(owner.accountID),
            staleAt: UInt64(departs.seconds) + 864_000, state: .paid,
            ticketDeadline: UInt64(world.clock.now.seconds) + 3_600, ticketHash: nil,
            token: .contract(Hash(fitting: [9])))
        await world.ledger.add(booking, as: id)
        // As if the offer had been the registry's: which it is say the number and what was booked.
        let nonce = EscrowRow.published(id, flight: 17, cabin: "economy", seats: 1)
        try await world.database.execute(
            """
            UPDATE bookings SET seller = \(EscrowRow.published), nonce = \(nonce)
            WHERE id = \(made.booking.id)
            """)
        await tell(
            ScriptedLedger.contract, "booked",
            [.u64(id), .address(booking.passenger), .address(booking.seller)], booking.scVal)
        _ = try await server.parts.indexer.run()
        return made
    }

    /// Lets the traveller dispute a booking.
    func dispute(_ id: UInt64) async throws {
        let passenger = SCVal.address(.account(world.traveller.accountID))
        let booking: BookingID? = try await world.database.value(
            """
            SELECT bookings.id FROM bookings JOIN escrows ON escrows.seller = bookings.seller
                AND escrows.nonce = bookings.nonce
            WHERE escrows.escrow_id = \(Int64(bitPattern: id))
            """)
        let (disputes, now) = (server.parts.disputes, world.clock.now)
        try await world.database.transaction { transaction in
            try await disputes.state(
                "Eleven hours late.", of: #require(booking), at: now, in: transaction)
        }
        await tell(
            ScriptedLedger.contract, "ticketed", [.u64(id), passenger],
            .structure(["ticket_hash": Hash.zero.scVal]))
        await tell(
            ScriptedLedger.contract, "disputed", [.u64(id), passenger],
            .structure([
                "evidence": Hash.zero.scVal, "resolve_by": .u64(UInt64(now.seconds + 86_400)),
            ]))
        _ = try await server.parts.indexer.run()
    }

    func ask(
        _ route: Route, _ places: [String: String] = [:], query: String = "",
        body: (any Encodable)? = nil, headers: HTTPHeaders? = nil
    ) async throws -> HTTPResponse {
        try await world.ask(
            route, server, places.merging(["code": "TQ"]) { given, _ in given }, query: query,
            body: body, headers: headers ?? self.headers)
    }
}
