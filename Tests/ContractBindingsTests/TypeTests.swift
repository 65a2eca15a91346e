import Stellar
import StellarXDR
import Testing

@testable import ContractBindings

@Suite struct TypeTests {
    let writer = ClientWriter(name: "Any", spec: ContractSpec(entries: []))

    @Test(arguments: [
        (SCSpecTypeDef.timepoint, "ContractTimepoint"), (.duration, "ContractDuration"),
        (.u256, "UInt256Parts"), (.i256, "Int256Parts"), (.error, "SCError"),
        (.bytesN(SCSpecTypeBytesN(n: 32)), "Hash"),
        (.bytesN(SCSpecTypeBytesN(n: 65)), "ContractBytes<65>"),
        (.map(SCSpecTypeMap(keyType: .address, valueType: .i128)), "[SCAddress: Int128]"),
        (.tuple(SCSpecTypeTuple(valueTypes: [.u32, .bool])), "ContractTuple<UInt32, Bool>"),
        (.tuple(SCSpecTypeTuple(valueTypes: [])), "NoValue"),
        (.udt(SCSpecTypeUDT(name: "Missing")), "SCVal"),
        (.result(SCSpecTypeResult(okType: .u32, errorType: .error)), "SCVal"),
    ])
    func `a type of the ledger is a type of Swift`(type: SCSpecTypeDef, swift: String) {
        #expect(writer.type(type) == swift)
    }

    @Test func `a function that can fail returns what is there if it does not`() {
        let type = SCSpecTypeDef.result(SCSpecTypeResult(okType: .u32, errorType: .error))
        #expect(writer.result(type) == "UInt32")
    }

    @Test(arguments: ["return", "func", "class", "import", "operator"])
    func `a name that Swift keeps for itself is quoted`(name: String) {
        #expect(SwiftNames.quoted(SwiftNames.camel([UInt8](name.utf8))) == "`\(name)`")
    }

    @Test(arguments: [
        ("ticket_hash", "ticketHash"), ("self", "self_"), ("init", "init_"), ("_", "unnamed"),
        ("", "unnamed"), ("0", "value0"), ("a b", "aB"), ("x() {}; evil", "xEvil"),
        ("naïve", "naVe"), ("`", "unnamed"),
    ])
    func `a name is letters and digits, whatever the specification says`(
        name: String, swift: String
    ) {
        #expect(SwiftNames.camel([UInt8](name.utf8)) == swift)
    }

    @Test(arguments: [
        ("Error", "ContractError"), ("String", "ContractString"), ("SCVal", "ContractSCVal"),
        ("1st", "Type1st"), ("A{}", "A__"), ("Vault", "Vault"), ("", "Unnamed"),
    ])
    func `a type is not called as one that the client uses`(name: String, swift: String) {
        #expect(SwiftNames.type([UInt8](name.utf8)) == swift)
    }

    @Test func `names that become one name get numbers`() {
        #expect(SwiftNames.unique(["a", "a", "a2", "a"]) == ["a", "a2", "a22", "a3"])
    }

    @Test(arguments: ["\n", "\r", "\r\n", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"])
    func `whatever ends a line ends the comment's`(end: String) {
        #expect(SwiftText.lines([UInt8]("a\(end)b".utf8)) == ["a", "b"])
        #expect(SwiftText.literal("a\(end)b") == #""a b""#)
    }

    @Test func `a literal ends where it should, and hides nothing`() {
        #expect(SwiftText.literal(#"a"; \(x) \"#) == #""a\"; \\(x) \\""#)
        #expect(SwiftText.line([UInt8]("a\u{202E}b\u{0}c\u{200B}".utf8)) == "abc")
        #expect(SwiftText.symbol([UInt8](#"a""#.utf8)) == "SCSymbol([97, 34])")
    }

    @Test(arguments: [
        ("my-token.wasm", "MyToken"), ("a/b/token.wasm", "Token"), ("1.wasm", "Contract1"),
        ("ümlaut.wasm", "Mlaut"), ("", "Contract"),
    ])
    func `a file's name becomes a client's`(file: String, name: String) {
        #expect(ContractClientSource.name(fromFile: file) == name)
    }

    @Test(arguments: ["", "1", "a b", "X {}", "ü", "_A"])
    func `a client has a name that Swift takes`(name: String) {
        #expect(ContractClientSource(name: name, spec: ContractSpec(entries: [])) == nil)
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
