import Foundation

/// The package that `traqora contract new` makes: the example of a checkout, under another name.
struct ContractTemplate {
    private static let exampleName = "Counter"

    /// Where Traqora's sources are.
    let checkout: URL

    /// - Parameter named: the folder that was named; if empty, the checkout that this program was
    ///   built in, or that `folder` is in.
    /// - Throws: ``ContractToolError/noSources(_:)``.
    init(named: String, folder: URL, program: URL?) throws(ContractToolError) {
        if !named.isEmpty {
            let named = URL(fileURLWithPath: named, relativeTo: folder).standardizedFileURL
            guard Self.isCheckout(named) else { throw .noSources(named.path) }
            checkout = named
            return
        }
        let places = [program, folder].compactMap { $0 }.flatMap(Self.ancestors)
        guard let found = places.first(where: Self.isCheckout) else { throw .noSources(nil) }
        checkout = found
    }

    private static func ancestors(of folder: URL) -> [URL] {
        var ancestors = [folder.standardizedFileURL]
        while let last = ancestors.last, last.path != "/" {
            ancestors.append(last.deletingLastPathComponent().standardizedFileURL)
        }
        return ancestors
    }

    private static func isCheckout(_ folder: URL) -> Bool {
        ["Contracts/Sources/Soroban", "Contracts/Example", "Sources/ContractTesting"].allSatisfy {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
    }

    /// Writes the package.
    /// - Throws: ``ContractToolError/folderExists(_:)``, ``ContractToolError/unwritable(_:)``.
    func write(_ name: String, in folder: URL) throws(ContractToolError) {
        let package = folder.appendingPathComponent(name)
        guard !FileManager.default.fileExists(atPath: package.path) else {
            throw .folderExists(name)
        }
        let example = checkout.appendingPathComponent("Contracts/Example")
        let paths =
            FileManager.default.enumerator(atPath: example.path)?
            .compactMap { $0 as? String } ?? []
        for path in paths.filter(Self.isSource) {
            guard
                let text = try? String(
                    contentsOf: example.appendingPathComponent(path), encoding: .utf8)
            else { continue }
            let file = package.appendingPathComponent(Self.renamed(path, to: name))
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Self.renamed(located(text), to: name)
                    .write(to: file, atomically: true, encoding: .utf8)
            } catch {
                throw .unwritable(file.path)
            }
        }
    }

    /// What people wrote, not what was built of it.
    private static func isSource(_ path: String) -> Bool {
        path == ".gitignore"
            || (path.hasSuffix(".swift") && !path.hasPrefix(".build/")
                && !path.hasSuffix("/\(exampleName)Contract.swift"))
    }

    private static func renamed(_ text: String, to name: String) -> String {
        text.replacing(exampleName, with: name)
    }

    /// The text with the way to the sources from anywhere.
    private func located(_ text: String) -> String {
        let path = checkout.path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return text.replacing("?? \"../..\"", with: "?? \"\(path)\"")
    }
}

/// A name that a contract can have.
@Sendable func parseContractName(_ text: String) throws -> String {
    let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    guard let first = text.first, first.isUppercase, letters.contains(first), text.count <= 40,
        text.allSatisfy({ letters.contains($0) || ("0"..."9").contains($0) })
    else {
        throw UsageError(
            "use letters and digits, a capital letter first, at most 40: as in TicketOffice")
    }
    guard !takenNames.contains(text) else {
        throw UsageError("a module or type is called so already: use another, as in My\(text)")
    }
    return text
}

/// What a contract's module would hide, or be confused with.
private let takenNames: Set<String> = [
    "Swift", "Foundation", "Testing", "PackageDescription", "Soroban", "SorobanMacros", "Contracts",
    "Contract", "Counted", "Person", "TestNetwork", "Specifications", "Address", "Amount", "Bytes",
    "Duration", "Map", "Symbol", "Table", "Timepoint", "Value", "Vec",
]
