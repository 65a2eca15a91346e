import Foundation
import Support
import Testing

/// The documents, held to the tree they describe.
@Suite struct DocumentTests {
    static let documents =
        ["Docs", "Contracts", "Tools"].flatMap { folder in
            SourceTree.files(under: folder) { $0.hasSuffix(".md") }
        } + SourceTree.files(under: ".") { !$0.contains("/") && $0.hasSuffix(".md") }

    @Test func `what a document points to is there`() {
        #expect(Self.documents.count > 5)
        for document in Self.documents {
            let folder = Package.root.appendingPathComponent(document.path)
                .deletingLastPathComponent()
            for target in links(in: document.text) {
                let path = folder.appendingPathComponent(target).path
                #expect(FileManager.default.fileExists(atPath: path), "\(document): \(target)")
            }
        }
    }

    @Test func `a make target that a document names exists`() throws {
        let makefile = try String(
            contentsOf: Package.root.appendingPathComponent("Makefile"), encoding: .utf8)
        let targets = Set(
            makefile.split(separator: "\n").filter { !$0.hasPrefix("\t") && $0.contains(":") }
                .compactMap { $0.split(separator: ":").first.map(String.init) })
        for document in Self.documents {
            for piece in document.text.components(separatedBy: "`make ").dropFirst() {
                let name = piece.prefix { $0.isLetter || $0 == "-" }
                #expect(targets.contains(String(name)), "\(document): make \(name)")
            }
        }
    }

    /// The places in the tree that a text links to, without what is on the web and in the text.
    private func links(in text: String) -> [String] {
        text.components(separatedBy: "](").dropFirst().compactMap { piece in
            let target = piece.prefix { $0 != ")" && $0 != "#" && $0 != " " && $0 != "\n" }
            return target.isEmpty || target.contains("://") ? nil : String(target)
        }
    }
}
