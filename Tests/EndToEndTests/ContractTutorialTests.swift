import Foundation
import StellarSandbox
import Support
import Testing
import TraqoraContracts

/// `Contracts/README.md`, done from beginning to end in a folder of its own.
@Suite struct ContractTutorialTests {
    @Test func `what the page says of contracts can be done, and prints what it shows`()
        async throws
    {
        let page = try String(
            contentsOf: Package.root.appendingPathComponent("Contracts/README.md"),
            encoding: .utf8)
        let tutorial = Tutorial(page)
        try #require(tutorial.steps.count > 15)
        try await withNetwork { network, _, _ in
            try await withScratchFolder { folder in
                let shell = try RememberingShell(
                    in: folder, environment: Self.environment(rpc: network.rpcURL))
                defer { shell.forget() }
                var seen: Set<String> = []
                for step in tutorial.steps {
                    switch step {
                    case .file(let path, let text):
                        let file = try shell.place.appendingPathComponent(path)
                        if seen.insert(path).inserted {
                            let found = try String(contentsOf: file, encoding: .utf8)
                            #expect(found == text, "\(path) is not what the page shows")
                        } else {
                            try text.write(to: file, atomically: true, encoding: .utf8)
                        }
                    case .command(let command, let output):
                        let ended = try await shell.run(command)
                        try #require(
                            Tutorial.matches(ended.lines, output),
                            "\(command) prints:\n\(ended.lines.joined(separator: "\n"))")
                    }
                }
                try await callToken(shell)
                try await misname(shell)
            }
        }
    }

    /// In the same package, since it is compiled: our token through a client that `contract bindings`
    /// writes.
    private func callToken(_ shell: RememberingShell) async throws {
        let folder = try shell.place
        try Data(ContractCode.token.wasm).write(to: folder.appendingPathComponent("token.wasm"))
        try Self.tokenTest.write(
            to: folder.appendingPathComponent("Tests/CounterTests/MileTests.swift"),
            atomically: true, encoding: .utf8)
        let written = try await shell.run(
            "traqora contract bindings token.wasm --name Mile "
                + "--output Tests/CounterTests/MileContract.swift")
        try #require(written.code == 0, "\(written.lines)")
        let tested = try await shell.run("swift test --filter MileTests")
        try #require(tested.code == 0, "\(tested.lines.joined(separator: "\n"))")
        #expect(tested.lines.last?.hasPrefix("✔ Test run with 1 test in 1 suite passed") == true)
    }

    private static let tokenTest = """
        import ContractTesting
        import Foundation
        import Testing

        @Suite struct MileTests {
            @Test func `a token is minted, moved and read`() async throws {
                let wasm = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "token.wasm")))
                try await TestNetwork.run { network in
                    let (admin, alice) = (try await network.person(), try await network.person())
                    let holder = MileContract.Holder(account: alice.address, amount: 7)
                    let arguments = MileContract.constructorArguments(
                        admin: admin.address, name: "Mile", symbol: "MILE", decimals: 2,
                        cap: 1_000, holders: [holder])
                    let token = MileContract(
                        try await network.deploy(wasm: wasm, arguments, by: admin))
                    #expect(try await network.read(token.name()) == "Mile")
                    try await network.send(token.mint(to: alice.address, amount: 5), by: admin)
                    let moved = try await network.outcome(
                        of: token.transfer(from: alice.address, to: admin.address, amount: 2),
                        by: alice)
                    let events = try moved.events.compactMap {
                        try MileContract.TransferEvent(topics: $0.topics, value: $0.value)
                    }
                    #expect(events.map(\\.amount) == [2])
                    #expect(events.first?.to == admin.address)
                    #expect(try await network.read(token.balance(id: alice.address)) == 10)
                    #expect(
                        try await network.balance(of: admin.address, in: token.contractID) == 2)
                    await #expect(throws: CallRefusal(MileContract.TokenError.capExceeded)) {
                        try await network.send(
                            token.mint(to: alice.address, amount: 989), by: admin)
                    }
                    await #expect(throws: CallRefusal.unauthorized) {
                        try await network.send(token.mint(to: alice.address, amount: 1), by: alice)
                    }
                }
            }
        }

        """

    /// A struct that is not called as its target is told so, and mistakes are where their author
    /// made them.
    private func misname(_ shell: RememberingShell) async throws {
        let source = try shell.place.appendingPathComponent("Sources/Counter/Counter.swift")
        func build(_ text: String) async throws -> String {
            try text.write(to: source, atomically: true, encoding: .utf8)
            let built = try await shell.run("traqora contract build")
            #expect(built.code == 1)
            return built.lines.joined(separator: "\n")
        }
        let other = try await build("import Soroban\n@Contract struct Other { init() {} }\n")
        #expect(other.contains("The contract's struct must be called CounterContract"), "\(other)")
        let wrong = try await build(
            "import Soroban\n@Contract struct CounterContract { init() { nothing() } }\n")
        #expect(wrong.contains("\(source.path):2:"), "\(wrong)")
        #expect(!wrong.contains(".build/contract/Sources"), "\(wrong)")
    }

    @Test func `the page does all that a new package says to do`() throws {
        let page = try String(
            contentsOf: Package.root.appendingPathComponent("Contracts/README.md"),
            encoding: .utf8)
        var printed: [String] = []
        var commands: [String] = []
        for case .command(let command, let output) in Tutorial(page).steps {
            commands.append(command)
            if command == "traqora contract new Counter" {
                printed = output.filter { $0.hasPrefix("  ") && !$0.hasSuffix("own") }
                    .map { $0.trimmingCharacters(in: .whitespaces) }
                    .filter { !$0.hasPrefix("Sources/") }
            }
        }
        #expect(printed.count == 7)
        #expect(printed.allSatisfy(commands.contains), "\(printed)")
    }

    /// The program on the path, and the test's network for what has no option.
    static func environment(rpc: String = "http://127.0.0.1:9/rpc") -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        let programs = BuiltProgram.url.deletingLastPathComponent().path
        return [
            "PATH": "\(programs):\(own["PATH"] ?? "")", "SOROBAN_RPC_URL": rpc,
        ]
    }
}
