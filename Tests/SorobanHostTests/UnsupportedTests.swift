import Testing

@testable import SorobanHost

/// What this host does not have it refuses by name, and never answers wrongly.
@Suite struct UnsupportedTests {
    @Test(arguments: [
        ("c", "4", "bls12_381_check_g1_is_in_subgroup"), ("c", "A", "verify_sig_ml_dsa_44"),
        ("c", "B", "verify_sig_ml_dsa_65"), ("c", "C", "verify_sig_ml_dsa_87"),
    ])
    func `a function of cryptography that is missing says its name`(
        module: String, export: String, name: String
    ) throws {
        let number = try #require(HostImport.number(module: module, export: export))
        #expect(HostImport.all[number].name == name)
        let host = try TestHost.make(
            LedgerInfo(
                protocolVersion: 30, sequence: 1, timestamp: 0,
                networkID: Array(repeating: 0, count: 32), baseReserve: 0, minTemporaryTTL: 16,
                minPersistentTTL: 4_096, maxEntryTTL: 6_312_000))
        let words = [UInt64](repeating: 0, count: HostImport.all[number].arity)
        var memory = NoMemory()
        #expect(throws: HostError(.context, .internalError)) {
            try host.dispatch(number, words.span, memory: &memory)
        }
        #expect(host.unsupportedFunction == name)
    }

    @Test func `signatures of lattices came with protocol 30`() throws {
        let number = try #require(HostImport.number(module: "c", export: "A"))
        #expect(HostImport.all[number].minProtocol == 30)
        #expect(HostImport.all[number].arity == 4)
    }
}
