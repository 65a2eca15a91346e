public import Foundation

/// Where the shared test vectors are, if this clone has any: `TRAQORA_VECTORS`, or
/// `../shared/vectors` beside the package.
public enum Vectors {
    /// The folder, or `nil` when there is none; a test then skips, visibly:
    /// `@Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))`.
    public static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["TRAQORA_VECTORS"].map {
            URL(fileURLWithPath: $0)
        }
        let folder = named ?? Package.root.appendingPathComponent("../shared/vectors")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Whether the vectors are there.
    public static var exist: Bool { folder != nil }

    /// One file of them.
    public static func data(_ path: String) throws -> Data {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        return try Data(contentsOf: folder.appendingPathComponent(path))
    }

    /// The lines of a file of JSON lines.
    public static func lines(_ path: String) throws -> [Data] {
        try data(path).split(separator: UInt8(ascii: "\n")).map { Data($0) }
    }
}

/// The checkout the tests run in.
public enum Package {
    /// The folder with `Package.swift`.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
