import Testing

@testable import SorobanHost

@Suite struct ValTests {
    @Test(
        arguments: [
            ("", 0x0e), ("_", 0x10e), ("a", 0x260e), ("vec_new", 0xe_fa9a_01cd_2bcc_0e),
        ] as [(String, UInt64)])
    func `a short symbol stands in its word`(text: String, word: UInt64) {
        let val = SymbolText.small(Array(text.utf8))
        #expect(val.map { SymbolText.text(of: $0) } == Array(text.utf8))
        if text.count < 2 { #expect(val?.word == word) }
    }

    @Test func `small symbols are ordered as their texts are`() throws {
        let texts = ["", "0", "9", "A", "Z", "_", "a", "z", "ab", "a_", "aA", "abcdefghi", "zz"]
        for one in texts.map({ Array($0.utf8) }) {
            for two in texts.map({ Array($0.utf8) }) {
                let (a, b) = try (
                    #require(SymbolText.small(one)), #require(SymbolText.small(two))
                )
                #expect(SymbolText.order(a, b) == lexicographicOrder(one, two))
            }
        }
    }

    @Test(arguments: ["ten_letters", "no-dash", "é", "no space"])
    func `other texts do not`(text: String) {
        #expect(SymbolText.small(Array(text.utf8)) == nil)
    }

    @Test(
        arguments: [
            (0x00, true), (0x100, false), (0x02, true), (0x0000_0005_0000_0004, true),
            (0x0000_0005_0000_0104, false), (0x0f, false), (0x7f, false), (0x50, false),
            (0x0000_0009_0000_0903, true), (0x0000_000a_0000_0903, false),
            (0xffff_ffff_0000_0003, true), (0x0000_0000_0000_0a03, false),
            (0xc000_0000_0000_000e, false), (0x3fff_ffff_ffff_ff0e, true),
            (0xffff_ffff_ffff_ff06, true), (0x0000_0000_0000_0140, false),
        ] as [(UInt64, Bool)])
    func `a word is a value or is refused`(word: UInt64, isWellFormed: Bool) {
        #expect(Val(word: word).isWellFormed == isWellFormed)
    }

    @Test func `numbers of up to 56 bits stand in their word`() {
        #expect(Val.small(.u64Small, Val.maxSmallUnsigned)?.body == Val.maxSmallUnsigned)
        #expect(Val.small(.u64Small, Val.maxSmallUnsigned + 1) == nil)
        for number in [Val.smallSigned.lowerBound, -1, 0, Val.smallSigned.upperBound] {
            #expect(Val.small(.i64Small, number)?.signedBody == number)
        }
        #expect(Val.small(.i64Small, Val.smallSigned.lowerBound - 1) == nil)
        #expect(Val.small(.i256Small, Int256.minusOne)?.signedBody == -1)
        #expect(Val.small(.u256Small, UInt256.max) == nil)
    }

    @Test func `an error is shown as the reference shows it`() {
        #expect(HostError(.wasmVm, .indexBounds).description == "Error(WasmVm, IndexBounds)")
        #expect(HostError.contract(.max).description == "Error(Contract, #-1)")
        #expect(Val.error(.contract(7)).error == .contract(7))
    }

    @Test(
        arguments: [
            (HostError(.budget, .exceededLimit), false),
            (HostError(.storage, .exceededLimit), false),
            (HostError(.context, .exceededLimit), true), (HostError(.auth, .internalError), false),
            (HostError.contract(7), true), (HostError(.object, .indexBounds), true),
        ])
    func `exhausted limits and faults of the host pass through every caller`(
        error: HostError, isRecoverable: Bool
    ) {
        #expect(error.isRecoverable == isRecoverable)
    }
}
