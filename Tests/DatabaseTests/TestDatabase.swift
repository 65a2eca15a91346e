import Database
import Foundation
import Support
import Testing

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

    func open(_ name: String = "test.sqlite", busyTimeout: Int = 60_000) async throws -> Database {
        try await Database.open(
            DatabaseConfiguration(.file(path(name)), busyTimeoutMillisecondsMax: busyTimeout))
    }
}

/// Which engine a test runs on.
enum Engine: CaseIterable, CustomTestStringConvertible {
    case file, memory, postgreSQL

    /// Every engine, for `arguments:`.
    static var all: [Engine] { allCases }

    var testDescription: String { "\(self)" }

    /// A fresh, empty database.
    func database(in folder: TestFolder, _ change: (inout DatabaseConfiguration) -> Void = { _ in })
        async throws -> Database
    {
        var configuration = DatabaseConfiguration(try await location(in: folder))
        // All tests run at once, on however few processors.
        configuration.busyTimeoutMillisecondsMax = 60_000
        change(&configuration)
        return try await Database.open(configuration)
    }

    /// Where a fresh, empty database is.
    func location(in folder: TestFolder) async throws -> DatabaseConfiguration.Location {
        switch self {
        case .file: .file(folder.path("\(UUID().uuidString).sqlite"))
        case .memory: .memory
        case .postgreSQL:
            try await DatabaseConfiguration.Location(
                url: PostgreSQLServer.shared().makeDatabase())
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
