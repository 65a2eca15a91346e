import Cryptography
import Database
import Foundation
import HTTP
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

@Suite struct PersonalDataTests {
    let one = SecureRandom.bytes(32).map { String(format: "%02x", $0) }.joined()
    let two = SecureRandom.bytes(32).map { String(format: "%02x", $0) }.joined()

    func personalData(_ world: TestWorld, _ keys: String) throws -> PersonalData {
        let clock = world.clock
        return PersonalData(
            database: world.database, keys: try ColumnKeys(Secret(keys)), now: { clock.now },
            random: SecureRandom.bytes)
    }

    @Test(arguments: Engine.all)
    func `who flies and the tickets are nowhere to be read in the database`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let made = try await world.book()
        _ = try await world.pay(made)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.passengers.first?.name.ticketed.contains("LOVELACE") == true)
        let ticket = try #require(booking.tickets.first)
        let dump = try await everything(in: world.database)
        #expect(dump.contains(made.booking.id.text))
        let salt: [UInt8]? = try await world.database.value(
            "SELECT salt FROM bookings WHERE id = \(made.booking.id)")
        let row = try #require(try await world.server.parts.bookings.find(made.booking.id))
        #expect(row.salt.count == 32 && salt?.firstRange(of: row.salt) == nil)
        for secret in ["lovelace", "1990-12-10", ticket.lowercased()] {
            #expect(!dump.contains(secret))
        }
        await world.close()
    }

    /// All values of all tables, as text in small letters; bytes as the text they would be.
    private func everything(in database: Database) async throws -> String {
        var text = ""
        for table in try await database.digests().map(\.name) {
            let rows = try await database.run("SELECT * FROM \(SQL(stringLiteral: table))").rows
            for value in rows.flatMap(\.values) {
                if case .blob(let bytes) = value {
                    text += String(decoding: bytes, as: UTF8.self)
                } else {
                    text += "\(value)"
                }
            }
        }
        return text.lowercased()
    }

    @Test func `a sealed value opens in its own place alone`() async throws {
        let cipher = ColumnCipher(
            keys: try ColumnKeys(Secret("1:\(one)")), random: SecureRandom.bytes)
        let place = SealedTable.bookings.place("passengers", "a")
        let sealed = try cipher.seal(["Ada"], for: place)
        #expect(try cipher.open(sealed, for: place) == ["Ada"])
        for other in [
            SealedTable.bookings.place("passengers", "b"),
            SealedTable.bookings.place("tickets", "a"),
        ] {
            #expect(throws: ColumnCipher.Fault.self) {
                try cipher.open(sealed, for: other, as: [String].self)
            }
        }
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            #expect(throws: ColumnCipher.Fault.self) {
                try cipher.open(
                    changed, for: SealedTable.bookings.place("passengers", "a"),
                    as: [String].self)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `one traveller's data moved to another's booking is damage`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine)
        let (mine, other) = (try await world.book(), try await world.book("FRA", "MAD"))
        let sealed: [UInt8]? = try await world.database.value(
            "SELECT passengers FROM bookings WHERE id = \(other.booking.id)")
        try await world.database.execute(
            "UPDATE bookings SET passengers = \(sealed) WHERE id = \(mine.booking.id)")
        await #expect(throws: ColumnCipher.Fault.damaged("bookings.passengers")) {
            try await world.server.parts.bookings.find(mine.booking.id)
        }
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `keys are changed a batch at a time, from wherever the last run stopped`(
        engine: Engine
    ) async throws {
        struct Stopped: Error {}
        let world = try await TestWorld(engine, columnKeys: ColumnKeys(Secret("1:\(one)")))
        var made: [CreateBookingResponse] = []
        for _ in 0..<7 { made.append(try await world.book()) }
        _ = try await world.pay(made[0])
        try await world.work()
        let both = try personalData(world, "2:\(two),1:\(one)")
        #expect(try await both.outdatedRows() == 7)
        await #expect(throws: Stopped.self) {
            try await both.rotateKeys(batch: 3) { _ in throw Stopped() }
        }
        #expect(try await both.outdatedRows() == 4)
        #expect(try await both.rotateKeys(batch: 3) == 4)
        #expect(try await both.rotateKeys() == 0)
        // The old key is needed no more, and opens nothing.
        let new = BookingRepository(
            database: world.database,
            cipher: ColumnCipher(
                keys: try ColumnKeys(Secret("2:\(two)")), random: SecureRandom.bytes))
        for booking in made {
            let row = try #require(try await new.find(booking.booking.id))
            #expect(row.booking.passengers == booking.booking.passengers)
        }
        #expect(try await new.find(made[0].booking.id)?.tickets.count == 1)
        await #expect(throws: ColumnCipher.Fault.unknownKey(2)) {
            try await world.server.parts.bookings.find(made[0].booking.id)
        }
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `one booking that no key opens stops neither the others' money nor their new key`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine, columnKeys: ColumnKeys(Secret("1:\(one)")))
        let damaged = try await world.book()
        let lapsed = try await world.book()
        _ = try await world.pay(damaged)
        _ = try await world.server.parts.submitter.run()
        let paid = try await world.book()
        _ = try await world.pay(paid)
        try await world.database.execute(
            "UPDATE bookings SET passengers = \([UInt8]([1, 2, 3])) WHERE id = \(damaged.booking.id)"
        )
        try await world.work()
        #expect(try await world.read(paid).status == .confirmed)
        world.clock.advance(by: 3_600)
        try await world.work()
        #expect(try await world.read(lapsed).status == .lapsed)

        let both = try personalData(world, "2:\(two),1:\(one)")
        let rows = ["bookings \(damaged.booking.id)"]
        await #expect(throws: PersonalData.Unopened(rows: rows)) {
            try await both.rotateKeys(batch: 1)
        }
        #expect(try await both.outdatedRows() == 1)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `a booking that is over is erased with the salt of its hashes on the ledger`(
        engine: Engine
    ) async throws {
        let world = try await TestWorld(engine, columnKeys: ColumnKeys(Secret("1:\(one)")))
        let made = try await world.book()
        let id = made.booking.id
        let data = try personalData(world, "1:\(one)")
        await #expect(throws: PersonalData.Refusal.notOver(.held)) { try await data.erase(id) }
        _ = try await world.pay(made)
        try await world.work()
        await #expect(throws: PersonalData.Refusal.notOver(.ticketed)) { try await data.erase(id) }
        // A second after the last landing.
        let arrives = made.booking.itinerary.arrives.instant
        world.clock.advance(by: world.clock.now.seconds(until: arrives))
        await #expect(throws: PersonalData.Refusal.notOver(.ticketed)) { try await data.erase(id) }
        world.clock.advance(by: 1)
        // The passenger may still dispute, and the salt shows what the ledger's hashes stand for.
        await #expect(throws: PersonalData.Refusal.notOver(.ticketed)) { try await data.erase(id) }
        let escrow = try #require(try await world.server.parts.bookings.find(id)?.escrow)
        world.clock.advance(by: world.clock.now.seconds(until: escrow.staleAt))
        try await world.server.parts.bookings.setOrderTrace(id, "eJzTd9f3")
        try await data.erase(id)
        // Whoever looks for the order late must not write down again by what it is found.
        try await world.server.parts.bookings.setOrderTrace(id, "eJzTd9f3")
        let traces: Int? = try await world.database.value(
            "SELECT COUNT(*) FROM bookings WHERE order_trace IS NOT NULL")
        #expect(traces == 0)
        let row = try #require(try await world.server.parts.bookings.find(id))
        #expect(row.booking.passengers.isEmpty && row.tickets.isEmpty)
        #expect(row.salt.isEmpty && row.tokenHash.isEmpty)
        #expect(row.booking.airlineReference == nil)
        // What the ledger tells everyone, and the amounts, stay.
        #expect(row.escrow?.state == .ticketed)
        #expect(row.booking.price == made.booking.price)
        let read = try await world.post(
            .readBooking, id, headers: ["Authorization": "Bearer \(made.token)"])
        #expect(read.status == .notFound)
        let keys: Int? = try await world.database.value("SELECT COUNT(*) FROM idempotency_keys")
        #expect(keys == 0)
        await #expect(throws: PersonalData.Refusal.alreadyErased) { try await data.erase(id) }
        let unknown = try #require(BookingID(randomBytes: SecureRandom.bytes(16)))
        await #expect(throws: PersonalData.Refusal.noBooking) { try await data.erase(unknown) }
        await world.close()
    }

    @Test(arguments: [
        "", "1", "1:zz", "0:\(String(repeating: "a", count: 64))",
        "1:\(String(repeating: "a", count: 63))",
        "1:\(String(repeating: "ab", count: 32)),1:\(String(repeating: "cd", count: 32))",
        "1:\(String(repeating: "ab", count: 32)),2:\(String(repeating: "ab", count: 32))",
        "1:\(String(repeating: "é", count: 64))", "1:\(String(repeating: "é", count: 32))",
        "1:\(String(repeating: "a", count: 62))é", "1:\(String(repeating: "+f", count: 32))",
    ])
    func `keys that are none are refused and not repeated`(text: String) {
        let error = #expect(throws: ColumnKeys.Malformed.self) { try ColumnKeys(Secret(text)) }
        #expect(error?.description.contains("abab") == false)
    }
}
