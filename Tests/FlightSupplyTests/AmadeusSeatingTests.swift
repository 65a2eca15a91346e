import Foundation
import HTTP
import Support
import Testing
import Travel

@testable import FlightSupply

/// Seats chosen on offers of Amadeus'.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct AmadeusSeatingTests {
    static func seats() throws -> [SeatChoice] {
        let price = try Money(parsing: "25.00", currency: .usd)
        return [
            SeatChoice(segment: 0, number: try SeatNumber(parsing: "14A"), price: price),
            SeatChoice(segment: 3, number: try SeatNumber(parsing: "2C"), price: price),
        ]
    }

    @Test func `seats are priced with the offer and ordered in it, each to its traveller`()
        async throws
    {
        let world = try await AmadeusWorld()
        let request = try await world.request(seats: Self.seats())
        let outcome = await world.supply.order(request, at: AmadeusWorld.now)
        #expect(outcome == .confirmed(SupplierOrder(reference: "QVH2BX", tickets: [])))
        let asked = world.server.asked.suffix(2)
        #expect(
            asked.map(\.path) == [
                "/v1/shopping/flight-offers/pricing", "/v1/booking/flight-orders",
            ])
        for question in asked {
            let json = try JSONSerialization.jsonObject(with: Data(question.body.utf8))
            let data = (json as? [String: Any])?["data"] as? [String: Any]
            let offer = try #require((data?["flightOffers"] as? [[String: Any]])?.first)
            let found = (offer["travelerPricings"] as? [[String: Any]] ?? []).flatMap { pricing in
                (pricing["fareDetailsBySegment"] as? [[String: Any]] ?? []).compactMap { detail in
                    (detail["additionalServices"] as? [String: Any])?["chargeableSeatNumber"]
                        .map { "\(pricing["travelerId"] ?? "") \(detail["segmentId"] ?? "") \($0)" }
                }
            }
            // The child is the second traveller; the flights are called 3, 4, 47 and 48.
            #expect(found == ["2 3 14A", "2 48 2C"])
        }
        // What was agreed is what is ordered: the offer and two seats.
        #expect(asked.last?.body.contains(#""grandTotal":"2828.98""#) == true)
        await world.close()
    }

    @Test func `seats that are dearer or gone are not ordered, nor is the trip without them`()
        async throws
    {
        for (price, code) in [("25.01", "offers.price_changed"), (nil, "offers.seat_unavailable")] {
            let world = try await AmadeusWorld()
            world.setSeatPrice(price)
            let request = try await world.request(seats: Self.seats())
            guard case .refused(let error) = await world.supply.order(request, at: AmadeusWorld.now)
            else {
                Issue.record("it was not refused")
                return
            }
            #expect(error.code == code)
            #expect(world.server.count("POST /v1/booking") == 0)
            await world.close()
        }
    }

    @Test func `a seat of a flight that is not in the trip is refused`() async throws {
        let world = try await AmadeusWorld()
        let number = try SeatNumber(parsing: "14A")
        let price = Money(minorUnits: 0, currency: .usd)
        let request = try await world.request(
            seats: [SeatChoice(segment: 4, number: number, price: price)])
        #expect(
            await world.supply.order(request, at: AmadeusWorld.now)
                == .refused(.seatUnavailable(number)))
        await world.close()
    }

    static let faults: [(SupplierServer.Fault, String)] = [
        (.status(400, AmadeusWorld.failure(38_034, "SERVICES NOT AVAILABLE")), "refused"),
        (.status(400, AmadeusWorld.failure(34_651)), "refused"),
        (.status(500, AmadeusWorld.failure(141)), "not placed"),
        (.status(429, AmadeusWorld.failure(38_194), ["Retry-After": "300"]), "not placed"),
        (.page(200), "not placed"),
    ]

    @Test(arguments: faults)
    func `while seats are priced nothing is ordered yet`(
        fault: SupplierServer.Fault, expected: String
    ) async throws {
        let world = try await AmadeusWorld()
        let request = try await world.request(seats: Self.seats())
        world.server.fail("POST /v1/shopping/flight-offers/pricing", fault)
        switch await world.supply.order(request, at: AmadeusWorld.now) {
        case .refused: #expect(expected == "refused")
        case .notPlaced: #expect(expected == "not placed")
        case .confirmed, .unknown: Issue.record("it may have been ordered")
        }
        #expect(world.server.count("POST /v1/booking") == 0)
        await world.close()
    }

    @Test func `a seat on the map can be chosen, at the price that stands there`() async throws {
        let world = try await AmadeusWorld()
        let offer = try #require(try await world.search().first)
        let suppliers = Suppliers([world.supply])
        let choice = SeatChoice(segment: 0, number: try SeatNumber(parsing: "14A"))
        let amelia = try DuffelWorld.amelia(seats: [choice])
        // The recorded map is in the recorded offer's currency.
        let seated = try await suppliers.seated([amelia], in: offer, at: AmadeusWorld.now)
        #expect(seated[0].seats?.first?.price.map { "\($0)" } == "25.00 EUR")
        let taken = SeatChoice(segment: 0, number: try SeatNumber(parsing: "14B"))
        await #expect(throws: SupplyError.seatUnavailable(taken.number)) {
            try await suppliers.seated(
                [DuffelWorld.amelia(seats: [taken])], in: offer, at: AmadeusWorld.now)
        }
        await world.close()
    }
}
