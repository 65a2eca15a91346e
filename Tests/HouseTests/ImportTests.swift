import Foundation
import Support
import Testing

/// SwiftPM lets an undeclared transitive import compile; these tests hold the walls.
@Suite struct ImportTests {
    static let modules = (try? ImportTable())?.direct.keys.sorted() ?? []

    @Test func `the table in ARCHITECTURE.md names every module there is`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Package.root.appendingPathComponent("Sources").path
        ).filter { !$0.hasPrefix(".") }
        #expect(Set(folders).isSubset(of: Self.modules))
    }

    @Test(arguments: modules)
    func `a module imports only what the table allows`(module: String) throws {
        let table = try ImportTable()
        let ours = Set(Self.modules)
        let allowed = module == "traqora" ? ours : table.allowed(for: module)
        for file in SourceTree.swiftFiles(under: "Sources/\(module)") {
            for name in imports(of: file) where ours.contains(name) {
                #expect(allowed.contains(name), "\(file) imports \(name)")
            }
            for name in imports(of: file) {
                guard let owner = table.libraries[name] else { continue }
                #expect(owner == module, "\(file) imports \(name), which is \(owner)'s")
            }
        }
    }

    @Test(arguments: [
        "StellarXDR", "WebAssembly", "FareRules", "Cryptography", "SorobanHost",
    ])
    func `the modules that stand alone do without Foundation`(module: String) {
        for file in SourceTree.swiftFiles(under: "Sources/\(module)") {
            #expect(!imports(of: file).contains("Foundation"), "\(file)")
        }
    }

    @Test func `the manifest and the table agree`() throws {
        let table = try ImportTable()
        let manifest = try String(
            contentsOf: Package.root.appendingPathComponent("Package.swift"), encoding: .utf8)
        let entry = /Module\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/
        for match in manifest.matches(of: entry) {
            let name = String(match.1)
            guard name != "traqora", let direct = table.direct[name] else { continue }
            let declared = match.2.split(separator: ",")
                .map { $0.trimmingCharacters(in: .whitespacesAndNewlines.union(["\""])) }
                .filter { table.libraries[$0] == nil && !$0.isEmpty }
            #expect(Set(declared) == Set(direct), "\(name)")
        }
    }

    private func imports(of file: SourceTree.File) -> [String] {
        file.lines.compactMap { line in
            guard line.contains("import ") else { return nil }
            var words = line.split(separator: " ")
            while let word = words.first, word.hasPrefix("@") || Self.modifiers.contains(word) {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { return nil }
            // `import struct Module.Name` names the module in its third word.
            let name = words.count > 2 ? words[2] : words[1]
            return name.split(separator: ".").first.map(String.init)
        }
    }

    private static let modifiers: Set<Substring> = ["public", "package", "internal", "private"]
}
