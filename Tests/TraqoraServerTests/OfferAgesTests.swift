import Database
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Ages of minors in the offers of old bookings.
@Suite(.serialized) struct OfferAgesTests {
    @Test(arguments: Engine.all)
    func `ages that an older release kept unsealed are taken out, and nothing else`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let made = [try await world.book(), try await world.book("FRA", "MAD")]
        let offers = { () async throws -> [String] in
            try await world.database.values("SELECT offer FROM bookings ORDER BY id")
        }
        let clean = try await offers()
        #expect(clean.count == 2 && clean.allSatisfy { !$0.contains("\"ages\"") })
        // As the release before wrote them, noted as the migration does.
        try await world.database.execute(
            "UPDATE bookings SET offer = '{\"ages\":[4,15],' || SUBSTR(offer, 2)")
        #expect(try await offers().allSatisfy { $0.contains("[4,15]") })
        try await world.database.execute(
            """
            INSERT INTO offers_with_ages (booking_id)
            SELECT id FROM bookings WHERE offer LIKE '%"ages":[%'
            """)
        // One is written by somebody else while it is read: it is found again.
        let ages = world.server.parts.offerAges
        #expect(try await ages.run().count == 2)
        #expect(try await offers() == clean)
        let left: Int? = try await world.database.value("SELECT COUNT(*) FROM offers_with_ages")
        #expect(left == 0)
        #expect(try await ages.run().last == nil)
        #expect(try await world.read(made[0]).status == .awaitingPayment)
        await world.close()
    }

    @Test(arguments: Engine.all)
    func `one that cannot be read stops no other`(engine: Engine) async throws {
        let world = try await TestWorld(engine)
        for _ in 0..<2 { _ = try await world.book() }
        let ids: [String] = try await world.database.values("SELECT id FROM bookings ORDER BY id")
        try await world.database.execute(
            "UPDATE bookings SET offer = '{\"ages\":[4],' || SUBSTR(offer, 2)")
        try await world.database.execute(
            "UPDATE bookings SET offer = '{\"ages\":[' WHERE id = \(ids[0])")
        for id in ids {
            try await world.database.execute(
                "INSERT INTO offers_with_ages (booking_id) VALUES (\(id))")
        }
        await world.server.parts.offerAges.runToEnd()
        let left: [String] = try await world.database.values(
            "SELECT booking_id FROM offers_with_ages")
        #expect(left == [ids[0]])
        let clean: Int? = try await world.database.value(
            "SELECT COUNT(*) FROM bookings WHERE offer LIKE '%\"ages\":%'")
        #expect(clean == 1)
        await world.close()
    }
}
