import Foundation
import Telemetry
import Testing

@testable import traqora

@Suite struct SettingSourceTests {
    private static let secret = "k3Zr9XwQv1TnPb7LmYc5HsJd8GfRu2Ae"

    private func values(
        _ environment: [String: String], files: [String: String] = [:], openFiles: [String] = [],
        commands: [String: String] = [:]
    ) -> SettingValues {
        SettingValues(
            environment: environment,
            system: .init(
                file: { path in files[path].map { ($0, openFiles.contains(path)) } },
                run: { commands[$0] }))
    }

    private func faults(_ values: SettingValues) -> [String: String] {
        do {
            _ = try Settings(values)
            return [:]
        } catch {
            return Dictionary(error.faults.map { ($0.name, $0.reason) }) { first, _ in first }
        }
    }

    @Test func `the environment goes before .env, and that before the file of secrets`() throws {
        let given = values(
            ["PORT": "1", "TRAQORA_SECRETS_FILE": "/run/secrets/all"],
            files: [
                ".env": "PORT=2\nLOG_LEVEL=debug\nTOKEN_SYMBOL='EURC'",
                "/run/secrets/all": "LOG_LEVEL=error\nJWT_SECRET=\(Self.secret)\n",
            ])
        let settings = try Settings(given)
        #expect(settings.port == 1)
        #expect(settings.logLevel == .debug)
        #expect(settings.tokenSymbol == "EURC")
        #expect(settings.signIn.accessSecret?.reveal() == Self.secret)
        #expect(given[Schema.port.line]?.source == "environment")
        #expect(given[Schema.logLevel.line]?.source == ".env")
        #expect(given[Schema.accessSecret.line]?.source == "/run/secrets/all")
    }

    @Test func `a secret comes from a file or a command instead`() throws {
        let settings = try Settings(
            values(
                ["JWT_SECRET_FILE": "/k", "JWT_REFRESH_SECRET_COMMAND": "pass show jwt"],
                files: ["/k": Self.secret + "\n"],
                commands: ["pass show jwt": "Vq8sKe2NfWx6RjTz4MhLy9BpCg1DuQa7\n"]))
        #expect(settings.signIn.accessSecret?.reveal() == Self.secret)
        #expect(settings.signIn.refreshSecret?.reveal() == "Vq8sKe2NfWx6RjTz4MhLy9BpCg1DuQa7")
    }

    @Test func `what is given twice, unreadable, open to all or fails is told`() {
        let told = faults(
            values(
                [
                    "JWT_SECRET": Self.secret, "JWT_SECRET_FILE": "/k",
                    "JWT_REFRESH_SECRET_COMMAND": "false", "ADMIN_API_KEY_FILE": "/nowhere",
                    "STELLAR_SECRET_KEY_FILE": "/open", "TRAQORA_SECRETS_FILE": "/gone",
                    "DUFFEL_ACCESS_TOKEN_FILE": "/two",
                ],
                files: ["/k": "x", "/open": "x", "/two": "a\nb"], openFiles: ["/open"]))
        #expect(
            told.keys.sorted() == [
                "ADMIN_API_KEY", "DUFFEL_ACCESS_TOKEN", "JWT_REFRESH_SECRET", "JWT_SECRET",
                "STELLAR_SECRET_KEY", "TRAQORA_SECRETS_FILE",
            ])
        #expect(told["STELLAR_SECRET_KEY"]?.contains("chmod 600") == true)
        #expect(told["JWT_SECRET"] == "it is given as JWT_SECRET and JWT_SECRET_FILE: keep one")
    }

    @Test func `an .env with secrets that everybody may read is refused, one without is not`() {
        let withSecret = values(
            [:], files: [".env": "JWT_SECRET=\(Self.secret)"], openFiles: [".env"])
        #expect(faults(withSecret).keys.sorted() == ["JWT_SECRET"])
        let without = values([:], files: [".env": "PORT=5"], openFiles: [".env"])
        #expect(faults(without).isEmpty)
    }

    @Test func `lines of an environment file are read as people write them`() {
        let file = EnvironmentFile(
            """
            # a comment
            export A=1
            B = two words # and why
            C="quoted # no comment \\"x\\" \\\\ \\n end"
            D='as \\n it stands'
            E=a#b
            F=
            G=x=y
            """)
        #expect(
            file.values == [
                "A": "1", "B": "two words", "C": "quoted # no comment \"x\" \\ \n end",
                "D": "as \\n it stands", "E": "a#b", "F": "", "G": "x=y",
            ])
        let bad = EnvironmentFile("A\n1B=2\nC=\"open\nD=1\nD=2")
        #expect(bad.faults.map(\.line) == [1, 2, 3, 5])
        #expect(faults(values([:], files: [".env": "PORT"])).keys.sorted() == [".env:1"])
    }

    @Test func `a name that no setting has is noted`() {
        let given = values([:], files: [".env": "JWT_SECERT=x\nPORT=3"])
        #expect(given.unknownNames == ["JWT_SECERT"])
    }

    @Test func `files and commands are read as the system has them`() async throws {
        try await withScratchFolder { folder in
            let file = folder.appendingPathComponent("key")
            try Data("\(Self.secret)\n".utf8).write(to: file)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: file.path)
            try Data("PORT=0\nADMIN_API_KEY_COMMAND='echo 7vX2mQ9zLkTr'\n".utf8)
                .write(to: folder.appendingPathComponent(".env"))
            let program = try BuiltProgram(
                ["config", "show"], environment: ["JWT_SECRET_FILE": file.path], folder: folder)
            let (code, lines) = try await program.end()
            #expect(code == 0)
            let text = lines.joined(separator: "\n")
            #expect(text.contains("[redacted]  (file \(file.path))"))
            #expect(text.contains("[redacted]  (command)"))
            #expect(!text.contains(Self.secret) && !text.contains("7vX2mQ9zLkTr"))
        }
    }
}
