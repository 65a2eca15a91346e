import Stellar
import StellarXDR
import Testing

@testable import GenerateContractClients

@Suite struct TypeTests {
    let writer = ClientWriter(name: "Any", spec: ContractSpec(entries: []))

    @Test(arguments: [
        (SCSpecTypeDef.timepoint, "ContractTimepoint"), (.duration, "ContractDuration"),
        (.u256, "UInt256Parts"), (.i256, "Int256Parts"), (.error, "SCError"),
    ])
    func `a type of the ledger is a type of Swift`(type: SCSpecTypeDef, swift: String) {
        #expect(writer.type(type) == swift)
    }

    @Test(arguments: ["return", "func", "class", "self", "init", "import", "operator"])
    func `a name that Swift keeps for itself is quoted`(name: String) {
        #expect(writer.camel(name) == "`\(name)`")
    }

    @Test(arguments: [
        SCVal.timepoint(.max), .duration(7),
        .u256(UInt256Parts(hiHi: 1, hiLo: 2, loHi: 3, loLo: 4)),
        .i256(Int256Parts(hiHi: -1, hiLo: 2, loHi: 3, loLo: 4)), .error(.contract(9)),
    ])
    func `a value is read as it was written, and as nothing else`(value: SCVal) throws {
        let kinds: [any SCValConvertible.Type] = [
            ContractTimepoint.self, ContractDuration.self, UInt256Parts.self, Int256Parts.self,
            SCError.self,
        ]
        let read = kinds.compactMap { try? $0.init(scVal: value).scVal }
        #expect(read == [value])
    }
}
