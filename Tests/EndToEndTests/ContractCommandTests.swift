import Foundation
import Stellar
import StellarSandbox
import StellarXDR
import Testing
import TraqoraContracts

@testable import traqora

/// `traqora contract`: as somebody uses it who has a wasm file.
@Suite(.serialized) struct ContractCommandTests {
    @Test func `our token is checked, deployed and called`() async throws {
        try await withNetwork { network, _, _ in
            try await withScratchFolder { folder in
                let me = try KeyPair.random()
                try await network.fund(me.address)
                let wasm = folder.appendingPathComponent("token.wasm")
                try Data(ContractCode.token.wasm).write(to: wasm)
                let secret = folder.appendingPathComponent("secret")
                #expect(
                    FileManager.default.createFile(
                        atPath: secret.path, contents: Data("\(me.secret)\n".utf8),
                        attributes: [.posixPermissions: 0o600]))
                let run = Runner(folder: folder, rpc: network.rpcURL)

                let report = try await run(["check", "token.wasm"])
                #expect(report.code == 0)
                #expect(
                    report.lines.contains { $0.contains("balance(id: address) -> i128") },
                    "\(report.lines)")
                #expect(report.lines.last?.contains("stroops") == true)

                let deploy = [
                    "deploy", "token.wasm", "--rpc", network.rpcURL, "--network-passphrase",
                    network.passphrase, "--secret-file", "secret", "--salt",
                    String(repeating: "07", count: 32), "--", "admin=\(me.address)",
                    "name=Mile", "symbol=MILE", "decimals=7", "cap=1000",
                    #"holders={"vec":[]}"#,
                ]
                let made = try await run(deploy)
                try #require(made.code == 0)
                let id = try #require(made.lines.last)
                let expected = try Network.standalone.contractID(
                    deployer: .account(me.accountID),
                    salt: Uint256(fitting: Array(repeating: 7, count: 32)))
                #expect(id == expected.contractText)
                // A second time there is no room for it.
                #expect(try await run(deploy).code == 1)

                let mint = ["invoke", id, "mint", "to=\(me.address)", "amount=25"]
                let tried = try await run(mint)
                #expect(tried.code == 0)
                let balance = ["invoke", id, "balance", "id=\(me.address)"]
                #expect(try await run(balance).lines == [#"{"i128":"0"}"#])
                let sent = try await run(mint + ["--send", "--secret-file", "secret"])
                #expect(sent.lines == [#""void""#])
                #expect(try await run(balance).lines == [#"{"i128":"25"}"#])
                let name = try await run(["invoke", id, "name"])
                #expect(name.lines == [#"{"string":"Mile"}"#])
                let tooMuch = ["invoke", id, "mint", "to=\(me.address)", "amount=976"]
                #expect(try await run(tooMuch).code == 1)
                let other = try KeyPair.random()
                try await network.fund(other.address)
                let access = try NetworkAccess(
                    rpc: network.rpcURL, passphrase: "", secretFile: secret.path, signs: true)
                let approval = ["from": other, "spender": me].map {
                    NamedText(name: $0, text: $1.address)
                }
                let numbers = ["amount", "live_until_ledger"].map {
                    NamedText(name: $0, text: "1000")
                }
                await #expect(throws: ContractToolError.needsOthers(function: "approve")) {
                    try await access.use { access in
                        try await access.call(
                            expected, "approve", approval + numbers, sends: true)
                    }
                }
                #expect(try await run(mint + ["--send"]).code == 1)
                #expect(try await run(balance + ["--network-passphrase", "Other"]).code == 1)
            }
        }
    }

    @Test func `what the host does not take is refused, with the place`() async throws {
        let header: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        // A type section with a function from a float.
        let report = ModuleReport(name: "float", wasm: header + [1, 5, 1, 0x60, 1, 0x7D, 0])
        let refusal = await #expect(throws: ContractToolError.self) { try await report.upload() }
        #expect(refusal?.description.contains("floats are not supported (at byte") == true)

        let large = ModuleReport(name: "large", wasm: padded(ContractCode.token.wasm))
        let limit = await #expect(throws: ContractToolError.self) { try await large.upload() }
        #expect(limit?.description.contains("limit") == true, "\(limit as Any)")

        let bare = ModuleReport(name: "bare", wasm: header)
        let missing = await #expect(throws: ContractToolError.self) { try await bare.upload() }
        #expect(missing?.description.contains("contractenvmetav0 is missing") == true)
    }

    @Test func `arguments that do not fit are told by name and type`() throws {
        let spec = try ContractSpec(wasm: ContractCode.token.wasm)
        func fault(_ function: String, _ texts: [(String, String)]) -> String? {
            let given = texts.map { NamedText(name: $0.0, text: $0.1) }
            let error = #expect(throws: ContractToolError.self) {
                try spec.arguments(of: function, given)
            }
            return error?.description
        }
        #expect(fault("balanse", [])?.contains("did you mean balance?") == true)
        #expect(
            fault("balance", [])
                == "the argument id is missing: add id=VALUE, of type address")
        #expect(fault("balance", [("ib", "x")])?.contains("did you mean id?") == true)
        #expect(
            fault("balance", [("id", "GABC")])?
                .hasPrefix("“GABC” is no value for id, of type address: ") == true)
    }

    @Test(arguments: [
        (SCSpecTypeDef.bool, "true", SCVal.bool(true)), (.u32, "7", .u32(7)),
        (.i32, "-7", .i32(-7)), (.u64, "8", .u64(8)), (.i64, "-8", .i64(-8)),
        (.timepoint, "9", .timepoint(9)), (.duration, "10", .duration(10)),
        (.u128, "18446744073709551616", .uint128(1 << 64)), (.i128, "-1", .int128(-1)),
        (.symbol, "USD", .symbol(SCSymbol("USD"))), (.string, "{a b}", .string(SCString("{a b}"))),
        (.bytes, "00ff", .bytes(SCBytes([0, 255]))),
        (.bytesN(SCSpecTypeBytesN(n: 2)), "00ff", .bytes(SCBytes([0, 255]))),
        (.option(SCSpecTypeOption(valueType: .u32)), "7", .u32(7)),
        (.option(SCSpecTypeOption(valueType: .u32)), "null", .void),
        (.vec(SCSpecTypeVec(elementType: .u32)), #"{"vec":[{"u32":1}]}"#, .vec([.u32(1)])),
        (.u32, #"{"u32":1}"#, .u32(1)),
    ])
    func `a text becomes a value of the parameter's type`(
        type: SCSpecTypeDef, text: String, value: SCVal
    ) throws {
        #expect(
            try spec(taking: type).arguments(of: "f", [NamedText(name: "x", text: text)]) == [value]
        )
    }

    @Test(arguments: [
        (SCSpecTypeDef.bool, "yes"), (.u32, "-1"), (.u32, "4294967296"), (.i128, "1.5"),
        (.bytes, "0"), (.bytesN(SCSpecTypeBytesN(n: 2)), "00"),
        (.vec(SCSpecTypeVec(elementType: .u32)), "1"),
        (.address, "G"),
    ])
    func `a text that is no value is refused`(type: SCSpecTypeDef, text: String) throws {
        #expect(throws: ContractToolError.self) {
            try spec(taking: type).arguments(of: "f", [NamedText(name: "x", text: text)])
        }
    }

    private func spec(taking type: SCSpecTypeDef) -> ContractSpec {
        let input = SCSpecFunctionInputV0(doc: "", name: "x", type: type)
        return ContractSpec(entries: [
            .functionV0(SCSpecFunctionV0(doc: "", name: "f", inputs: [input], outputs: []))
        ])
    }

    /// The module with a custom section that makes it larger than any ledger entry may be.
    private func padded(_ wasm: [UInt8]) -> [UInt8] {
        // 140000 in LEB128, then a name of one letter.
        wasm + [0, 0xE0, 0xC5, 0x08, 1, 0x61] + Array(repeating: 0, count: 140_000 - 2)
    }
}

/// Runs `traqora contract` with a network in its environment.
private struct Runner {
    let folder: URL
    let rpc: String

    func callAsFunction(_ words: [String]) async throws -> (code: Int32, lines: [String]) {
        let program = try BuiltProgram(
            ["contract"] + words, environment: ["SOROBAN_RPC_URL": rpc], folder: folder)
        return try await program.end()
    }
}
