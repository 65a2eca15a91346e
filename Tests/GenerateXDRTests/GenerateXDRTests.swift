import Foundation
import Support
import Testing

@testable import GenerateXDR

@Test func `what is committed is what the generator writes`() throws {
    let folder = Package.root.appendingPathComponent("Tools/GenerateXDR")
    let files = try Generator(folder: folder).files()
    #expect(files.count == 16)
    for (path, text) in files {
        let committed = try String(
            contentsOf: Package.root.appendingPathComponent(path), encoding: .utf8)
        #expect(committed == text, "\(path): run `make generate`")
    }
}

@Test(arguments: [
    ("ClaimableBalanceIDType", "Claimable_Balance_ID_Type"), ("SCVal", "SC_Val"),
    ("AlphaNum4", "Alpha_Num4"), ("TransactionV1Envelope", "Transaction_V1_Envelope"),
])
func `a name is cut into words`(name: String, words: String) {
    #expect(Names.snake(name) == words)
}

@Test(arguments: [
    ("CryptoKeyType", "KEY_TYPE_HASH_X", "hashX"),
    ("PublicKeyType", "PUBLIC_KEY_TYPE_ED25519", "ed25519"),
    ("TransactionResultCode", "txFEE_BUMP_INNER_SUCCESS", "feeBumpInnerSuccess"),
    ("BinaryFuseFilterType", "BINARY_FUSE_FILTER_8_BIT", "filter8Bit"),
    ("ContractCostType", "WasmInsnExec", "wasmInsnExec"),
    ("IPAddrType", "IPv4", "ipv4"),
])
func `a member has its protocol name without the common prefix`(
    type: String, member: String, name: String
) throws {
    let folder = Package.root.appendingPathComponent("Tools/GenerateXDR")
    let definition = try #require(try Generator(folder: folder).schema.definition(type))
    #expect(Names.member(member, of: definition) == name)
}
