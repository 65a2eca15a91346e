import Foundation

/// What SwiftPM says is in somebody's `Package.swift`.
struct Manifest {
    struct Target {
        var name: String
        var path: String
        var isTest: Bool
        var targets: [String]
        var products: [Product]
    }

    struct Product: Hashable {
        var name: String
        var package: String
    }

    /// A package beside this one.
    struct Neighbour: Hashable {
        var name: String?
        var identity: String
        var path: String
    }

    let targets: [Target]
    let neighbours: [Neighbour]

    /// - Throws: ``BuildFailure`` if there is no package there, or none that SwiftPM can read.
    init(at folder: String, _ shell: Shell) throws(BuildFailure) {
        guard FileManager.default.fileExists(atPath: "\(folder)/Package.swift") else {
            throw BuildFailure(
                "there is no Package.swift in \(folder): go to the folder of a contract's package, "
                    + "or make one with traqora contract new NAME")
        }
        let text = try shell.output(
            of: ["swift", "package", "--package-path", folder, "dump-package"])
        guard let start = text.firstIndex(of: "{"),
            let dump = try? JSONDecoder().decode(Dump.self, from: Data(text[start...].utf8))
        else { throw BuildFailure("what SwiftPM says of \(folder)/Package.swift cannot be read") }
        neighbours = dump.dependencies.flatMap { $0.fileSystem ?? [] }.map {
            Neighbour(
                name: $0.nameForTargetDependencyResolutionOnly, identity: $0.identity, path: $0.path
            )
        }
        targets = dump.targets.map { target in
            let words = target.dependencies.map(\.words)
            return Target(
                name: target.name, path: target.path ?? "Sources/\(target.name)",
                isTest: target.type == "test",
                targets: words.filter { $0.package == nil }.map(\.name),
                products: words.compactMap { word in
                    word.package.map { Product(name: word.name, package: $0) }
                })
        }
    }

    /// The package beside this one that a product is of.
    func neighbour(of product: Product) -> Neighbour? {
        neighbours.first {
            $0.name == product.package || $0.identity == product.package.lowercased()
        }
    }

    private struct Dump: Decodable {
        struct Dependency: Decodable {
            var fileSystem: [Place]?
        }
        struct Place: Decodable {
            var identity: String
            var path: String
            var nameForTargetDependencyResolutionOnly: String?
        }
        struct Target: Decodable {
            var name: String
            var type: String
            var path: String?
            var dependencies: [Reference]
        }
        var dependencies: [Dependency]
        var targets: [Target]
    }

    /// `{"product": ["Soroban", "Contracts", null, null]}`, `{"byName": ["Helper", null]}`.
    private struct Reference: Decodable {
        var name = ""
        var package: String?
        var words: (name: String, package: String?) { (name, package) }

        private struct Word: Decodable {
            var text: String?
            init(from decoder: any Decoder) throws {
                text = try? decoder.singleValueContainer().decode(String.self)
            }
        }

        init(from decoder: any Decoder) throws {
            let lists = try decoder.singleValueContainer().decode([String: [Word]].self)
            name = lists.values.first?.first?.text ?? ""
            package = lists["product"]?.dropFirst().first?.text
        }
    }
}
