import Foundation
import Testing
import TraqoraContracts

/// A client nobody here wrote: the Python SDK against `traqora sandbox`.
@testable import traqora

@Suite struct ForeignClientTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    private static let python = root.appendingPathComponent(".venv/bin/python")
    /// Where `make setup-test` was not run, only CI insists.
    private static let isWanted =
        FileManager.default.isExecutableFile(atPath: python.path)
        || ProcessInfo.processInfo.environment["CI"] != nil

    @Test(.enabled(if: isWanted, "no .venv with the Python SDK: make setup-test"))
    func `the Python SDK funds, pays, trusts, deploys, authorizes, extends and restores`()
        async throws
    {
        try await withScratchFolder { folder in
            let sandbox = try BuiltProgram(
                ["sandbox", "--port", "0", "--control", "--persistent-ledgers", "16"],
                folder: folder)
            let lines = try await sandbox.lines(until: "/rpc")
            let address = try #require(
                lines.flatMap { $0.split(separator: " ") }.first { $0.hasSuffix("/rpc") })
            let wasm = folder.appendingPathComponent("token.wasm")
            try Data(ContractCode.token.wasm).write(to: wasm)
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("Python/foreign_client.py")
            let client = try BuiltProgram(
                [script.path, String(address.dropLast("/rpc".count)), wasm.path], folder: folder,
                executable: Self.python)
            let (code, printed) = try await client.end()
            #expect(code == 0, "\(printed.joined(separator: "\n"))")
            #expect(printed.last?.hasPrefix("done") == true)
            #expect(try await sandbox.stop() == 0)
        }
    }

    @Test(.enabled(if: isWanted, "no .venv with the Python SDK: make setup-test"))
    func `the Python SDK signs in with its own code`() async throws {
        try await withWholeWorld { world in
            try await withScratchFolder { folder in
                let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                    .appendingPathComponent("Python/sign_in.py")
                let client = try BuiltProgram(
                    [script.path, "http://127.0.0.1:\(world.service.port)"], folder: folder,
                    executable: Self.python)
                let (code, printed) = try await client.end()
                #expect(code == 0, "\(printed.joined(separator: "\n"))")
                #expect(printed.last == "done")
            }
        }
    }
}
