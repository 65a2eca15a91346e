import Cryptography
import Database
import Deployment
import Foundation
import HTTP
import Stellar
import StellarSandbox
import StellarXDR
import Telemetry
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer
@testable import traqora

/// What the API tells of the ledger, and lets accounts do there, beside what the contracts say.
@Suite(.serialized) struct ViewsTests {
    @Test func `a proposal goes from words to its deed, and the API agrees with the contract`()
        async throws
    {
        try await withWholeWorld { world in
            let views = try await Views(world)
            let roles = Roles(on: .standalone)
            let councils = try (1...3).map { try roles.key("council-\($0)") }
            let terms: GovernanceTermsResponse = try await views.get(
                "/api/v1/governance/terms"
            ) { $0.supply.baseUnits > 0 }
            for key in councils { try await views.expectPower(of: key.address) }

            // Somebody without a vote lets another vote, and the API hears of it.
            let traveller = try await world.traveller()
            try await views.act(
                "/api/v1/governance/accounts/\(traveller.key.address)/delegation",
                DelegationRequest(delegatee: councils[0].address), by: traveller.key)
            _ = try await views.get("/api/v1/governance/accounts/\(traveller.key.address)") {
                (power: VotingPowerResponse) in power.delegatee == councils[0].address
            }

            // A vote counts from the second after one got it.
            try await world.advance(to: world.clock.now.adding(seconds: 60))
            let loyalty = try #require(world.service.contracts.loyalty)
            try await views.act(
                "/api/v1/governance/proposals",
                ProposeRequest(
                    account: councils[0].address,
                    actions: [
                        ProposalActionRequest(
                            contract: SCAddress.contract(loyalty).description,
                            function: "set_redemption",
                            arguments: [try Int128(200_000).scVal.base64()])
                    ], description: "A point is worth twice as much."), by: councils[0])
            let proposed = try await views.proposal(is: .pending)
            #expect(proposed.description == "A point is worth twice as much.")
            #expect(proposed.actions.map(\.text) == ["Ask Loyalty to set redemption: rate 200000."])
            #expect(proposed.tally.quorum == nil)
            let path = "/api/v1/governance/proposals/\(proposed.id)"

            try await world.advance(to: proposed.votingBegins.adding(seconds: 1))
            let votes: [(KeyPair, VoteSupport)] = [
                (councils[0], .for), (councils[1], .against), (councils[2], .abstain),
            ]
            for (key, support) in votes {
                try await views.act(
                    "\(path)/votes", VoteRequest(account: key.address, support: support), by: key)
            }
            let active = try await views.proposal(is: .active) { $0.votes?.count == 3 }
            #expect(active.tally.hasQuorum)
            let quorum = terms.supply.baseUnits * Int64(terms.quorumBps) / 10_000
            #expect(active.tally.quorum?.baseUnits == quorum)
            // Twice is once too often: the contract says so before anything is signed.
            let refused = try await views.post(
                "\(path)/votes", VoteRequest(account: councils[0].address, support: .against))
            #expect(refused.problemCode == "payments.refused_by_contract")

            try await world.advance(to: proposed.votingEnds.adding(seconds: 1))
            let succeeded = try await views.proposal(is: .succeeded)
            #expect(succeeded.deadline != nil)
            try await views.act(
                "\(path)/queue", SignerRequest(account: traveller.key.address), by: traveller.key)
            let queued = try await views.proposal(is: .queued)
            try await world.advance(to: try #require(queued.executableAt))
            try await views.act(
                "\(path)/execution", SignerRequest(account: traveller.key.address),
                by: traveller.key)
            _ = try await views.proposal(is: .executed)
            _ = try await views.get("/api/v1/loyalty/terms") {
                (terms: LoyaltyTermsResponse) in terms.redemption.baseUnits == 200_000
            }
            let list: ProposalsResponse = try await views.get("/api/v1/governance/proposals")
            #expect(list.proposals.map(\.id) == [proposed.id] && list.next == nil)
            let unknown = try await views.post(
                "/api/v1/governance/proposals/77/queue",
                SignerRequest(account: traveller.key.address))
            #expect(unknown.problemCode == "governance.proposal_unknown")
        }
    }

    @Test
    func `points are told as the contract counts them, whatever happens to them in two years`()
        async throws
    {
        try await withNetwork { network, clock, client in
            let world = try await PointsWorld(network, clock, client)
            var random = SystemRandomNumberGenerator()
            let seed = UInt64.random(in: .min ... .max, using: &random)
            var numbers = Numbers(state: seed)
            for step in 0..<60 {
                try await world.act(&numbers)
                try await world.compare("seed \(seed), step \(step)")
            }
            let before = try await world.dump()
            try await world.rebuild()
            #expect(try await world.dump() == before, "seed \(seed)")
            await world.close()
        }
    }
}

/// Asking the API of a whole world.
struct Views {
    let world: WholeWorld
    let rpc: SorobanRPC
    let governance: GovernanceContracts

