import ContractBindings
import Foundation
import Stellar
import StellarXDR
import Support
import Testing

/// What is generated is Swift that compiles, whatever is in the specification.
@Suite struct CompiledClientTests {
    @Test func `each kind of type compiles, and is used as one would`() throws {
        let use = """

            func use(_ vault: VaultContract, _ key: ContractBytes<64>, _ who: SCAddress) throws {
                let pair = VaultContract.Pair(value0: 1, value1: "a")
                let owner = VaultContract.Owner.both(who, 7)
                _ = vault.put(pair: pair, owner: owner, shares: [who: 5], key: key)
                let call: ContractCall<ContractTuple<UInt32, String>> = vault.get()
                _ = call.operation
                _ = vault.last(reason: .isEmpty)
                let error: any Error = VaultContract.ContractError.isEmpty
                _ = error
                guard let event = try VaultContract.MovedEvent(topics: [], value: .void) else { return }
                _ = event.value + event.topics
            }
            """
        let said = try compile(Specs.vault, use: use)
        #expect(said.isEmpty, "\(said)")
    }

    @Test func `each type compiles in each place where one can stand`() throws {
        let said = try compile(Specs.everything, use: "")
        #expect(said.isEmpty, "\(said.prefix(2_000))")
    }

    @Test func `a word of Swift compiles as the name of anything`() throws {
        let said = try compile(Specs.keywords, use: "")
        #expect(said.isEmpty, "\(said.prefix(2_000))")
    }

    @Test func `a hostile specification compiles too, and runs nothing of its own`() throws {
        let text = try source(Specs.hostile)
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("struct Injected") })
        let said = try compile(Specs.hostile, use: "struct Injected {}\n")
        #expect(said.isEmpty, "\(said)")
    }

    private func source(_ spec: ContractSpec) throws -> String {
        try #require(ContractClientSource(name: "Vault", spec: spec)).text(heading: ["x\nstruct A"])
    }

    /// What the compiler says of the client.
    private func compile(_ spec: ContractSpec, use: String) throws -> String {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("traqora-\(UUID().uuidString).swift")
        try Data((try source(spec) + use).utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        // The compiler reads the faces of the C libraries under the modules that it imports.
        let libraries = try FileManager.default.contentsOfDirectory(
            at: Package.root.appendingPathComponent("Libraries"), includingPropertiesForKeys: nil
        ).map(\.path)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors",
                "-enable-upcoming-feature", "ExistentialAny",
                "-enable-upcoming-feature", "MemberImportVisibility",
                "-enable-upcoming-feature", "InternalImportsByDefault",
                "-I", folder.appendingPathComponent("Modules").path, file.path,
            ] + libraries.flatMap { ["-I", $0] }
        process.standardError = output
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let words = String(decoding: said, as: UTF8.self)
        return process.terminationStatus == 0 ? "" : "exit \(process.terminationStatus): \(words)"
    }
}
