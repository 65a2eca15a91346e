import Foundation
import Support

/// The sources as text, for the rules that a test can read.
enum SourceTree {
    /// One file: where it is, relative to the package, and what it says.
    struct File: CustomStringConvertible {
        var path: String
        var text: String

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var isGenerated: Bool { path.contains("/Generated/") }
        /// The folder below `Sources`, `Tools`…: the module it belongs to.
        var module: String {
            let parts = path.split(separator: "/")
            return parts.count > 1 ? String(parts[1]) : ""
        }
        var name: String { path.split(separator: "/").last.map(String.init) ?? path }
        var description: String { path }
    }

    /// All Swift files below `folder`, in order of their paths.
    static func swiftFiles(under folder: String) -> [File] {
        files(under: folder) { $0.hasSuffix(".swift") }
    }

    /// All files below `folder` that `isWanted` wants, build folders left out.
    static func files(under folder: String, where isWanted: (String) -> Bool) -> [File] {
        let root = Package.root.appendingPathComponent(folder)
        guard let paths = FileManager.default.enumerator(atPath: root.path) else { return [] }
        return paths.compactMap { $0 as? String }
            .filter { isWanted($0) && !$0.contains(".build") }.sorted()
            .compactMap { path in
                let text = try? String(
                    contentsOf: root.appendingPathComponent(path), encoding: .utf8)
                return text.map { File(path: "\(folder)/\(path)", text: $0) }
            }
    }
}

/// The table of modules in ARCHITECTURE.md.
struct ImportTable {
    /// What each module names itself as allowed to import.
    var direct: [String: [String]] = [:]
    /// The one module that may see each C library.
    var libraries: [String: String] = [:]

    init() throws {
        let text = try String(
            contentsOf: Package.root.appendingPathComponent("ARCHITECTURE.md"), encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 3 else { continue }
            let name = Self.names(in: cells[0]).first ?? ""
            if name.hasPrefix("C") && Self.names(in: cells[2]).count == 1
                && cells[0].hasPrefix("`C"),
                FileManager.default.fileExists(
                    atPath: Package.root.appendingPathComponent("Libraries/\(name)").path)
            {
                libraries[name] = Self.names(in: cells[2])[0]
            } else {
                direct[name] = Self.names(in: cells[2])
            }
        }
    }

    /// What a module may import: what it names, and what that may.
    func allowed(for module: String) -> Set<String> {
        var reached: Set<String> = []
        var waiting = direct[module] ?? []
        while let name = waiting.popLast() {
            guard reached.insert(name).inserted else { continue }
            waiting += direct[name] ?? []
        }
        return reached
    }

    private static func names(in cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
