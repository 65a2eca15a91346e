import Stellar
import StellarXDR
import Testing
import TraqoraContracts

/// SEP-41, version 0.5.1: what a client written for any token expects of this one.
@Suite(.builds()) struct TokenInterfaceTests {
    private static func spec() throws -> ContractSpec {
        try ContractSpec(wasm: ContractCode.token.wasm)
    }

    @Test(
        arguments: [
            ("allowance", [("from", .address), ("spender", .address)], .i128),
            (
                "approve",
                [
                    ("from", .address), ("spender", .address), ("amount", .i128),
                    ("live_until_ledger", .u32),
                ], nil
            ),
            ("balance", [("id", .address)], .i128),
            ("transfer", [("from", .address), ("to", .muxedAddress), ("amount", .i128)], nil),
            (
                "transfer_from",
                [
                    ("spender", .address), ("from", .address), ("to", .address),
                    ("amount", .i128),
                ], nil
            ),
            ("burn", [("from", .address), ("amount", .i128)], nil),
            (
                "burn_from", [("spender", .address), ("from", .address), ("amount", .i128)], nil
            ),
            ("decimals", [], .u32), ("name", [], .string), ("symbol", [], .string),
        ] as [(String, [(String, SCSpecTypeDef)], SCSpecTypeDef?)])
    func `each function of the standard has its names and kinds`(
        name: String, inputs: [(String, SCSpecTypeDef)], output: SCSpecTypeDef?
    ) throws {
        let function = try #require(Self.spec().function(SCSymbol(name)))
        #expect(function.inputs.map { "\($0.name)" } == inputs.map(\.0))
        #expect(function.inputs.map(\.type) == inputs.map(\.1))
        #expect(function.outputs == (output.map { [$0] } ?? []))
    }

    @Test func `its events are the standard's`() throws {
        let events = try Self.spec().events
        func topics(_ name: String) -> [String] {
            let event = events.first { $0.prefixTopics == [SCSymbol(name)] }
            return event?.params.filter { $0.location == .topicList }.map { "\($0.name)" } ?? []
        }
        #expect(topics("transfer") == ["from", "to"])
        #expect(topics("approve") == ["from", "spender"])
        #expect(topics("mint") == ["to"])
        #expect(topics("burn") == ["from"])
        let muxed = events.filter { $0.prefixTopics == ["transfer"] && $0.dataFormat == .map }
        #expect(muxed.count == 1)
        let fields = muxed.first?.params.filter { $0.location == .data }.map { "\($0.name)" }
        #expect(fields == ["amount", "to_muxed_id"])
    }

    @Test func `it says which standard it follows`() throws {
        let meta = try ContractMeta(wasm: ContractCode.token.wasm)
        #expect(meta["sep"]?.split(separator: ",").contains("41") == true)
        #expect(meta["binver"] != nil)
    }
}
