import Stellar
import StellarXDR
import Testing
import TraqoraContracts

/// What a contract says of itself.
@Suite struct SpecificationTests {
    private static let ranges: [ContractCode: ClosedRange<UInt32>] = [
        .token: 100...199, .airline: 200...299, .flightRegistry: 300...399, .booking: 400...499,
        .refund: 500...599, .loyalty: 600...699, .governance: 700...799,
    ]

    @Test(arguments: ContractCode.allCases)
    func `errors are numbered in the contract's own hundred, or as in every contract`(
        code: ContractCode
    ) throws {
        let own = try #require(Self.ranges[code])
        var numbers: Set<UInt32> = []
        for error in try ContractSpec(wasm: code.wasm).errors.flatMap(\.cases) {
            #expect((1...99).contains(error.value) || own.contains(error.value))
            numbers.insert(error.value)
        }
        #expect(numbers.contains(2))
        #expect(numbers.contains { own.contains($0) })
    }

    @Test(arguments: ContractCode.allCases)
    func `each contract names its version, its sources and the standards it follows`(
        code: ContractCode
    ) throws {
        let meta = try ContractMeta(wasm: code.wasm)
        #expect(meta["binver"] != nil)
        #expect(meta["sep"]?.split(separator: ",").contains("49") == true)
        #expect(meta["source_rev"]?.utf8.count == 40)
    }

    @Test(arguments: ContractCode.allCases)
    func `each contract can be upgraded, migrated and paused, and initialised only when deployed`(
        code: ContractCode
    ) throws {
        let names = Set(
            try ContractSpec(wasm: code.wasm).functions.map(\.name.description))
        #expect(names.isSuperset(of: ["__constructor", "version", "migrate", "pause", "paused"]))
        #expect(names.isDisjoint(with: ["initialize", "init"]))
        let administration: Set = [
            "upgrade", "unpause", "propose_admin", "accept_admin", "set_guardian",
        ]
        // What Governance does with itself is no function that anybody could call.
        #expect(
            code == .governance
                ? names.isDisjoint(with: administration) : names.isSuperset(of: administration))
    }
}
