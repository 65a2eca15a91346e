import Cryptography
import Foundation
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

/// What the code before today's wrote is read by today's. `Previous` has that code, by number: whoever
/// changes what a contract keeps puts the released code there. After 2
/// Governance remembers a second pause.
@Suite(.builds()) struct UpgradeTests {
    private static let versions = 1...2

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Previous")

    private static func previous(_ version: Int) throws -> [[UInt8]: [UInt8]] {
        var older: [[UInt8]: [UInt8]] = [:]
        for code in ContractCode.allCases {
            let file = folder.appending(path: "\(version)/\(code.rawValue).wasm")
            older[code.wasm] = try [UInt8](Data(contentsOf: file))
        }
        return older
    }

    private func older<World>(_ version: Int, _ make: () throws -> World) throws -> World {
        try ContractWorld.$olderCode.withValue(Self.previous(version), operation: make)
    }

    @Test(arguments: versions)
    func `a booking made before an upgrade is paid out after it`(version: Int) throws {
        let world = try older(version) { try PlatformWorld.ticketed() }
        try world.report(1, at: PlatformWorld.arrives + PlatformWorld.day, by: "operator")
        func everything() throws -> [SCVal] {
            [
                try world.call(world.booking, "booking", [.u64(1)]),
                try world.call(world.booking, "settings", []),
                try world.call(world.booking, "escrowed", [.address(world.token)]),
                try world.call(world.flights, "flight", [.u64(1)]),
                try world.call(world.flights, "status", [.u64(1)]),
                try world.call(world.airline, "airline", [PlatformWorld.code]),
                try world.call(world.refund, "policy", [.u32(1)]),
                try world.call(world.token, "balance", [world["alice"]]),
                try world.call(world.token, "total_supply", []),
            ]
        }
        let before = try everything()
        let contracts: [(SCAddress, ContractCode)] = [
            (world.token, .token), (world.airline, .airline), (world.flights, .flightRegistry),
            (world.booking, .booking), (world.refund, .refund),
        ]
        for (contract, code) in contracts {
            let hash = try SCVal.bytes(world.world.upload(code.wasm))
            try world.call(contract, "upgrade", [hash], by: "admin")
            #expect(try world.error(contract, "migrate", [], by: "admin") == "#4")
        }
        #expect(try everything() == before)
        try world.call(
            world.booking, "cancel", [world["alice"], .u64(1), .u32(1)], by: "alice")
        let dispute = [world["alice"], SCVal.u64(1), .bytes(6)]
        try world.call(world.booking, "dispute", dispute, by: "alice")
        let decision = [world["arbiter"], SCVal.u64(1), .u32(10_000)]
        try world.call(world.booking, "resolve", decision, by: "arbiter")
        #expect(try world.isBalanced(escrow: 0))
    }

    @Test(arguments: versions)
    func `points earned before an upgrade are there after it`(version: Int) throws {
        let world = try older(version) { try LoyaltyWorld() }
        let earned = [
            SCVal.u64(1), world.alice.value, .symbol("TQ"), .int128(50_000_000),
            .address(world.token),
        ]
        try world.call("accrue", earned, by: world.escrow)
        let lots = try world.call("lots", [world.alice.value])
        let hash = try SCVal.bytes(world.world.upload(ContractCode.loyalty.wasm))
        try world.call("upgrade", [hash], by: world.admin)
        #expect(try world.call("lots", [world.alice.value]) == lots)
        let points = try #require(try world.call("balance", [world.alice.value]).int128)
        #expect(points > 0)
        try world.call("accrue", [.u64(2)] + earned.dropFirst(), by: world.escrow)
        #expect(try world.call("balance", [world.alice.value]).int128 ?? 0 > points)
    }

    @Test(arguments: versions)
    func `what was voted before an upgrade is done after it`(version: Int) throws {
        let world = try older(version) { try GovernanceWorld() }
        let hash = try SCVal.bytes(world.world.upload(ContractCode.governance.wasm))
        try world.pass(GovernanceWorld.action(world.governance, "upgrade", [hash]))
        try world.pass(world.feeAction(77))
        let proposal = try world.call("proposal", [.u32(2)])
        try world.call("execute", [.u32(1)])
        #expect(try world.call("proposal", [.u32(2)]) == proposal)
        try world.call("execute", [.u32(2)])
        #expect(try world.fee() == .u32(77))
        // The first pause is told from none before it.
        try world.call("pause", [world.guardian.value], by: world.guardian)
        #expect(try world.state(2) == 6)
    }
}
