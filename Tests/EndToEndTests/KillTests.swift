import Database
import Foundation
import HTTP
import Stellar
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

/// Processes are killed at each step of a booking, fifty times on each engine, while others go on.
@Suite struct KillTests {
    @Test(.timeLimit(.minutes(10)), arguments: Cluster.Engine.allCases)
    func `whatever process dies at whatever step, each booking is paid, ordered and ticketed once`(
        engine: Cluster.Engine
    ) async throws {
        let wire = Tripwire()
        try await Cluster.run(3, on: engine, isDeadly: wire.isTripped) { cluster in
            var travellers: [(Traveller, before: Int64)] = []
            for _ in 0..<Self.deaths {
                let traveller = try await cluster.traveller()
                travellers.append((traveller, try await traveller.dollars()))
            }
            let booked = try await withThrowingTaskGroup(of: (Int, Traveller.Booked).self) {
                group in
                for (number, traveller) in travellers.enumerated() {
                    wire.arm(Step.all[number % Step.all.count])
                    group.addTask {
                        (number, try await Self.book(traveller.0, through: cluster))
                    }
                    try await Self.die(cluster, wire)
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(wire.trips >= Self.deaths * 2 / 3, "\(wire.trips)")
            var sum: Int64 = 0
            for (number, (traveller, before)) in travellers.enumerated() {
                let booking = try await traveller.booking(
                    #require(booked[number]), whenIts: .confirmed, api: cluster.api)
                let payments = booking.chain.transactions.filter { $0.purpose == .payment }
                #expect(payments.filter { $0.status == .applied }.count == 1)
                #expect(try await traveller.dollars() == before - booking.price.baseUnits)
                #expect(try await traveller.escrowed(booking) == booking.price)
                sum += booking.price.baseUnits
            }
            try await Self.check(cluster, sum)
        }
    }

    static let deaths = 50

    /// Waits until a process has died at the step that is armed, or kills one where it is; then
    /// another takes its place.
    private static func die(_ cluster: Cluster, _ wire: Tripwire) async throws {
        for _ in 0..<200 where wire.isArmed { try await Task.sleep(for: .milliseconds(50)) }
        if wire.isArmed {
            wire.disarm()
            try await cluster.nodes.randomElement()?.kill()
        }
        for _ in 0..<200 where cluster.nodes.allSatisfy({ $0.api != nil }) {
            try await Task.sleep(for: .milliseconds(5))
        }
        for node in cluster.nodes where node.api == nil { try await node.start() }
    }

    /// Books and pays, however often it takes.
    static func book(
        _ traveller: Traveller, through cluster: Cluster
    ) async throws -> Traveller.Booked {
        var key = UUID().uuidString
        var offer: Offer?
        var created: CreateBookingResponse?
        var refusals = 0
        while created == nil {
            do {
                guard let api = cluster.api else { throw TraqoraClientError.unreadable("all dead") }
                if offer == nil {
                    offer = try await api.searchFlights(traveller.search("LIS", "LHR")).offers.first
                }
                // The same request with the same key, whichever process is asked.
                guard let offer else { throw TraqoraClientError.unreadable("no offers") }
                created = try await traveller.moved(to: api).hold(offer, key: key)
            } catch TraqoraClientError.problem(let problem)
                where problem.code == "bookings.idempotency_key_in_use"
            {
                // Whoever had taken it is dead, and it is free again in a minute: nothing was made.
                key = UUID().uuidString
            } catch {
                refusals += 1
                guard refusals < 200 else { throw error }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        let made = try #require(created)
        let signed = try traveller.sign(made.transaction)
        while true {
            do {
                guard let api = cluster.api else { throw TraqoraClientError.unreadable("all dead") }
                _ = try await api.pay(made.booking.id, token: made.token, signed: signed)
                return Traveller.Booked(id: made.booking.id, token: made.token)
            } catch TraqoraClientError.problem(let problem)
                where problem.code == "bookings.already_paid"
            {
                return Traveller.Booked(id: made.booking.id, token: made.token)
            } catch {
                refusals += 1
                guard refusals < 400 else { throw error }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// Ledger and database agree.
    private static func check(_ cluster: Cluster, _ sum: Int64) async throws {
        let database = try await Database.open(
            DatabaseConfiguration(.init(url: cluster.databaseURL)))
        for (statement, what): (SQL, String) in [
            ("SELECT COUNT(*) FROM escrows WHERE state = 'ticketed'", "paid and ticketed"),
            ("SELECT COUNT(*) FROM chain_events WHERE name = 'booked'", "payments"),
            ("SELECT COUNT(*) FROM chain_events WHERE name = 'ticketed'", "tickets"),
            ("SELECT COUNT(*) FROM fulfilment_journal WHERE event = 'paid'", "heard"),
            ("SELECT COUNT(*) FROM fulfilment_journal WHERE event = 'confirmed'", "orders"),
            ("SELECT COUNT(*) FROM bookings WHERE fulfilment = 'ticketed'", "bookings"),
        ] {
            #expect(try await database.value(statement, as: Int.self) == deaths, "\(what)")
        }
        // What a dead process had in hand, and had done, is free for others after a minute.
        var left = -1
        for _ in 0..<900 where left != 0 {
            left = try await database.value("SELECT COUNT(*) FROM outbox", as: Int.self) ?? -1
            if left != 0 { try await Task.sleep(for: .milliseconds(100)) }
        }
        #expect(left == 0)
        let held: Int64? = try await database.value(
            "SELECT CAST(SUM(price * seats) AS BIGINT) FROM escrows", as: Int64.self)
        #expect(held == sum)
        await database.close()
    }
}

/// A question that a process asks the network on the way of a booking, and whether it dies with the
/// answer or without.
struct Step: Hashable, Sendable {
    var question: String
    var isAnswered: Bool

    /// Questions that change in turn whether they come before the payment or behind it.
    static let questions = [
        "simulate book_quoted", "getEvents", "send book_quoted", "simulate booking",
        "getTransaction", "simulate ticket", "getLedgerEntries", "send ticket",
    ]

    static let all = [false, true].flatMap { isAnswered in
        questions.map { Step(question: $0, isAnswered: isAnswered) }
    }

    /// What is asked in a request to the network.
    static func question(in body: [UInt8]) -> String {
        struct Call: Decodable {
            struct Parameters: Decodable { var transaction: String? }
            var method: String
            var params: Parameters?
        }
        guard let call = try? JSONDecoder().decode(Call.self, from: Data(body)) else { return "" }
        guard let text = call.params?.transaction,
            let envelope = try? TransactionEnvelope(base64: text),
            case .invokeHostFunction(let operation)? = envelope.transaction.operations.first?.body,
            case .invokeContract(let invocation) = operation.hostFunction
        else { return call.method }
        let verb = call.method == "sendTransaction" ? "send" : "simulate"
        return "\(verb) \(invocation.functionName)"
    }
}

/// Lets one process die at a step.
final class Tripwire: Sendable {
    private struct State {
        var step: Step?
        var trips = 0
    }

    private let state = Lock(State())

    var isArmed: Bool { state.withLock { $0.step != nil } }
    var trips: Int { state.withLock { $0.trips } }
    func arm(_ step: Step) { state.withLock { $0.step = step } }
    func disarm() { state.withLock { $0.step = nil } }

    /// Whether it is now: once for each time that it is armed.
    @Sendable func isTripped(_ request: [UInt8], _ isAnswered: Bool) -> Bool {
        guard let wanted = state.withLock({ $0.step }), wanted.isAnswered == isAnswered,
            Step.question(in: request) == wanted.question
        else { return false }
        return state.withLock { state in
            guard state.step == wanted else { return false }
            state.step = nil
            state.trips += 1
            return true
        }
    }
}
