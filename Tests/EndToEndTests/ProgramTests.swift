import Foundation
import Testing

/// The program as a user starts it.
@Suite(.serialized) struct ProgramTests {
    @Test func `up and demo work as the README says`() async throws {
        try await withRunningProgram { folder, options in
            let demo = try BuiltProgram(["demo"] + options, folder: folder)
            let (code, lines) = try await demo.end()
            #expect(code == 0)
            #expect(lines.contains { $0.hasPrefix("Booking ") && $0.contains("Confirmed") })
            #expect(lines.contains { $0.contains("holds") && $0.contains("test dollars") })
            // Everybody's part came after it, to the end.
            #expect(lines.last?.hasPrefix("All is as it should be") == true)
            for sentence in ["may sell now", "I claim", "An arbiter", "points", "vote"] {
                #expect(lines.contains { $0.contains(sentence) }, "\(sentence)")
            }
        }
    }

    @Test func `a cancelled booking brings its refund back`() async throws {
        try await withRunningProgram { folder, options in
            let demo = try BuiltProgram(["demo", "--cancel"] + options, folder: folder)
            let (code, lines) = try await demo.end()
            #expect(code == 0)
            #expect(lines.last?.hasPrefix("Cancelled: ") == true)
        }
    }

    @Test func `a booking is made and cancelled without one lumen`() async throws {
        try await withRunningProgram { folder, options in
            let demo = try BuiltProgram(
                ["demo", "--sponsored", "--cancel"] + options, folder: folder)
            let (code, lines) = try await demo.end()
            #expect(code == 0)
            #expect(lines.contains { $0.hasPrefix("  • Traqora pays the network's fee.") })
            #expect(lines.contains { $0.hasPrefix("Cancelled: ") })
            #expect(lines.last?.hasPrefix("I still have 10000.00 XLM") == true)
        }
    }

    @Test func `a demo that cannot be done says why and fails`() async throws {
        try await withRunningProgram { folder, options in
            let nowhere = try BuiltProgram(["demo", "--from", "XXX"] + options, folder: folder)
            #expect(try await nowhere.end().code == 1)
        }
        try await withScratchFolder { folder in
            let alone = try BuiltProgram(
                ["demo", "--rpc", "http://127.0.0.1:9/rpc", "--api", "http://127.0.0.1:9"],
                folder: folder)
            #expect(try await alone.end().code == 1)
        }
    }

    @Test func `a manifest that cannot be is told by its lines, one that differs by its settings`()
        async throws
    {
        try await withScratchFolder { folder in
            let text = try builtInManifest()
            let file = folder.appendingPathComponent("mine.yaml")
            try Data(text.replacing("fee: 1 %", with: "fee: much").utf8).write(to: file)
            let environment = ["PORT": "0"]
            let words = ["up", "--network-port", "0", "--manifest", "mine.yaml"]
            let refused = try BuiltProgram(words, environment: environment, folder: folder)
            #expect(try await refused.end().code == 1)

            try Data(text.utf8).write(to: file)
            let first = try BuiltProgram(words, environment: environment, folder: folder)
            let plain = try await first.lines(until: "Try: traqora demo")
            #expect(!plain.contains { $0.contains("manifest says") })
            #expect(try await first.stop() == 0)

            try Data(text.replacing("fee: 1 %", with: "fee: 2 %").utf8).write(to: file)
            let second = try BuiltProgram(words, environment: environment, folder: folder)
            let told = try await second.lines(until: "Try: traqora demo")
            #expect(
                told.contains { $0 == "  booking.fee: the manifest says 2.00 %, the ledger 1.00 %" }
            )
            #expect(try await second.stop() == 0)
        }
    }

    @Test func `a scenario that is none is named`() async throws {
        try await withScratchFolder { folder in
            let file = folder.appendingPathComponent("none.json")
            try Data("[]".utf8).write(to: file)
            for name in ["none.json", "missing.json"] {
                let replay = try BuiltProgram(["sandbox", "replay", name], folder: folder)
                #expect(try await replay.end().code == 1)
            }
        }
    }

    @Test func `words that make no sense are a usage error`() async throws {
        try await withScratchFolder { folder in
            let program = try BuiltProgram(["demo", "--cancle"], folder: folder)
            #expect(try await program.end().code == 64)
        }
    }

    /// `traqora up` on free ports, and the options with which a demo finds it.
    private func withRunningProgram(
        _ body: (URL, [String]) async throws -> Void
    ) async throws {
        try await withScratchFolder { folder in
            let program = try BuiltProgram(
                ["up", "--network-port", "0"], environment: ["PORT": "0"], folder: folder)
            let lines = try await program.lines(until: "Try: traqora demo")
            let api = try #require(address(in: lines, after: "API")).replacing("/health", with: "")
            let rpc = try #require(address(in: lines, after: "Network"))
            try await body(folder, ["--api", api, "--rpc", rpc])
            #expect(try await program.stop() == 0)
        }
    }
}

/// The address in the line that begins with `label`.
func address(in lines: [String], after label: String) -> String? {
    lines.lazy.compactMap { line in
        let words = line.split(separator: " ")
        guard words.first == label[...] else { return nil }
        return words.first { $0.hasPrefix("http://") }.map(String.init)
    }.first
}
