import Database
import Foundation
import HTTP
import Support
import Telemetry
import Testing
import TraqoraAPI
import Travel

/// PostgreSQL is restarted and Redis goes away while people book: what is asked meanwhile is
/// answered or refused cleanly, nothing that was promised is lost, nobody pays twice.
@Suite(.serialized) struct OutageTests {
    private static let travellers = 16

    /// What those who book and look met.
    private struct Met: Sendable {
        var answered: [String: Int] = [:]
        var refused: [String: Int] = [:]
    }

    @Test(.timeLimit(.minutes(5)))
    func `bookings under way outlast a restart of PostgreSQL and the loss of Redis`() async throws {
        // Sign-ins are limited here, bookings are not.
        let settings = ["RATE_LIMIT_SIGN_IN": "5", "RATE_LIMIT_WINDOW_SECONDS": "3600"]
        try await Cluster.run(2, on: .servers, settings: settings) { cluster in
            let (postgreSQL, redis) = (
                try #require(cluster.postgreSQL), try #require(cluster.redis)
            )
            var people: [(Traveller, before: Int64)] = []
            for _ in 0..<Self.travellers {
                let traveller = try await cluster.traveller()
                people.append((traveller, try await traveller.dollars()))
            }
            let (met, isOver) = (Lock(Met()), Lock(false))
            let booked = try await withThrowingTaskGroup(of: (Int, Traveller.Booked)?.self) {
                group in
                for target in ["/api/v1/airports?q=lis", "/ready"] {
                    group.addTask {
                        while !isOver.withLock({ $0 }) { await Self.look(cluster, target, met) }
                        return nil
                    }
                }
                for (number, person) in people.enumerated() {
                    group.addTask {
                        // One after the other, so that some are at each step all the time.
                        try await Task.sleep(for: .milliseconds(150 * number))
                        return (number, try await KillTests.book(person.0, through: cluster))
                    }
                }
                try await Task.sleep(for: .milliseconds(500))
                try await postgreSQL.restart()
                try await Task.sleep(for: .milliseconds(300))
                try await redis.stop()
                try await Self.expect(cluster, toSay: .degraded, "cannot be reached")
                try await Self.limits(cluster)
                try await postgreSQL.restart()
                var booked: [Int: Traveller.Booked] = [:]
                while booked.count < Self.travellers, let next = try await group.next() {
                    if let next { booked[next.0] = next.1 }
                }
                isOver.withLock { $0 = true }
                try await group.waitForAll()
                return booked
            }
            try await redis.startAgain()
            try await Self.expect(cluster, toSay: .ok, "redis")
            for (number, (traveller, before)) in people.enumerated() {
                let booking = try await traveller.booking(
                    #require(booked[number]), whenIts: .confirmed)
                let payments = booking.chain.transactions.filter { $0.purpose == .payment }
                #expect(payments.filter { $0.status == .applied }.count == 1)
                #expect(try await traveller.dollars() == before - booking.price.baseUnits)
                #expect(try await traveller.escrowed(booking) == booking.price)
            }
            let seen = met.withLock { $0 }
            #expect(seen.answered.values.reduce(0, +) > 3, "\(seen)")
            // What needs no database is always answered; what does says that it is away.
            #expect(Set(seen.refused.keys).isSubset(of: ["/ready 503"]), "\(seen)")
        }
    }

    /// Asks for what needs nothing, or for what needs the database and may take until it is back.
    private static func look(_ cluster: Cluster, _ target: String, _ met: Lock<Met>) async {
        guard let address = cluster.nodes.randomElement()?.address else { return }
        do {
            let answer = try await cluster.client.send(.init(.get, address + target))
            if answer.status == .ok {
                met.withLock { $0.answered[target, default: 0] += 1 }
            } else {
                met.withLock { $0.refused["\(target) \(answer.status)", default: 0] += 1 }
            }
        } catch {
            met.withLock { $0.refused["\(target) \(error)", default: 0] += 1 }
        }
        try? await Task.sleep(for: .milliseconds(20))
    }

    /// Without Redis each process counts attempts to sign in by itself, and still refuses.
    private static func limits(_ cluster: Cluster) async throws {
        for node in cluster.nodes {
            let address = try #require(node.address)
            var statuses: [HTTPStatus] = []
            for _ in 0..<6 {
                statuses.append(
                    try await cluster.client.send(
                        .init(
                            .post, address + "/api/v1/auth/refresh",
                            headers: ["Content-Type": "application/json"],
                            body: Array(#"{"refresh_token":"none"}"#.utf8))
                    ).status)
            }
            #expect(statuses.last == .tooManyRequests, "\(statuses)")
            #expect(statuses.first != .tooManyRequests, "\(statuses)")
        }
    }

    private static func expect(
        _ cluster: Cluster, toSay status: HealthResponse.Status, _ words: String
    ) async throws {
        for node in cluster.nodes {
            let api = try #require(node.api)
            var found: HealthResponse.Check?
            for _ in 0..<300 {
                found = try? await api.health().checks.first { $0.name == "cache" }
                if found?.status == status, found?.detail.contains(words) == true { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(found?.status == status && found?.detail.contains(words) == true)
        }
    }
}
