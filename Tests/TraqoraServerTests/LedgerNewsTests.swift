import Cryptography
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

@testable import TraqoraServer

/// Accounts are told what the ledger says of them: at an address, and as it happens.
@Suite(.serialized) struct LedgerNewsTests {
    private static let loyalty = Hash(fitting: [5])
    private static let governance = GovernanceContracts(
        governance: Hash(fitting: [6]), token: Hash(fitting: [7]))

    /// A server that reads all contracts, and what came to the addresses that were named.
    private struct Story {
        let airline: AirlineWorld
        let server: TraqoraServer
        let mailbox: HTTPServer
        let port: Int
        let letters = Lock([String: [WebhookMessage]]())

        var world: TestWorld { airline.world }

        init(_ engine: Engine) async throws {
            airline = try await AirlineWorld(engine)
            server = Self.server(airline)
            // The server that was there first has done its part.
            for reader in airline.server.parts.otherReaders { try await reader.end() }
            let letters = letters
            mailbox = HTTPServer { request in
                guard let message = try? request.json(as: WebhookMessage.self) else {
                    return .empty(.badRequest)
                }
                letters.withLock { $0[request.path, default: []].append(message) }
                return .empty(.noContent)
            }
            port = Int(try await mailbox.start())
        }

        static func server(_ airline: AirlineWorld) -> TraqoraServer {
            airline.world.administeredServer {
                $0.areWebhooksLocal = true
                $0.loyalty = LedgerNewsTests.loyalty
                $0.governance = LedgerNewsTests.governance
            }
        }

        /// Has an account told of topics under its own path.
        func subscribe(_ key: KeyPair, _ path: String, _ topics: [EventTopic]) async throws {
            let added = try await world.ask(
                .addWebhook, server,
                body: AddWebhookRequest(url: "http://127.0.0.1:\(port)\(path)", topics: topics),
                headers: world.signIn(key, to: server).headers
            ).json(as: AddWebhookResponse.self)
            #expect(Set(added.webhook.topics) == Set(topics))
        }

        func work(_ other: TraqoraServer? = nil) async throws {
            let server = other ?? server
            try await world.work(server)
            while try await server.parts.webhookSender.run() > 0 {}
        }

        /// What came to a path, as words.
        func told(_ path: String) -> [String] {
            (letters.withLock { $0[path] } ?? []).compactMap { message in
                message.event.map { "\($0.number) \($0.topic.rawValue).\($0.name.rawValue)" }
            }
        }

        func names(_ path: String) -> [String] {
            told(path).map { String($0.split(separator: " ")[1]) }.sorted()
        }

        /// Has what is written of airlines written again.
        func forget() async throws {
            for reader in server.parts.otherReaders where reader.book.subject == "airlines" {
                let book = reader.book
                try await world.database.transaction { try await book.clear(in: $0) }
                try await world.database.execute(
                    "DELETE FROM chain_cursors WHERE contract = \(book.name)")
            }
        }

        func close() async {
            await mailbox.stop()
            await world.close()
        }

        /// The traveller earns points and claims, somebody proposes, the airline gets a bond.
        func happen() async {
            let traveller = SCVal.address(.account(world.traveller.accountID))
            let token = SCVal.address(.contract(Hash(fitting: [9])))
            await airline.tell(
                LedgerNewsTests.loyalty, "accrued", [.u64(1), traveller],
                .structure([
                    "carrier": .symbol("TQ"), "month": .u32(683), "points": Int128(70).scVal,
                    "tier": .u32(0),
                ]))
            await airline.tell(
                LedgerNewsTests.governance.governance, "queued", [.u32(1)],
                .u64(1_795_700_000))
            await airline.tell(
                ScriptedLedger.registry.airline, "deposited", [.symbol("TQ"), token],
                .structure(["amount": Int128(500).scVal, "from": traveller]))
        }
    }

    /// A proposal that was made before, for the next thing to happen to it.
    private func propose(_ story: Story) async throws {
        try await story.world.database.execute(
            """
            INSERT INTO governance_proposals (id, proposer, actions, description_hash, begins_at,
                ends_at, grace, timelock, quorum_bps, threshold, support, against, abstain,
                is_cancelled, is_executed, proposed_at)
            VALUES (1, 'G', '[]', 'ab', 1, 2, 3, 4, 5, 6, 7, 8, 9, \(false), \(false), 10)
            """)
    }

    @Test(arguments: Engine.all)
    func `each address is told once of what its account concerns, whoever reads it again`(
        engine: Engine
    ) async throws {
        let story = try await Story(engine)
        let (owner, `operator`) = (story.airline.owner, story.airline.operator)
        let stranger = try KeyPair.random()
        let all = EventTopic.allCases
        try await story.subscribe(story.world.traveller, "/traveller", all)
        try await story.subscribe(owner, "/owner", [.airlines])
        try await story.subscribe(`operator`, "/operator", [.airlines, .governance])
        try await story.subscribe(stranger, "/stranger", all)
        try await story.subscribe(story.world.traveller, "/bookings", [.bookings])
        try await propose(story)
        await story.happen()
        try await story.work()
        try await story.work(story.world.anotherServer())
        try await story.work(Story.server(story.airline))
        #expect(
            story.names("/traveller")
                == ["airlines.bond_deposited", "governance.queued", "loyalty.accrued"])
        #expect(story.names("/owner") == ["airlines.bond_deposited"])
        #expect(story.names("/operator") == ["airlines.bond_deposited", "governance.queued"])
        #expect(story.names("/stranger") == ["governance.queued"])
        #expect(story.names("/bookings").isEmpty)

