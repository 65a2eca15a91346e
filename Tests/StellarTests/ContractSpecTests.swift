import Stellar
import StellarXDR
import Testing

@Suite struct ContractSpecTests {
    static let entries: [SCSpecEntry] = [
        .functionV0(
            SCSpecFunctionV0(
                doc: "Says hello.", name: "hello",
                inputs: [SCSpecFunctionInputV0(doc: "", name: "to", type: .string)],
                outputs: [.vec(SCSpecTypeVec(elementType: .string))])),
        .udtErrorEnumV0(
            SCSpecUDTErrorEnumV0(
                doc: "", lib: "", name: "Failure",
                cases: [SCSpecUDTErrorEnumCaseV0(doc: "Nobody.", name: "NoOne", value: 7)])),
    ]

    static func module(_ sections: [(String, [UInt8])]) -> [UInt8] {
        var bytes: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 1, 0]
        for (name, content) in sections {
            let body = [UInt8(name.utf8.count)] + Array(name.utf8) + content
            bytes += [0, UInt8(body.count & 0x7F) | 0x80, UInt8(body.count >> 7)] + body
        }
        return bytes
    }

    @Test func `functions and errors are found by name and number`() throws {
        // Two sections of the name are read as one.
        let wasm = Self.module([
            ("other", [1, 2]), ("contractspecv0", try Self.entries[0].xdr()),
            ("contractspecv0", try Self.entries[1].xdr()),
        ])
        let spec = try ContractSpec(wasm: wasm)
        #expect(spec.entries == Self.entries)
        #expect(spec.function("hello")?.inputs.first?.name == "to")
        #expect(spec.function("bye") == nil)
        #expect(spec.error(7)?.name == "NoOne")
        #expect(spec.error(8) == nil)
    }

    @Test func `meta is names and values`() throws {
        let entry = SCMetaEntry.v0(SCMetaV0(key: "binver", val: "1.2.3"))
        let meta = try ContractMeta(wasm: Self.module([("contractmetav0", try entry.xdr())]))
        #expect(meta["binver"] == "1.2.3")
        #expect(meta["sep"] == nil)
    }

    @Test func `what is no module or has no specification is said`() throws {
        #expect(throws: ContractSpec.Failure.notWasm) { try ContractSpec(wasm: [1, 2, 3]) }
        #expect(throws: ContractSpec.Failure.missing) { try ContractSpec(wasm: Self.module([])) }
        #expect(throws: ContractSpec.Failure.malformed(.truncated(at: 0))) {
            try ContractSpec(wasm: Self.module([("contractspecv0", [0])]))
        }
        let good = Self.module([("contractspecv0", try Self.entries[0].xdr())])
        for count in 12..<good.count {
            #expect(throws: ContractSpec.Failure.self) {
                try ContractSpec(wasm: Array(good.prefix(count)))
            }
        }
    }
}
