import HTTP
import Support
import Telemetry
import Testing
import Travel

@testable import FlightSupply

/// Seats as they are shown.
@Suite(.serialized) struct SeatMapTests {
    @Test func `a seat has a row and a letter, and its place in the row says what it is`() throws {
        #expect(try SeatNumber(parsing: "014a").description == "14A")
        for text in ["", "A", "14", "0A", "200A", "14AB", "1 4A", "١A", "-1A", "14é"] {
            #expect(throws: TravelError.malformedSeat(text)) { try SeatNumber(parsing: text) }
        }
        let seats = try ["7A", "7B", "7C", "7D"].map {
            SeatPlace(seat: try SeatNumber(parsing: $0), isAvailable: true, price: nil)
        }
        let row = SeatRow(places: seats[0...2] + [SeatPlace(.aisle), seats[3]])
        #expect(row.places.map(\.traits) == [[.window], [.middle], [.aisle], nil, [.window]])
        #expect(row.number == 7 && SeatRow(places: [SeatPlace(.galley)]).number == nil)
    }

    @Test func `the simulator's seats are the same each time, and some are taken`() async throws {
        let simulator = Simulator()
        let offers = try await simulator.offers(for: World.search("LHR", "JFK"), at: World.now)
        for offer in offers.prefix(20) {
            let maps = try await simulator.seatMaps(of: offer.id, at: World.now)
            #expect(maps.map(\.segment) == Array(offer.itinerary.segments.indices))
            #expect(try await Simulator().seatMaps(of: offer.id, at: World.now) == maps)
            for map in maps {
                let names = map.seats.compactMap(\.number)
                #expect(Set(names).count == names.count && !names.isEmpty)
                #expect(map.cabins.map(\.cabin) == [offer.fare.cabin])
                #expect(map.seats.allSatisfy { ($0.price != nil) == ($0.isAvailable == true) })
            }
        }
        let offer = try #require(offers.first)
        await #expect(throws: SupplyError.offerExpired(offer.expiresAt)) {
            try await simulator.seatMaps(of: offer.id, at: offer.expiresAt)
        }
    }

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `Duffel's recorded seats have aisles between their sections`() async throws {
        let world = try await DuffelWorld()
        let id = try await world.offer().id
        let map = try #require(try await world.supply.seatMaps(of: id, at: DuffelServer.now).first)
        #expect(map.segment == 0 && map.cabins.count == 1)
        let row = try #require(map.cabins[0].rows.first)
        let text = row.places.map { $0.number?.description ?? "-" }.joined()
        #expect(text == "1A1B1C-1D1E1F1G-1H1J1K")
        #expect(row.places[0].isAvailable == true && row.places[0].price?.amount == "30.00")
        #expect(row.places[6].number?.description == "1F" && row.places[6].isAvailable == false)
        #expect(row.number == 1 && row.places[0].traits == [.window])
        // The rows from the exit to the one behind it lie over the wings.
        #expect(map.cabins[0].rows[2].places[0].traits == [.window, .overWing])
        #expect(map.cabins[0].rows[3].places[1].traits == [.middle])
        let kinds = Set(map.cabins[0].rows.flatMap(\.places).map(\.kind))
        #expect(kinds == [.seat, .aisle, .exit, .galley, .lavatory])
        world.server.fail("GET /air/seat_maps", .status(200, #"{"data": []}"#))
        #expect(try await world.supply.seatMaps(of: id, at: DuffelServer.now).isEmpty)
        world.server.fail("GET /air/seat_maps", .status(200, #"{"data": [{"id": 1}]}"#))
        await #expect(throws: SupplyError.self) {
            try await world.supply.seatMaps(of: id, at: DuffelServer.now)
        }
        await world.close()
    }

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `Amadeus' recorded seats are a grid`() async throws {
        let world = try await AmadeusWorld()
        let offer = try #require(try await world.search().first)
        let maps = try await world.supply.seatMaps(of: offer.id, at: AmadeusWorld.now)
        let map = try #require(maps.first)
        #expect(map.segment == 0)
        let row = try #require(map.cabins.first?.rows.first)
        #expect(row.places.map { $0.number?.description ?? "-" }.joined() == "14A14B14C-14D14E14F")
        #expect(row.places[0].isAvailable == true && row.places[0].price?.amount == "25.00")
        #expect(row.places[1].isAvailable == false && row.places[1].price == nil)
        #expect(row.places[0].traits == [.preferred, .window, .overWing])
        #expect(row.places[2].traits?.contains(.aisle) == true)
        await world.close()
    }

    @Test func `who shows no seats says so`() async throws {
        let registry = RegistrySupply(
            fares: { _, _, _ in [] }, fare: { _, _ in nil }, airline: { _ in nil })
        let id = try OfferID(parsing: "reg1.17.economy.1-0-0.1")
        await #expect(throws: SupplyError.notSupported("seat maps")) {
            try await Suppliers([registry]).seatMaps(of: id, at: World.now)
        }
    }
}
