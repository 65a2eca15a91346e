import HTTP
import Support
import Testing
import Travel

@testable import FlightSupply

/// The cheapest days, at Amadeus and of all suppliers together.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct DayPricesTests {
    static func question(
        nights: Int? = 7, adults: Int = 1, cabin: Cabin? = nil, connectionsMax: Int = 2
    ) throws -> DaysQuestion {
        DaysQuestion(
            origin: try SearchPlace(AirportCode(parsing: "MAD")),
            destination: try SearchPlace(AirportCode(parsing: "MUC")),
            days: try ["2020-07-29", "2020-07-30", "2020-07-31"].map {
                try LocalDate(parsing: $0)
            }, nights: nights, passengers: try PassengerCounts(adults: adults), cabin: cabin,
            connectionsMax: connectionsMax)
    }

    @Test func `one question tells the cheapest of each day with the way back that is wanted`()
        async throws
    {
        let world = try await AmadeusWorld()
        let prices = try await world.supply.cheapestDays(Self.question(), at: AmadeusWorld.now)
        #expect(
            prices?.map { "\($0.date) \($0.price)" } == [
                "2020-07-29 91.00 EUR", "2020-07-30 120.10 EUR",
            ])
        let asked = try #require(world.server.asked.last)
        #expect(
            asked.query
                == "origin=MAD&destination=MUC&departureDate=2020-07-29%2C2020-07-31"
                + "&oneWay=false&nonStop=false&viewBy=DATE&currency=USD&duration=7")
        await world.close()
    }

    @Test func `what the question cannot say is not asked`() async throws {
        let world = try await AmadeusWorld()
        let questions = try [
            Self.question(adults: 2), Self.question(cabin: .business),
            Self.question(connectionsMax: 1),
        ]
        for question in questions {
            #expect(try await world.supply.cheapestDays(question, at: AmadeusWorld.now) == nil)
        }
        #expect(world.server.asked.isEmpty)
        await world.close()
    }

    @Test func `days that nobody knows of are no failure, and failures are told`() async throws {
        let world = try await AmadeusWorld()
        let suppliers = Suppliers([Simulator(), world.supply])
        let line = "GET /v1/shopping/flight-dates"
        world.server.fail(line, .status(404, AmadeusWorld.failure(1_797)))
        var answers = await suppliers.cheapestDays(try Self.question(), at: AmadeusWorld.now)
        #expect(answers.map(\.supplier) == ["simulator", "amadeus"])
        #expect(answers[1].prices == [] && answers[1].failure == nil)
        world.server.fail(line, .status(500, AmadeusWorld.failure(141)))
        answers = await suppliers.cheapestDays(try Self.question(), at: AmadeusWorld.now)
        #expect(answers[1].failure?.code == "suppliers.failed")
        #expect(answers[0].failure == nil && answers[0].prices?.count == 3)
        await world.close()
    }

    @Test func `who is slow is not waited for, and who has no such question says so`()
        async throws
    {
        let world = try await AmadeusWorld()
        let duffel = try await DuffelWorld()
        let suppliers = Suppliers(
            [world.supply, duffel.supply], timesMax: ["amadeus": .milliseconds(300)])
        world.server.fail("GET /v1/shopping/flight-dates", .slow(.seconds(3)))
        let answers = await suppliers.cheapestDays(try Self.question(), at: AmadeusWorld.now)
        #expect(answers[0].failure == .timedOut)
        #expect(answers[1].prices == nil && answers[1].failure == nil)
        #expect(duffel.server.asked.isEmpty)
        await world.close()
        await duffel.close()
    }

    @Test func `a simulated month is as cheap as the searches for its days`() async throws {
        let simulator = Simulator()
        let question = try Self.question(adults: 2)
        let answers = await Suppliers([simulator]).cheapestDays(question, at: AmadeusWorld.now)
        for day in try #require(answers[0].prices) {
            let search = try question.search(on: day.date, at: AmadeusWorld.now)
            let offers = try await simulator.offers(for: search, at: AmadeusWorld.now)
            #expect(offers.map(\.total.minorUnits).min() == day.price.minorUnits)
        }
    }
}
