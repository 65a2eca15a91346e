import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

/// The API process dies; the ledger, in a process of its own, does not.
@Suite struct CrashTests {
    /// How long after the payment was taken the process is killed, in milliseconds: before, while
    /// and after it is submitted and confirmed.
    @Test(arguments: [0, 5, 20, 60, 150])
    func `a booking survives the death of the process that took its payment`(
        milliseconds: Int
    ) async throws {
        try await withScratchFolder { folder in
            let sandbox = try BuiltProgram(["sandbox", "--port", "0"], folder: folder)
            let rpc = try #require(
                try await sandbox.lines(until: "http://").last?.split(separator: " ").last
            ).description
            let environment = [
                "PORT": "0", "DATABASE_URL": "sqlite:api.sqlite", "SOROBAN_RPC_URL": rpc,
            ]
            let first = try BuiltProgram(["serve"], environment: environment, folder: folder)
            let traveller = try await Traveller(api: base(of: first), rpc: rpc)
            let booked = try await traveller.bookAndPay()
            // How far the process gets in this time differs from run to run, and should.
            try await Task.sleep(for: .milliseconds(milliseconds))
            try await first.kill()

            let second = try BuiltProgram(["serve"], environment: environment, folder: folder)
            let api = try await base(of: second)
            let booking = try await traveller.confirmed(booked, api: api)
            #expect(booking.status == .confirmed)
            #expect(try await traveller.escrowed(booking) == booking.price)
            let payments = booking.chain.transactions.filter { $0.purpose == .payment }
            #expect(payments.map(\.status) == [.applied])
            try await second.stop()
            try await sandbox.stop()
            traveller.client.shutDown()
        }
    }

    private func base(of program: BuiltProgram) async throws -> String {
        let line = try await program.lines(until: "Traqora serves").last ?? ""
        let address = try #require(line.split(separator: " ").last)
        return String(address.replacing("/health", with: ""))
    }
}

/// Somebody who books over HTTP and reads the ledger over RPC.
struct Traveller {
    let client = HTTPClient()
    let api: String
    let rpc: SorobanRPC
    let key: KeyPair

    init(api: String, rpc: String) async throws {
        self.api = api
        self.rpc = SorobanRPC(url: rpc, client: client)
        key = try KeyPair.random()
        let friendbot = try #require(try await self.rpc.network().friendbotUrl)
        _ = try await Friendbot(url: friendbot, client: client).fund(key.accountID)
        _ = try await TraqoraClient(base: api, http: client).testDollars(for: key.address)
    }

    /// A booking and the token that it is read with.
    struct Booked {
        var id: BookingID
        var token: String
    }

    func bookAndPay() async throws -> Booked {
        let client = TraqoraClient(base: api, http: client)
        let today = LocalDate(daysSinceEpoch: Int(Date().timeIntervalSince1970 / 86_400))
        let offers = try await client.searchFlights(
            FlightSearchQuery(
                origin: AirportCode(parsing: "LIS"), destination: AirportCode(parsing: "LHR"),
                date: today.adding(days: 40), passengers: PassengerCounts(adults: 1)))
        let offer = try #require(offers.offers.first)
        let created = try await client.createBooking(
            CreateBookingRequest(
                offerID: offer.id, total: offer.total,
                passengers: [
                    Passenger(
                        name: PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
                        bornOn: LocalDate(parsing: "1985-12-10"))
                ], payer: key.address),
            idempotencyKey: UUID().uuidString)
        var envelope = try TransactionEnvelope(base64: created.transaction.transaction)
        try envelope.sign(with: key, on: Network(passphrase: created.transaction.network))
        _ = try await client.pay(
            created.booking.id, token: created.token, signed: envelope.base64())
        return Booked(id: created.booking.id, token: created.token)
    }

    /// The booking once it is confirmed and its payment known to be applied, or as it is after
    /// three minutes: the work that a dead process had taken is free again after one.
    func confirmed(_ booked: Booked, api: String) async throws -> BookingResponse {
        let client = TraqoraClient(base: api, http: client)
        for _ in 0..<3_600 {
            let booking = try await client.booking(booked.id, token: booked.token)
            let isSettled = booking.chain.transactions.allSatisfy { $0.status == .applied }
            if booking.status == .confirmed, isSettled { return booking }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await client.booking(booked.id, token: booked.token)
    }

    /// What the contract itself holds for the booking.
    func escrowed(_ booking: BookingResponse) async throws -> TokenAmount {
        guard case .contract(let contract) = try StrKey(parsing: booking.chain.contract) else {
            throw StrKeyError.malformed
        }
        let number = try #require(booking.chain.bookingID)
        let value = try await rpc.read(contract, "booking", [.u64(number)])
        let seats: UInt32 = try value.field("seats")
        let price: Int128 = try value.field("price")
        return TokenAmount(baseUnits: Int64(price) * Int64(seats))
    }
}
