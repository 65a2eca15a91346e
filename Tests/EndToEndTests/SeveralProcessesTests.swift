import Foundation
import HTTP
import Support
import Testing
import TraqoraAPI
import Travel

/// Several API processes over one PostgreSQL and one Redis, which go away and come back.
@Suite(.serialized) struct SeveralProcessesTests {
    @Test func `bookings go through any process, whatever goes away meanwhile`() async throws {
        let postgreSQL = try await PostgreSQLServer.start()
        let redis = try await RedisServer.start()
        try await withScratchFolder { folder in
            let sandbox = try BuiltProgram(["sandbox", "--port", "0"], folder: folder)
            let rpc = try #require(
                try await sandbox.lines(until: "http://").last?.split(separator: " ").last
            ).description
            let environment = [
                "PORT": "0", "DATABASE_URL": try await postgreSQL.makeDatabase(),
                "REDIS_URL": redis.url, "SOROBAN_RPC_URL": rpc,
            ]
            let serve = {
                try BuiltProgram(["serve"], environment: environment, folder: folder)
            }
            // The first puts the contracts on the network.
            let first = try serve()
            let client = HTTPClient()
            var addresses = [try await address(of: first)]
            let second = try serve()
            addresses.append(try await address(of: second))
            let apis = addresses.map { TraqoraClient(base: $0, http: client) }
            for api in apis {
                try await expect(api, toSay: .ok, "redis")
                #expect(try await check("database", api)?.detail.contains("postgreSQL") == true)
            }

            // Held and paid through one process, seen through the other.
            var booked: [(traveller: Traveller, booking: Traveller.Booked, number: Int)] = []
            for number in 0..<4 {
                let traveller = try await Traveller(
                    api: addresses[number % 2], rpc: rpc, client: client)
                booked.append((traveller, try await traveller.bookAndPay(), number))
                if number == 1 { try await redis.stop() }
                if number == 2 { try await postgreSQL.restart() }
            }
            try await expect(apis[0], toSay: .degraded, "cannot be reached")
            for (traveller, booking, number) in booked {
                let seen = try await traveller.booking(
                    booking, whenIts: .confirmed, api: apis[(number + 1) % 2])
                #expect(try await traveller.escrowed(seen) == seen.price)
                let payments = seen.chain.transactions.filter { $0.purpose == .payment }
                #expect(payments.map(\.status) == [.applied])
            }
            try await redis.startAgain()
            try await expect(apis[0], toSay: .ok, "redis")

            // One dies with a payment on its way; the other takes its work over.
            let traveller = try await Traveller(api: addresses[0], rpc: rpc, client: client)
            let last = try await traveller.bookAndPay()
            try await first.kill()
            let seen = try await traveller.booking(last, whenIts: .confirmed, api: apis[1])
            #expect(try await traveller.escrowed(seen) == seen.price)

            try await maintain(environment, in: folder, bookings: 5)
            try await second.stop()
            try await sandbox.stop()
            client.shutDown()
        }
    }

    /// What an operator does while the service runs.
    private func maintain(
        _ environment: [String: String], in folder: URL, bookings: Int
    ) async throws {
        let run = { (words: [String]) in
            try await BuiltProgram(words, environment: environment, folder: folder).end()
        }
        let status = try await run(["migrate", "status"])
        #expect(status.code == 0)
        #expect(status.lines.count >= 3)
        #expect(status.lines.allSatisfy { $0.contains("ran 20") })
        let plan = try await run(["migrate", "plan", "--rehearse"])
        #expect(plan.lines == ["Nothing would run."])
        #expect(try await run(["migrate", "up"]).lines == ["Nothing was to be done."])

        let backup = try await run(["backup", "saved"])
        #expect(backup.code == 0)
        #expect(backup.lines.last?.hasPrefix("Proven") == true)
        #expect(
            backup.lines.contains { $0.hasPrefix("bookings ") && $0.contains(" \(bookings) rows") })
        #expect(try await run(["backup", "verify", "saved"]).code == 0)
        #expect(try await run(["backup", "saved"]).code == 1)
        #expect(try await run(["restore", "saved"]).code == 1)

        let rotated = try await run(["keys", "rotate"])
        #expect(rotated.lines.last?.hasPrefix("0 rows were sealed anew") == true)
        let unknown = try await run(["erase", String(repeating: "0", count: 32)])
        #expect(unknown.code == 1)
    }

    private func address(of program: BuiltProgram) async throws -> String {
        let line = try await program.lines(until: "Traqora serves").last ?? ""
        let address = try #require(line.split(separator: " ").last)
        return String(address.replacing("/health", with: ""))
    }

    private func check(_ name: String, _ api: TraqoraClient) async throws -> HealthResponse.Check? {
        try await api.health().checks.first { $0.name == name }
    }

    /// Waits until the cache is as it should be.
    private func expect(
        _ api: TraqoraClient, toSay status: HealthResponse.Status, _ words: String
    ) async throws {
        var found: HealthResponse.Check?
        for _ in 0..<200 {
            found = try await check("cache", api)
            if found?.status == status, found?.detail.contains(words) == true { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("\(found as HealthResponse.Check?)")
    }
}
