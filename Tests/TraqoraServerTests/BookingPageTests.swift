import Foundation
import HTTP
import Stellar
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// How often the database is asked.
@Suite(.serialized) struct BookingPageTests {
    private func statements(_ body: () async throws -> Void) async throws -> Int {
        let count = Lock(0)
        let tracer = Tracer(
            sampledShare: 1, now: { 0 }, random: { UInt64.random(in: 1 ... .max) }
        ) { record in
            if record.name.hasPrefix("SELECT") { count.withLock { $0 += 1 } }
        }
        _ = try await tracer.round("page") {
            try await body()
            return 1
        }
        return count.withLock { $0 }
    }

    @Test(arguments: Engine.all)
    func `a page of bookings takes as many questions as one booking`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        let session = try await world.signIn().headers
        let offer = try await world.offer()
        var made: [CreateBookingResponse] = []
        for number in 0..<6 {
            let headers = session.with("Idempotency-Key", "a-key-for-number-\(number)")
            let response = try await world.post(
                .createBooking, nil, world.request(offer), headers: headers)
            made.append(try response.json())
        }
        for booking in made.prefix(2) { _ = try await world.pay(booking) }
        try await world.work()
        let parts = world.server.parts
        let read = ReadBooking(
            bookings: parts.bookings, transactions: parts.transactions,
            disputes: parts.disputes, escrow: parts.escrow)
        func page(_ limit: Int) async throws -> [BookingResponse] {
            var wanted = try BookingSearch(HTTPRequest(.get, "/?limit=\(limit)").query)
            wanted.owner = world.traveller.address
            return try await read.responses(for: parts.bookings.all(wanted).items)
        }
        let counts = Lock<[Int]>([])
        let one = try await statements {
            let count = try await page(1).count
            counts.withLock { $0.append(count) }
        }
        let all = try await statements {
            let count = try await page(50).count
            counts.withLock { $0.append(count) }
        }
        #expect(counts.withLock { $0 } == [1, 6])
        #expect(one > 0 && all == one)
        // And each is what is read of it alone.
        for response in try await page(50) {
            let row = try #require(try await parts.bookings.find(response.id))
            let alone = try HTTPResponse.jsonEncoder.encode(try await read.response(for: row))
            #expect(try HTTPResponse.jsonEncoder.encode(response) == alone)
        }
        await world.close()
    }
}
