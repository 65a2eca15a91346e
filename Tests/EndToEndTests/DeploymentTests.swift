import Database
import Deployment
import FareRules
import Stellar
import StellarSandbox
import StellarXDR
import Testing
import TraqoraContracts
import Travel

@testable import FlightSupply
@testable import traqora

/// What `traqora up` puts on its network, read back from the ledger.
@Suite(.serialized) struct DeploymentTests {
    @Test func `all seven contracts are there, and governed`() async throws {
        try await withWholeWorld { world in
            let standalone = try #require(world.service.contracts.standalone)
            let rpc = SorobanRPC(url: world.network.rpcURL, client: world.client)
            let ids = standalone.contracts
            let governance = SCAddress.contract(ids.governance)
            for contract in [
                ids.token, ids.airline, ids.flights, ids.booking, ids.refund, ids.loyalty,
                ids.governance,
            ] {
                // All have this function in common.
                #expect(try await BookingContract(contract).admin().read(from: rpc) == governance)
            }
            #expect(try await standalone.isComplete)
            #expect(try await standalone.differences() == [])
        }
    }

    @Test func `whoever the simulator sells for may sell, under the rules it names`() async throws {
        try await withWholeWorld { world in
            let standalone = try #require(world.service.contracts.standalone)
            let rpc = SorobanRPC(url: world.network.rpcURL, client: world.client)
            let airlines = AirlineContract(standalone.contracts.airline)
            for carrier in Carriers.all.list {
                let isActive = try await airlines.isActive(code: SCSymbol(carrier.code.text))
                    .read(from: rpc)
                #expect(isActive, "\(carrier.code)")
            }
            let refund = RefundContract(standalone.contracts.refund)
            for policy in FarePolicy.allCases {
                let found = try await refund.policy(id: policy.rawValue).read(from: rpc).policy
                #expect(found.graceSeconds == policy.rule.graceSeconds)
                #expect(found.graceMinLeadSeconds == policy.rule.graceMinLeadSeconds)
                #expect(
                    found.tiers.map(\.secondsBefore) == policy.rule.tiers.map(\.secondsBefore))
                #expect(
                    found.tiers.map(\.refundBps) == policy.rule.tiers.map(\.refundBasisPoints))
            }
        }
    }

    @Test func `a second start makes nothing again, and says what was asked otherwise`()
        async throws
    {
        try await withWholeWorld { world in
            let first = try #require(world.service.contracts.standalone)
            let ledger = try await world.network.latestLedger
            let text = try builtInManifest()
                .replacing("fee: 1 %", with: "fee: 3 %")
                .replacing("BA: British Airways", with: "BA: Somebody Else")
                .replacing("quorum: 2\n", with: "quorum: 3\n")
            let again = try StandaloneDeployment(
                DeploymentManifest(parsing: text, name: "changed"),
                roles: first.roles, network: .standalone, rpcURL: world.network.rpcURL,
                client: world.client, now: { world.clock.now })
            #expect(try await again.deploy() == false)
            #expect(try await world.network.latestLedger == ledger)
            #expect(
                try await again.differences().map(\.path) == [
                    "booking.fee", "flights.quorum", "carriers.BA",
                ])
        }
    }

    @Test func `of several that start at once, one makes everything and all go on`() async throws {
        try await withNetwork { network, clock, client in
            let starts = try (0..<3).map { _ in
                try StandaloneDeployment(
                    .standalone(), roles: Roles(on: .standalone), network: .standalone,
                    rpcURL: network.rpcURL, client: client, now: { clock.now })
            }
            try await withThrowingTaskGroup { group in
                for start in starts { group.addTask { try await start.deploy() } }
                try await group.waitForAll()
            }
            for start in starts {
                #expect(try await start.isComplete)
                #expect(try await start.differences() == [])
            }
        }
    }

    @Test func `a start that was interrupted is continued`() async throws {
        try await withNetwork { network, clock, client in
            func make() throws -> StandaloneDeployment {
                try StandaloneDeployment(
                    .standalone(), roles: Roles(on: .standalone), network: .standalone,
                    rpcURL: network.rpcURL, client: client, now: { clock.now })
            }
            let first = try make()
            let interrupted = Task { try await first.deploy() }
            try await Task.sleep(for: .milliseconds(400))
            interrupted.cancel()
            _ = try? await interrupted.value
            let second = try make()
            try await second.deploy()
            #expect(try await second.isComplete)
            #expect(try await second.differences() == [])
        }
    }
}
