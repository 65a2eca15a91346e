import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

/// Somebody who books over HTTP and reads the ledger over RPC.
struct Traveller {
    private(set) var client: TraqoraClient
    private(set) var rpc: SorobanRPC
    let key: KeyPair
    let today: LocalDate
    private let token: ContractID?

    /// How often a booking is asked for until it is as it should be, and the pause between.
    private static let pollsMax = 3_600
    private static let pause = Duration.milliseconds(50)

    init(
        api: String, rpc: String, client http: HTTPClient, hasDollars: Bool = true,
        today: LocalDate = LocalDate(
            daysSinceEpoch: Int(Date().timeIntervalSince1970 / 86_400))
    ) async throws {
        try await self.init(
            client: TraqoraClient(base: api, http: http), rpc: rpc, http: http,
            hasDollars: hasDollars, today: today)
    }

    init(
        client: TraqoraClient, rpc: String, http: HTTPClient, hasDollars: Bool = true,
        today: LocalDate = LocalDate(
            daysSinceEpoch: Int(Date().timeIntervalSince1970 / 86_400))
    ) async throws {
        self.client = client
        self.rpc = SorobanRPC(url: rpc, client: http)
        self.today = today
        key = try KeyPair.random()
        let friendbot = try #require(try await self.rpc.network().friendbotUrl)
        _ = try await Friendbot(url: friendbot, client: http).fund(key.accountID)
        token =
            hasDollars
            ? try Self.contract(await client.testDollars(for: key.address).token) : nil
    }

    /// The same person, who finds API and network at other addresses.
    func moved(api: String, rpc: String, client http: HTTPClient) -> Traveller {
        var moved = self
        moved.client = TraqoraClient(base: api, http: http)
        moved.rpc = SorobanRPC(url: rpc, client: http)
        return moved
    }

    /// The same person, who asks another process.
    func moved(to client: TraqoraClient) -> Traveller {
        var moved = self
        moved.client = client
        return moved
    }

    /// A booking and the token that it is read with.
    struct Booked {
        var id: BookingID
        var token: String
    }

    /// Searches, and holds the cheapest offer.
    func book(
        from origin: String = "LIS", to destination: String = "LHR", payer: String? = nil,
        key idempotencyKey: String = UUID().uuidString
    ) async throws -> CreateBookingResponse {
        let offers = try await client.searchFlights(search(origin, destination))
        return try await hold(
            #require(offers.offers.first), payer: payer, key: idempotencyKey)
    }

    /// What is asked to get from here to there.
    func search(_ origin: String, _ destination: String) throws -> FlightSearchQuery {
        FlightSearchQuery(
            origin: try AirportCode(parsing: origin),
            destination: try AirportCode(parsing: destination), date: today.adding(days: 40),
            passengers: try PassengerCounts(adults: 1))
    }

    /// Holds an offer.
    func hold(
        _ offer: Offer, payer: String? = nil, key idempotencyKey: String = UUID().uuidString
    ) async throws -> CreateBookingResponse {
        try await client.createBooking(
            CreateBookingRequest(
                offerID: offer.id, total: offer.total,
                passengers: [
                    Passenger(
                        name: PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
                        bornOn: LocalDate(parsing: "1985-12-10"))
                ], payer: payer ?? key.address),
            idempotencyKey: idempotencyKey)
    }

    /// Signs what was offered, as it should be unless told otherwise.
    func sign(
        _ offered: UnsignedTransactionResponse?, by other: KeyPair? = nil,
        on network: Network? = nil
    ) throws -> String {
        let offered = try #require(offered)
        var envelope = try TransactionEnvelope(base64: offered.transaction)
        try envelope.sign(
            with: other ?? key, on: network ?? Network(passphrase: offered.network))
        return try envelope.base64()
    }

    func bookAndPay(from origin: String = "LIS", to destination: String = "LHR") async throws
        -> Booked
    {
        let created = try await book(from: origin, to: destination)
        _ = try await client.pay(
            created.booking.id, token: created.token, signed: sign(created.transaction))
        return Booked(id: created.booking.id, token: created.token)
    }

    /// Gives the booking up.
    /// - Returns: what was said to come back.
    func cancel(_ booked: Booked) async throws -> TokenAmount {
        let prepared = try await client.prepareCancellation(booked.id, token: booked.token)
        _ = try await client.cancel(
            booked.id, token: booked.token, signed: sign(prepared.transaction))
        return prepared.refund
    }

    /// The booking once it is `status` and the fate of its transactions is known, or as it is after
    /// three minutes: the work that a dead process had taken is free again after one. A payment that
    /// came to nothing is asked for and signed again.
    func booking(
        _ booked: Booked, whenIts status: BookingStatus, api: TraqoraClient? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> BookingResponse {
        let client = api ?? client
        for _ in 0..<Self.pollsMax {
            let booking = try await client.booking(booked.id, token: booked.token)
            let sent = booking.chain.transactions
            let isSettled = sent.allSatisfy { $0.status == .applied || $0.status == .failed }
            if booking.status == status, isSettled { return booking }
            if booking.status == .awaitingPayment, !sent.isEmpty,
                sent.allSatisfy({ $0.status == .failed })
            {
                let again = try await client.preparePayment(booked.id, token: booked.token)
                _ = try await client.pay(booked.id, token: booked.token, signed: sign(again))
            }
            try await Task.sleep(for: Self.pause)
        }
        let booking = try await client.booking(booked.id, token: booked.token)
        #expect(booking.status == status, sourceLocation: sourceLocation)
        return booking
    }

    /// How many base units of the test dollar the ledger says there are.
    func dollars() async throws -> Int64 {
        let token = try #require(token)
        return try await Int64(
            TokenContract(token).balance(id: .account(key.accountID)).read(from: rpc))
    }

    /// What the contract itself holds for the booking.
    func escrowed(_ booking: BookingResponse) async throws -> TokenAmount {
        let contract = try Self.contract(booking.chain.contract)
        let number = try #require(booking.chain.escrowID)
        let kept = try await BookingContract(contract).booking(id: number).read(from: rpc)
        let isOpen = kept.state == .paid || kept.state == .ticketed
        return TokenAmount(baseUnits: isOpen ? Int64(kept.price) * Int64(kept.seats) : 0)
    }

    private static func contract(_ text: String) throws -> ContractID {
        guard case .contract(let id) = try StrKey(parsing: text) else {
            throw StrKeyError.malformed
        }
        return id
    }
}