        // Written again from the first ledger on: nothing is news any more.
        try await story.forget()
        try await story.work()
        #expect(story.told("/owner").count == 1)
        let ids = story.letters.withLock { $0.values.flatMap { $0.map(\.id) } }
        #expect(Set(ids).count == ids.count)
        await story.close()
    }

    @Test(arguments: Engine.all)
    func `what happened before somebody asked to be told is not told`(engine: Engine)
        async throws
    {
        let story = try await Story(engine)
        story.world.clock.advance(by: 86_400)
        try await story.subscribe(story.airline.owner, "/owner", [.airlines])
        await story.happen()
        try await story.forget()
        try await story.world.database.execute("DELETE FROM ledger_news")
        for reader in story.server.parts.otherReaders where reader.book.subject == "airlines" {
            _ = try await reader.run()
        }
        while try await story.server.parts.webhookSender.run() > 0 {}
        #expect(story.told("/owner").isEmpty)
        await story.close()
    }

    @Test(arguments: Engine.all)
    func `an airline hears of its bookings, and a passenger of the money that returns`(
        engine: Engine
    ) async throws {
        let story = try await Story(engine)
        try await story.subscribe(story.airline.owner, "/owner", [.airlines])
        try await story.subscribe(story.world.traveller, "/traveller", [.refunds])
        _ = try await story.airline.book(5)
        try await story.airline.dispute(5)
        try await story.work()
        #expect(
            story.names("/owner") == ["airlines.booked", "airlines.disputed", "airlines.ticketed"])
        #expect(story.names("/traveller") == ["refunds.disputed"])
        let events = story.letters.withLock { $0["/owner"] ?? [] }.compactMap(\.event)
        for event in events {
            #expect(event.escrowID == 5 && event.flightID == 17 && event.airline == "TQ")
        }
        await story.close()
    }

    /// What comes to somebody who listens until there were so many.
    private func listen(
        _ story: Story, _ headers: HTTPHeaders, after id: String?, _ topics: [String],
        _ count: Int
    ) async throws -> [String] {
        var headers = headers
        headers["Last-Event-ID"] = id
        let query: String = "?topics=" + topics.joined(separator: ",")
        let response = try await story.world.ask(
            .ledgerEvents, story.server, query: query, headers: headers)
        #expect(response.headers["Content-Type"] == "text/event-stream")
        guard case .stream(let stream) = response.body else { return [] }
        var heard: [String] = []
        for try await bytes in stream {
            let text = String(decoding: bytes, as: UTF8.self)
            for line in text.split(separator: "\n") where line.hasPrefix("event: ") {
                heard.append(String(line.dropFirst(7)))
            }
            if heard.count >= count { break }
        }
        return heard
    }

    @Test(arguments: Engine.all)
    func `who listens hears each once, and who comes back misses nothing`(engine: Engine)
        async throws
    {
        let story = try await Story(engine)
        try await propose(story)
        let headers = try await story.world.signIn(to: story.server).headers
        let all = EventTopic.allCases.filter { $0 != .bookings }.map(\.rawValue)
        func listen(after id: String?, _ topics: [String], _ count: Int) async throws -> [String] {
            try await self.listen(story, headers, after: id, topics, count)
        }
        await story.happen()
        try await story.work()
        let heard = try await listen(after: "0", all, 3)
        let expected = ["loyalty.accrued", "governance.queued", "airlines.bond_deposited"]
        #expect(Set(heard).isSuperset(of: expected))
        #expect(heard.count == Set(heard).count)
        #expect(try await listen(after: "0", ["loyalty"], 1) == ["loyalty.accrued"])
        // From now on: what comes while one listens.
        async let next = listen(after: nil, ["loyalty"], 1)
        try await Task.sleep(for: .milliseconds(100))
        await story.airline.tell(
            Self.loyalty, "redeemed", [.address(.account(story.world.traveller.accountID))],
            .structure(["amount": Int128(7).scVal, "points": Int128(70).scVal]))
        try await story.work()
        #expect(try await next == ["loyalty.redeemed"])
        await story.close()
    }

    @Test func `what nobody is told of cannot be listened to`() async throws {
        let story = try await Story(.sqlite)
        let headers = try await story.world.signIn(to: story.server).headers
        for (query, id, code) in [
            ("?topics=weather", nil, "webhooks.topic_unknown"),
            ("?topics=bookings", nil, "webhooks.topic_unknown"),
            ("?topics=loyalty,", nil, "webhooks.topic_unknown"),
            ("", "yesterday", "webhooks.event_unknown"),
        ] as [(String, String?, String)] {
            var headers = headers
            headers["Last-Event-ID"] = id
            let refused = try await story.world.ask(
                .ledgerEvents, story.server, query: query, headers: headers)
            #expect(refused.problemCode == code)
        }
        #expect(
            try await story.world.ask(.ledgerEvents, story.server).problemCode
                == "auth.token_missing")
        let none = try await story.world.ask(
            .addWebhook, story.server,
            body: AddWebhookRequest(url: "http://127.0.0.1:1/", topics: []), headers: headers)
        #expect(none.problemCode == "webhooks.topic_unknown")
        await story.close()
    }
}
