import Foundation
import Testing

@testable import traqora

/// What `traqora contract new`, `build` and `test` say when they cannot do it.
@Suite struct NewContractTests {
    @Test(arguments: [
        ("counter", "capital letter first"), ("My-Counter", "letters and digits"),
        ("2Fast", "capital letter first"), ("Zähler", "letters and digits"),
        ("../Counter", "capital letter first"), (String(repeating: "A", count: 41), "at most 40"),
        ("Soroban", "as in MySoroban"), ("Table", "as in MyTable"),
    ])
    func `a name that cannot be is refused with one that could`(name: String, hint: String) {
        let error = #expect(throws: UsageError.self) { try contractNewCommand.check([name]) }
        #expect(error?.message.hasPrefix("“\(name)” is no value for name: ") == true)
        #expect(error?.message.contains(hint) == true)
    }

    @Test func `nothing is written over`() async throws {
        try await withShell { shell in
            #expect(try await shell.run("traqora contract new Tower").code == 0)
            let again = try await shell.run(
                "echo mine > Tower/Package.swift; traqora contract new Tower")
            #expect(again.code == 1)
            #expect(
                again.lines == [
                    "traqora: there is something called Tower here already: use another name, or "
                        + "another folder"
                ])
            #expect(try await shell.run("cat Tower/Package.swift").lines == ["mine"])
        }
    }

    @Test func `sources that are not there are asked for`() async throws {
        try await withShell { shell in
            let made = try await shell.run("traqora contract new Tower --sources .")
            #expect(made.code == 1)
            #expect(made.lines.first?.contains("is no checkout of Traqora") == true)
            #expect(made.lines.first?.contains("--sources") == true)
            #expect(try await shell.run("ls").lines.isEmpty)
        }
    }

    @Test func `a folder without a contract is told apart from one without a package`()
        async throws
    {
        try await withShell { shell in
            let nothing = try await shell.run("traqora contract build")
            #expect(nothing.code == 1)
            #expect(nothing.lines.last?.contains("traqora contract new NAME") == true)
            let manifest = """
                // swift-tools-version: 6.2
                import PackageDescription
                let package = Package(name: "Plain", targets: [.target(name: "Plain")])
                """
            let other = try await shell.run(
                "mkdir -p Sources/Plain; echo > Sources/Plain/Plain.swift; "
                    + "echo '\(manifest)' > Package.swift; traqora contract build")
            #expect(other.code == 1)
            #expect(
                other.lines.contains { $0.contains("has no contract: a target that depends on") },
                "\(other.lines)")
        }
    }

    @Test func `tools that are missing are named, with where they come from`() async throws {
        try await withShell { shell in
            let program = BuiltProgram.url.path
            let made = "mkdir -p tools; ln -s $(command -v env) tools/env; "
            let swift = try await shell.run("\(made)PATH=$PWD/tools \(program) contract build")
            #expect(swift.code == 1)
            #expect(swift.lines.last?.contains("there is no swiftc on the path") == true)
            #expect(swift.lines.last?.contains("https://www.swift.org/install") == true)
            let fake = try shell.place.appendingPathComponent("tools/swiftc")
            let info = #"{"compilerVersion":"Swift 6","paths":{"runtimeResourcePath":"/none"}}"#
            try Data("#!/bin/sh\necho '\(info)'\n".utf8).write(to: fake)
            let bare = try await shell.run(
                "chmod +x tools/swiftc; PATH=$PWD/tools \(program) contract build")
            #expect(bare.code == 1)
            #expect(
                bare.lines.last?.contains("the toolchain (Swift 6) has nothing for WebAssembly")
                    == true, "\(bare.lines)")
            let optimiser = try await shell.run(
                "ln -sf $(command -v swiftc) tools/swiftc; "
                    + "PATH=$PWD/tools \(program) contract build")
            #expect(optimiser.code == 1)
            #expect(
                optimiser.lines.last
                    == "traqora: there is no wasm-opt on the path: install binaryen "
                    + "(apt-get install binaryen)")
        }
    }

    private func withShell(_ body: (RememberingShell) async throws -> Void) async throws {
        try await withScratchFolder { folder in
            let shell = try RememberingShell(
                in: folder, environment: ContractTutorialTests.environment())
            defer { shell.forget() }
            try await body(shell)
        }
    }
}
