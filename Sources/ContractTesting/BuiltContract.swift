import Foundation

/// A contract of the package that a test is in, as `traqora contract build` wrote it.
public struct BuiltContract: Sendable {
    /// The module.
    public let wasm: [UInt8]

    /// It is not there, or what it was made of has changed since.
    public struct Missing: Error, Hashable, CustomStringConvertible {
        /// What is wrong, and what to do.
        public let description: String
    }

    /// `NAME.wasm` beside the `Package.swift` above `file`.
    /// - Throws: ``Missing``.
    public init(_ name: String, file: String = #filePath) throws(Missing) {
        var folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        while !Self.exists(folder.appendingPathComponent("Package.swift")) {
            guard folder.path != "/" else {
                throw Missing(description: "\(file) is in no package: say in which with file:")
            }
            folder.deleteLastPathComponent()
        }
        let module = folder.appendingPathComponent("\(name).wasm")
        guard let data = FileManager.default.contents(atPath: module.path),
            let built = Self.change(of: module.path)
        else {
            throw Missing(
                description: "\(module.path) is not there: run traqora contract build first")
        }
        if let newer = Self.newestSource(of: folder), newer.date > built {
            throw Missing(
                description: "\(name).wasm is older than \(newer.path): run traqora contract build")
        }
        wasm = [UInt8](data)
    }

    private static func exists(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path)
    }

    private static func change(of path: String) -> Date? {
        try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }

    /// The source that was changed last.
    private static func newestSource(of folder: URL) -> (path: String, date: Date)? {
        let sources = folder.appendingPathComponent("Sources").path
        let paths = FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String }
        return (paths ?? []).filter { $0.hasSuffix(".swift") }.compactMap { path in
            change(of: "\(sources)/\(path)").map { ("Sources/\(path)", $0) }
        }.max { $0.1 < $1.1 }.map { (path: $0.0, date: $0.1) }
    }
}
