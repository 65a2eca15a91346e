import Database
import Foundation
import HTTP
import Stellar
import Support
import Telemetry
import Testing
import TraqoraAPI
import Travel

/// A process that dies between a supplier's order and our note of it.
@Suite struct SupplierKillTests {
    /// At which questions to the supplier the process dies, each after it took effect there.
    static let deaths = [["POST /air/orders"], ["POST /air/orders", "GET /air/orders"]]

    @Test(
        .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"), .timeLimit(.minutes(5)),
        arguments: deaths)
    func `an order that was placed and never noted is found by our reference, and placed once`(
        deaths: [String]
    ) async throws {
        let (victim, waiting) = (Lock<ClusterNode?>(nil), Lock(deaths))
        let duffel = DuffelOfToday { line in
            let isDeadly = waiting.withLock { waiting in
                guard waiting.first == line else { return false }
                waiting.removeFirst()
                return true
            }
            if isDeadly { try? await victim.withLock { $0 }?.kill() }
        }
        let settings = [
            "SUPPLIERS": "duffel", "DUFFEL_ACCESS_TOKEN": "duffel_test_key",
            "DUFFEL_BASE_URL": try await duffel.start(),
        ]
        try await Cluster.run(1, on: .sqlite, settings: settings) { cluster in
            let node = cluster.nodes[0]
            victim.withLock { $0 = node }
            let traveller = try await cluster.traveller()
            let before = try await traveller.dollars()
            let offer = try #require(
                try await traveller.client.searchFlights(traveller.search("LHR", "JFK")).offers
                    .first)
            #expect(offer.supplier == "duffel")
            let made = try await traveller.client.createBooking(
                CreateBookingRequest(
                    offerID: offer.id, total: offer.total, passengers: [Self.amelia()],
                    payer: traveller.key.address), idempotencyKey: UUID().uuidString)
            _ = try await traveller.client.pay(
                made.booking.id, token: made.token, signed: traveller.sign(made.transaction))
            for death in deaths {
                for _ in 0..<1_200 where node.api != nil {
                    try await Task.sleep(for: .milliseconds(25))
                }
                try #require(node.api == nil, "it did not die at \(death)")
                try await Self.letLeasesEnd(cluster)
                try await node.start()
            }
            let booking = try await traveller.moved(to: #require(node.api)).booking(
                Traveller.Booked(id: made.booking.id, token: made.token), whenIts: .confirmed)
            // The one order there is, with our reference; and the traveller has paid once.
            #expect(duffel.orders.count == 1)
            #expect(duffel.count("POST /air/orders") == 1)
            #expect(duffel.count("GET /air/orders") >= deaths.count)
            #expect(booking.airlineReference == "RZPNX8")
            #expect(try await traveller.dollars() == before - booking.price.baseUnits)
            #expect(try await traveller.escrowed(booking) == booking.price)
        }
        await duffel.stop()
    }

    /// What the dead process had in hand is free for others a minute later: that minute is over.
    private static func letLeasesEnd(_ cluster: Cluster) async throws {
        let path = cluster.databaseURL.replacing("sqlite:", with: "")
        let database = try await Database.open(DatabaseConfiguration(.file(path)))
        _ = try await database.run("UPDATE outbox SET due_at = 0, held_until = 0")
        _ = try await database.run("UPDATE leases SET expires_at = 0")
        await database.close()
    }

    private static func amelia() throws -> Passenger {
        try Passenger(
            name: PassengerName(given: "Amelia", family: "Earhart"), type: .adult,
            bornOn: LocalDate(parsing: "1987-07-24"), title: .mrs, gender: .female,
            email: EmailAddress(parsing: "amelia@example.com"),
            phone: PhoneNumber(parsing: "+44 20 8016 0509"))
    }
}

/// Duffel's recorded replies, with flights that are still to come and paid in dollars.
private final class DuffelOfToday: Sendable {
    private struct State {
        var asked: [String] = []
        var orders: [[String: String]] = []
        var server: HTTPServer?
    }

    private let state = Lock(State())
    /// Called once a request has had its effect, before it is answered.
    private let hook: @Sendable (String) async -> Void

    init(_ hook: @escaping @Sendable (String) async -> Void) { self.hook = hook }

    /// The metadata of every order that was placed.
    var orders: [[String: String]] { state.withLock { $0.orders } }
    func count(_ line: String) -> Int { state.withLock { $0.asked.count { $0 == line } } }

    func start() async throws -> String {
        let server = HTTPServer { [self] request in
            let line = "\(request.method) \(request.path)"
            state.withLock { $0.asked.append(line) }
            let answer = (try? respond(line, request.body)) ?? .empty(.badGateway)
            await hook(line)
            return answer
        }
        state.withLock { $0.server = server }
        return "http://127.0.0.1:\(try await server.start())"
    }

    func stop() async { await state.withLock { $0.server }?.stop() }

    private func respond(_ line: String, _ body: [UInt8]) throws -> HTTPResponse {
        switch line {
        case "POST /air/offer_requests":
            return try recorded("create-offer-request.json", .created)
        case "GET /air/offers/off_00009htYpSCXrwaB9DnUm0":
            return try recorded("get-offer-by-id.json")
        case "POST /air/orders":
            let json = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
            let data = json?["data"] as? [String: Any]
            state.withLock { $0.orders.append(data?["metadata"] as? [String: String] ?? [:]) }
            return try recorded("create-instant-order.json", .created)
        case "GET /air/orders":
            return try recorded("get-orders.json") { object in
                let recorded = (object["data"] as? [[String: Any]])?.first ?? [:]
                object["data"] = self.orders.map { metadata in
                    recorded.merging(["metadata": metadata, "cancelled_at": NSNull()]) { $1 }
                }
                object["meta"] = ["limit": 200, "after": NSNull(), "before": NSNull()]
            }
        default: return .text("{}", status: .notFound, contentType: "application/json")
        }
    }

    private func recorded(
        _ file: String, _ status: HTTPStatus = .ok,
        _ change: (inout [String: Any]) -> Void = { _ in }
    ) throws -> HTTPResponse {
        let today = LocalDate(daysSinceEpoch: Int(Date().timeIntervalSince1970 / 86_400))
        let text = String(
            decoding: try Vectors.data("suppliers/duffel/\(file)"), as: UTF8.self
        )
        .replacing("2020-06-13", with: today.adding(days: 40).description)
        .replacing("2020-01-17", with: today.adding(days: 1).description)
        .replacing("GBP", with: "USD")
        var object =
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        change(&object)
        return .bytes(
            Array(try JSONSerialization.data(withJSONObject: object)),
            contentType: "application/json", status: status)
    }
}
