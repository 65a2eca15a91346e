import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

/// What a token weighs and costs beside the Rust reference token (`soroban-examples`, SDK 23), of
/// which the genuine host showed 7.3 KB, 687,994 instructions and 1.22 MB for a transfer: recorded,
/// by the sender's own account, to somebody who holds some.
@Suite struct ReferenceTokenTests {
    private struct Cost: Comparable, CustomStringConvertible {
        var bytes: Int
        var instructions: UInt64
        var memory: UInt64

        static func < (a: Cost, b: Cost) -> Bool {
            a.bytes < b.bytes && a.instructions < b.instructions && a.memory < b.memory
        }

        var description: String {
            "\(bytes) bytes, \(instructions) instructions, \(memory) bytes of memory"
        }
    }

    private static let rust = Cost(bytes: 7_300, instructions: 687_994, memory: 1_220_000)

    /// The cost of a transfer between two who hold some.
    private func transfer(
        _ wasm: [UInt8], _ constructor: (SCVal) -> [SCVal]
    ) throws -> Cost {
        let world = try ContractWorld()
        let alice = try Person("alice")
        let bob = try Person("bob")
        for person in [alice, bob] { try world.add(person) }
        let token = try world.deploy(wasm, salt: 1, constructor(alice.value))
        for person in [alice, bob] {
            try world.call(token, "mint", [person.value, .int128(1_000)], signedBy: [alice])
        }
        let call = InvokeContractArgs(
            contractAddress: token, functionName: "transfer",
            args: [alice.value, bob.value, .int128(10)])
        let outcome = world.recorded(.invokeContract(call), by: alice)
        _ = try outcome.result.get()
        return Cost(
            bytes: wasm.count, instructions: outcome.costs.instructions,
            memory: outcome.costs.memory)
    }

    @Test func `a token with the functions of the reference token costs less in every way`() throws
    {
        let wasm = SpecimenWorld.wasm(CoinWasm.base64)
        let cost = try transfer(wasm) { admin in
            [admin, .u32(7), .text("Coin"), .text("COIN")]
        }
        #expect(cost < Self.rust, "\(cost)")
    }

    @Test func `our token does so although it counts votes and has 17 functions more`() throws {
        let cost = try transfer(ContractCode.token.wasm) { admin in
            [admin, .text("Coin"), .text("COIN"), .u32(7), .int128(1_000_000), .list([])]
        }
        #expect(cost.instructions < Self.rust.instructions, "\(cost)")
        #expect(cost.memory < Self.rust.memory, "\(cost)")
    }
}
