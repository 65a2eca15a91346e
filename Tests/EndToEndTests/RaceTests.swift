import Deployment
import FlightSupply
import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

/// Fifty who want the same at once, through several processes.
@Suite struct RaceTests {
    static let count = 50

    @Test(.timeLimit(.minutes(5)), arguments: Cluster.Engine.allCases)
    func `of fifty who pay for the last seat one flies, and nobody else has paid`(
        engine: Cluster.Engine
    ) async throws {
        try await Cluster.run(2, on: engine) { cluster in
            let nodes = try cluster.nodes.map { try #require($0.api) }
            var travellers: [Traveller] = []
            for _ in 0..<Self.count { travellers.append(try await cluster.traveller()) }
            let first = try #require(travellers.first)
            let before = try await first.dollars()
            let offer = try await Self.published(first)
            try await Self.leaveOneSeat(of: offer, first.rpc)

            // All of them hold it: a seat is taken by who pays, not by who looks.
            let held = try await Self.each(travellers) { index, traveller in
                try await traveller.moved(to: nodes[index % 2]).hold(offer)
            }
            let answers = try await Self.each(travellers) { index, traveller in
                let made = held[index]
                _ = try await nodes[(index + 1) % 2].pay(
                    made.booking.id, token: made.token, signed: traveller.sign(made.transaction))
                return try await Self.fate(of: made, nodes[index % 2])
            }
            let paid = answers.filter { $0.escrow != .unpaid }
            #expect(paid.count == 1)
            for (traveller, answer) in zip(travellers, answers) {
                let hasPaid = answer.escrow != .unpaid
                #expect(
                    answer.chain.transactions.map(\.status) == [hasPaid ? .applied : .failed])
                #expect(hasPaid || answer.chain.transactions.first?.failure?.isEmpty == false)
                let price = hasPaid ? answer.price.baseUnits : 0
                #expect(try await traveller.dollars() == before - price)
            }
            // And whoever tries once more hears that there is none left.
            let loser = try #require(answers.firstIndex { $0.escrow == .unpaid })
            await expectProblem("payments.refused_by_contract") {
                _ = try await nodes[0].preparePayment(
                    held[loser].booking.id, token: held[loser].token)
            }
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: Cluster.Engine.allCases)
    func `fifty requests with one key make one booking`(engine: Cluster.Engine) async throws {
        try await Cluster.run(2, on: engine) { cluster in
            let nodes = try cluster.nodes.map { try #require($0.api) }
            let traveller = try await cluster.traveller()
            let offer = try #require(
                try await nodes[0].searchFlights(traveller.search("LIS", "LHR")).offers.first)
            let made = try await Self.each(Array(repeating: traveller, count: Self.count)) {
                index, traveller in
                while true {
                    do {
                        return try await traveller.moved(to: nodes[index % 2])
                            .hold(offer, key: "one-key-for-all-of-them")
                    } catch TraqoraClientError.problem(let problem) {
                        // Somebody is at it: the same question again.
                        #expect(problem.code == "bookings.idempotency_key_in_use")
                        try await Task.sleep(for: .milliseconds(50))
                    }
                }
            }
            #expect(Set(made.map(\.booking.id)).count == 1)
            #expect(Set(made.map(\.token)).count == 1)
            #expect(Set(made.map(\.transaction?.hash)).count == 1)
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: Cluster.Engine.allCases)
    func `of fifty who refresh with one token one gets a pair`(
        engine: Cluster.Engine
    ) async throws {
        try await Cluster.run(2, on: engine) { cluster in
            let addresses = try cluster.nodes.map { try #require($0.address) }
            let post = { @Sendable (index: Int, route: Route, body: any Encodable & Sendable) in
                let request = HTTPClient.Request(
                    .post, addresses[index % 2] + route.pattern,
                    headers: ["Content-Type": "application/json"],
                    body: Array(try JSONEncoder().encode(body)))
                return try await cluster.client.send(request)
            }
            let key = try KeyPair.random()
            let challenge = try await post(
                0, .signInChallenge, SignInChallengeRequest(account: key.address)
            ).json(as: SignInChallengeResponse.self)
            let signature = Base64.encode(key.signMessage(Array(challenge.message.utf8)))
            let signedIn = try await post(
                1, .signIn,
                SignInRequest(id: challenge.id, signature: signature, device: "a test")
            ).json(as: SignInResponse.self)
            let statuses = try await withThrowingTaskGroup(of: HTTPStatus.self) { group in
                for index in 0..<Self.count {
                    group.addTask {
                        try await post(
                            index, .refresh, RefreshRequest(refreshToken: signedIn.refreshToken)
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == .ok }.count == 1)
            #expect(statuses.filter { $0 == .unauthorized }.count == Self.count - 1)
        }
    }

    /// The same with each at once, in their order.
    private static func each<Value: Sendable>(
        _ travellers: [Traveller],
        _ body: @escaping @Sendable (Int, Traveller) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (index, traveller) in travellers.enumerated() {
                group.addTask { (index, try await body(index, traveller)) }
            }
            return try await group.reduce(into: [(Int, Value)]()) { $0.append($1) }
                .sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// The booking once it is certain what became of its payment.
    private static func fate(
        of made: CreateBookingResponse, _ api: TraqoraClient
    ) async throws -> BookingResponse {
        while true {
            let booking = try await api.booking(made.booking.id, token: made.token)
            switch booking.chain.transactions.first?.status {
            case .failed: return booking
            case .applied where booking.escrow != .unpaid: return booking
            default: try await Task.sleep(for: .milliseconds(50))
            }
        }
    }

    /// An offer of a flight that an airline published, once it has been read of the ledger.
    static func published(_ traveller: Traveller) async throws -> Offer {
        var query = try traveller.search("LIS", "ZRH")
        query.journeys[0].date = traveller.today.adding(days: 2)
        query.limit = FlightSearchQuery.limitMax
        while true {
            let found = try await traveller.client.searchFlights(query).offers
            let offer = found.first { $0.supplier == "registry" && $0.fare.cabin == .economy }
            if let offer { return offer }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// The airline takes all seats but one off the market.
    static func leaveOneSeat(of offer: Offer, _ rpc: SorobanRPC) async throws {
        let roles = Roles(on: .standalone)
        let contracts = try DeployedContracts(
            deployer: roles.address(Roles.administrator), network: .standalone)
        let owner = try roles.key("traqora-air")
        let flight = try #require(
            RegistryOfferID(offer.id.text)?.flight)
        let registry = FlightRegistryContract(contracts.flights)
        let fare = try #require(
            try await registry.flight(id: flight).read(from: rpc).fares
                .first { $0.cabin == "economy" })
        _ = try await registry.setFare(
            operator: .account(owner.accountID), id: flight, cabin: "economy", price: fare.price,
            seats: 1
        ).submit(by: owner, on: .standalone, validUntil: 0, over: rpc)
    }
}
