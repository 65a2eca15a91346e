import ContractBindings
import Foundation
import Stellar
import StellarXDR
import Support
import Testing

/// What is generated is Swift that compiles, whatever is in the specification.
@Suite struct CompiledClientTests {
    @Test func `each kind of type compiles, and is used as one would`() async throws {
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
        let said = try await compile(Specs.vault, use: use)
        #expect(said.isEmpty, "\(said)")
    }

    @Test func `each type compiles in each place where one can stand`() async throws {
        let said = try await compile(Specs.everything, use: "")
        #expect(said.isEmpty, "\(said.prefix(2_000))")
    }

    @Test func `a word of Swift compiles as the name of anything`() async throws {
        let said = try await compile(Specs.keywords, use: "")
        #expect(said.isEmpty, "\(said.prefix(2_000))")
    }

    @Test func `a hostile specification compiles too, and runs nothing of its own`() async throws {
        let text = try source(Specs.hostile)
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("struct Injected") })
        let said = try await compile(Specs.hostile, use: "struct Injected {}\n")
        #expect(said.isEmpty, "\(said)")
    }

    private func source(_ spec: ContractSpec) throws -> String {
        try #require(ContractClientSource(name: "Vault", spec: spec)).text(heading: ["x\nstruct A"])
    }

    /// What the compiler says of the client.
    private func compile(_ spec: ContractSpec, use: String) async throws -> String {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("traqora-\(UUID().uuidString).swift")
        try Data((try source(spec) + use).utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        // The compiler reads the faces of the C libraries under the modules that it imports.
        let libraries = try FileManager.default.contentsOfDirectory(
            at: Package.root.appendingPathComponent("Libraries"), includingPropertiesForKeys: nil
        ).map(\.path)
        let words =
            [
                "swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors",
                "-enable-upcoming-feature", "ExistentialAny",
                "-enable-upcoming-feature", "MemberImportVisibility",
                "-enable-upcoming-feature", "InternalImportsByDefault",
                "-I", folder.appendingPathComponent("Modules").path, file.path,
            ] + libraries.flatMap { ["-I", $0] }
        let said = file.appendingPathExtension("said")
        defer { try? FileManager.default.removeItem(at: said) }
        do {
            try await onThread {
                try SystemCommand.run(["sh", "-c", #""$@" 2>"$0""#, said.path] + words)
            }
            return ""
        } catch let failure as SystemCommand.Failure {
            return try "status \(failure.status): \(String(contentsOf: said, encoding: .utf8))"
        }
    }
}
