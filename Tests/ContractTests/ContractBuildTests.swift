import SorobanHost
import StellarXDR
import Testing

/// The two builds of a contract beside each other.
@Suite struct ContractBuildTests {
    @Test func `the native build executes no wasm, and the other nothing else`() throws {
        func instructions(_ build: ContractBuild) throws -> UInt64 {
            try ContractBuild.$current.withValue(build) {
                let world = try TokenWorld()
                try world.call("balance", [world.alice.value])
                return world.world.costs?.charges[.wasmInsnExec]?.times ?? 0
            }
        }
        #expect(try instructions(.native) == 0)
        #expect(try instructions(.wasm) > 0)
    }

    @Test(.builds(.native)) func `a trap is that of the wasm, and says where it was`() throws {
        let world = try TokenWorld()
        // A number where an address is expected.
        #expect(try world.error("balance", [.u32(1)]) == "Error(WasmVm, InvalidAction)")
        #expect(try world.error("balance", []) == "Error(WasmVm, UnexpectedSize)")
        #expect(try world.error("nothing", []) == "Error(WasmVm, MissingValue)")
    }

    @Test(arguments: 0..<4)
    func `builds differ in nothing but the instructions of the wasm`(seed: UInt64) throws {
        try ContractBuild.$current.withValue(.compared) {
            var random = Seed(seed)
            let script = (0..<60).map { _ in PlatformStep(using: &random) }
            try PlatformRun().run(script)
        }
    }
}