    init(_ world: WholeWorld) async throws {
        self.world = world
        rpc = SorobanRPC(url: world.network.rpcURL, client: world.client)
        governance = try #require(world.service.contracts.governance)
    }

    private func send(_ method: HTTPMethod, _ path: String, _ body: [UInt8] = []) async throws
        -> HTTPResponse
    {
        try await world.client.send(
            HTTPClient.Request(
                method, world.api + path, headers: ["Content-Type": "application/json"],
                body: body))
    }

    /// What is there once it is as it should be, or after half a minute.
    func get<Answer: Decodable>(
        _ path: String, until isRight: (Answer) -> Bool = { _ in true }
    ) async throws -> Answer {
        for _ in 0..<600 {
            let response = try await send(.get, path)
            if response.status == .ok {
                let answer = try response.json(as: Answer.self)
                if isRight(answer) { return answer }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        let response = try await send(.get, path)
        Issue.record("\(path) never became right: \(response.status)")
        return try response.json()
    }

    func post(_ path: String, _ body: some Encodable) async throws -> HTTPResponse {
        try await send(.post, path, Array(HTTPResponse.jsonEncoder.encode(body)))
    }

    /// Asks for a transaction, signs it, sends it, and waits until it is applied.
    func act(_ path: String, _ body: some Encodable, by key: KeyPair) async throws {
        let response = try await post(path, body)
        let text = String(decoding: try await response.body.bytes(), as: UTF8.self)
        try #require(response.status == .created, "\(path): \(text)")
        let offered = try response.json(as: UnsignedTransactionResponse.self)
        #expect(offered.summary.count > 2)
        var envelope = try TransactionEnvelope(base64: offered.transaction)
        try envelope.sign(with: key, on: .standalone)
        let sent = try await post(
            "/api/v1/transactions", SignedTransactionRequest(transaction: envelope.base64()))
        #expect(sent.status == .accepted)
        let done: TransactionResponse = try await get("/api/v1/transactions/\(offered.hash)") {
            $0.status == .applied || $0.status == .failed
        }
        #expect(done.status == .applied, "\(path): \(done.failure ?? "")")
    }

    /// The first proposal, once it is in a state, as the contract has it.
    func proposal(
        is state: ProposalState, and isRight: (ProposalResponse) -> Bool = { _ in true }
    ) async throws -> ProposalResponse {
        let found: ProposalResponse = try await get("/api/v1/governance/proposals/1") {
            $0.state == state && isRight($0)
        }
        let contract = GovernanceContract(governance.governance)
        let kept = try await contract.proposal(id: 1).read(from: rpc)
        #expect(try await "\(contract.state(id: 1).read(from: rpc))" == found.state.rawValue)
        #expect(Int128(found.tally.support.baseUnits) == kept.support)
        #expect(Int128(found.tally.against.baseUnits) == kept.against)
        #expect(Int128(found.tally.abstain.baseUnits) == kept.abstain)
        #expect(found.descriptionHash == kept.descriptionHash.description)
        #expect(found.votingBegins.seconds == Int64(kept.start))
        #expect(found.votingEnds.seconds == Int64(kept.end))
        return found
    }

    func expectPower(of address: String) async throws {
        let token = TokenContract(governance.token)
        let holder = try SCAddress(parsing: address)
        let power: VotingPowerResponse = try await get(
            "/api/v1/governance/accounts/\(address)")
        #expect(
            try await Int128(power.balance.baseUnits)
                == token.balance(id: holder).read(from: rpc))
        #expect(
            try await Int128(power.votes.baseUnits) == token.votes(account: holder).read(from: rpc))
        #expect(
            try await power.delegatee
                == token.delegateOf(account: holder).read(from: rpc)?.description)
    }
}

extension HTTPResponse {
    var problemCode: String? { try? json(as: ProblemResponse.self).code }
}

/// Numbers that a failure can be repeated with.
struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
