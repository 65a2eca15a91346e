import HTTP
import Support
import Testing
import Travel

@testable import FlightSupply

/// What becomes of an order at Amadeus whose answer was lost, or half of it.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct AmadeusRecoveryTests {
    static let place = "POST /v1/booking/flight-orders"
    static let id = "MlpZVkFMfFdBVFNPTnwyMDE1LTExLTAy"
    static let found = SupplierOrder(reference: "2ZYVAL", tickets: [])
    /// The beginning of an answer, as far as it came.
    static let beginning = #"{"data": {"type": "flight-order", "id": "\#(id)", "associatedRec"#

    /// Ordered, with an answer of which only this came.
    static func ordered(_ answer: String, in world: AmadeusWorld) async throws -> OrderRequest {
        let request = try await world.request()
        _ = await world.supply.order(request, at: AmadeusWorld.now)
        world.server.fail(place, .status(201, answer))
        return request
    }

    @Test(arguments: [
        beginning, #"{"data": {"id": "\#(id)", "type": "flight-order", "tickets": 7}}"#,
        #"{"data": {"type": "flight-order", "id": "\#(id)", "associatedRecords": []}}"#,
    ])
    func `an answer that names the order is enough to ask for the rest`(answer: String)
        async throws
    {
        let world = try await AmadeusWorld()
        let request = try await Self.ordered(answer, in: world)
        #expect(
            await world.supply.order(request, at: AmadeusWorld.now) == .confirmed(Self.found))
        #expect(world.server.asked.last?.line == "GET /v1/booking/flight-orders/\(Self.id)")
        await world.close()
    }

    @Test func `an answer that was cut after the name of the order says which it is`()
        async throws
    {
        let world = try await AmadeusWorld()
        let request = try await world.request()
        _ = await world.supply.order(request, at: AmadeusWorld.now)
        world.server.fail(Self.place, .begunThenCut(Self.beginning))
        #expect(
            await world.supply.order(request, at: AmadeusWorld.now) == .confirmed(Self.found))
        #expect(world.server.count(Self.place) == 2)
        await world.close()
    }

    @Test func `an answer that stops in the middle is not waited for longer than an order takes`()
        async throws
    {
        let world = try await AmadeusWorld(orderTimeMax: .seconds(1))
        let request = try await world.request()
        world.server.fail(Self.place, .begunThenSilent(Self.beginning))
        // It is not there: the server of this test was never told to order anything.
        #expect(
            await world.supply.order(request, at: AmadeusWorld.now)
                == .unknown(.timedOut, trace: Self.id))
        await world.close()
    }

    @Test func `while Amadeus cannot be asked the name is kept, and found by it later`()
        async throws
    {
        let world = try await AmadeusWorld()
        let request = try await Self.ordered(Self.beginning, in: world)
        world.server.fail(
            "GET /v1/booking", .page(502), .page(502), .page(502), .page(502), .page(502),
            .page(502))
        let outcome = await world.supply.order(request, at: AmadeusWorld.now)
        guard case .unknown(_, let trace?) = outcome else {
            Issue.record("there is no trace")
            return
        }
        #expect(trace == Self.id)
        let later = try await world.request(trace: trace)
        await #expect(throws: SupplyError.self) {
            try await world.supply.order(placedAs: later, at: AmadeusWorld.now)
        }
        #expect(
            try await world.supply.order(placedAs: later, at: AmadeusWorld.now) == Self.found)
        #expect(world.server.count(Self.place) == 2)
        try await world.supply.cancelOrder(placedAs: later, at: AmadeusWorld.now)
        #expect(world.server.asked.last?.line == "DELETE /v1/booking/flight-orders/\(Self.id)")
        // What it said yes to may only be late: it counts as unknown until it was dropped.
        await #expect(throws: SupplyError.orderUnconfirmed) {
            try await world.supply.order(placedAs: later, at: AmadeusWorld.now)
        }
        await world.close()
    }

    @Test func `ids of offers and travellers are none of the order`() {
        let texts = [
            "", "{", #"{"data": {"type": "flight-order", "flightOffers": [{"id": "1"}]}}"#,
            #"{"data": {"type": "flight-offer", "id": "1"}}"#,
            #"{"warnings": [{"id": "7"}], "data": {"type": "flight-order"}}"#,
            #"{"data": {"type": "flight-order", "id": "\#(String(repeating: "x", count: 201))"}}"#,
        ]
        for text in texts { #expect(AmadeusTrace.id(in: Array(text.utf8)) == nil) }
    }

    @Test func `people can say which order is ours, and others are not taken`() async throws {
        let world = try await AmadeusWorld()
        let request = try await world.request()
        #expect(
            try await world.supply.order(
                called: "2ZYVAL", placedAs: request, at: AmadeusWorld.now) == nil)
        _ = await world.supply.order(request, at: AmadeusWorld.now)
        // The recorded order is of a family Martin.
        #expect(
            try await world.supply.order(
                called: "2ZYVAL", placedAs: request, at: AmadeusWorld.now) == nil)
        let order = { (rest: String) in
            #"{"data": {"id": "x", "associatedRecords": [{"reference": "2ZYVAL"}], \#(rest)}}"#
        }
        let remark = { (text: String) in #""remarks": {"general": [{"text": "\#(text)"}]}"# }
        let people = """
            "travelers": [\
            {"dateOfBirth": "1987-07-24", "name": {"firstName": "AMELIA", "lastName": "EARHART"}}, \
            {"dateOfBirth": "2012-10-11", "name": {"firstName": "Grace", "lastName": "Earhart"}}]
            """
        let cases = [
            (remark("TRAQORA 0F0F"), true), (remark("TRAQORA 0f0e") + ", " + people, false),
            (people, true), (people.replacing("1987", with: "1988"), false),
            (remark("call the customer"), false),
        ]
        for (rest, isOurs) in cases {
            world.server.fail("GET /v1/booking", .status(200, order(rest)))
            let found = try await world.supply.order(
                called: "2ZYVAL", placedAs: request, at: AmadeusWorld.now)
            #expect((found == Self.found) == isOurs)
        }
        await world.close()
    }
}
