import Foundation
import Testing

/// The API's document against the API, by a program that nobody here wrote.
@Suite struct DocumentTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let programs = folder.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent(".venv/bin")
    /// Where `make setup-test` was not run, only CI insists.
    private static let isWanted =
        FileManager.default.isExecutableFile(
            atPath: programs.appendingPathComponent("schemathesis").path)
        || ProcessInfo.processInfo.environment["CI"] != nil

    @Test(.enabled(if: isWanted, "no .venv with schemathesis: make setup-test"))
    func `schemathesis finds no answer that is not documented, and none that is our fault`()
        async throws
    {
        try await withScratchFolder { folder in
            let key = "7vX2mQ9zLkTr"
            let program = try BuiltProgram(
                ["up", "--network-port", "0"],
                environment: ["PORT": "0", "ADMIN_API_KEY": key, "LOG_LEVEL": "warning"],
                folder: folder)
            let lines = try await program.lines(until: "Try: traqora demo")
            let api = try #require(address(in: lines, after: "API")).replacing("/health", with: "")
            let friendbot = try #require(address(in: lines, after: "Friendbot"))
            let check = try BuiltProgram(
                [
                    Self.folder.appendingPathComponent("Python/check_document.py").path,
                    Self.programs.appendingPathComponent("schemathesis").path, api, friendbot, key,
                ], folder: folder, executable: Self.programs.appendingPathComponent("python"))
            let (code, printed) = try await check.end()
            #expect(code == 0, "\(printed.joined(separator: "\n"))")
            #expect(printed.last == "done")
            #expect(try await program.stop() == 0)
        }
    }
}
