import Database
import Foundation

/// A folder that is gone at the end of the test, and databases in it.
final class TestFolder {
    let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("traqora-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String = "test.sqlite") -> String { url.appendingPathComponent(name).path }

    func open(_ name: String = "test.sqlite", busyTimeout: Int = 5_000) async throws -> Database {
        try await Database.open(
            DatabaseConfiguration(.file(path(name)), busyTimeoutMillisecondsMax: busyTimeout))
    }
}

/// Which engine a test runs on.
enum Engine: CaseIterable {
    case file, memory

    func database(in folder: TestFolder) async throws -> Database {
        switch self {
        case .file: try await folder.open()
        case .memory: try await Database.open(DatabaseConfiguration(.memory))
        }
    }
}

/// A generator that a seed repeats.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
