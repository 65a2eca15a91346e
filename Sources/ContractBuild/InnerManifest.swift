/// The package that compiles somebody's contracts for the network, and lets them tell their
/// interfaces here.
struct InnerManifest {
    /// What contracts are compiled and linked with: the SDK's `network.json`.
    struct Flags: Decodable {
        var swift: [String]
        var linker: [String]
    }

    let targets: [Manifest.Target]
    let contracts: [String]
    let neighbours: [Manifest.Neighbour]
    let flags: Flags

    /// Its `Package.swift`.
    var text: String {
        """
        // swift-tools-version: 6.2
        // Written by traqora contract build; what is here is overwritten.
        import PackageDescription

        let isForNetwork = Context.environment["SOROBAN_NETWORK"] == "1"
        let swift: [SwiftSetting] = isForNetwork ? [
            .enableExperimentalFeature("Embedded"), .enableExperimentalFeature("Extern"),
            .unsafeFlags(\(Self.list(flags.swift))),
        ] : []
        let linker: [LinkerSetting] = [.unsafeFlags(\(Self.list(flags.linker)))]

        let package = Package(
            name: "contract",
            dependencies: [\(neighbours.map(Self.package).joined(separator: ", "))],
            targets: [
        \(targets.map { "        " + target($0) }.joined(separator: "\n"))
            ] + (isForNetwork ? [] : [
                .executableTarget(
                    name: "Specifications",
                    dependencies: [\(interfaces)])
            ]),
            swiftLanguageModes: [.v6])

        """
    }

    /// The program that prints the interfaces.
    var specifications: String {
        """
        // Written by traqora contract build; what is here is overwritten.
        import Soroban
        \(contracts.map { "@testable import \($0)" }.joined(separator: "\n"))

        let contracts: [(String, any ContractDefinition.Type)] = [
        \(contracts.map { "    (\"\($0)\", \($0)Contract.self)," }.joined(separator: "\n"))
        ]
        for (name, contract) in contracts {
            let sections = DocumentationLevel.allCases.map { level in
                contract.specification(level).bytes.map { byte in
                    let digits = String(byte, radix: 16)
                    return byte < 16 ? "0" + digits : digits
                }.joined()
            }
            print(name, sections.joined(separator: " "))
        }

        """
    }

    private var interfaces: String {
        let soroban = targets.flatMap(\.products).first { $0.name == "Soroban" }
        return (contracts.map { "\"\($0)\"" } + [soroban].compactMap { $0 }.map(Self.product))
            .joined(separator: ", ")
    }

    private func target(_ target: Manifest.Target) -> String {
        let dependencies =
            (target.targets.map { "\"\($0)\"" } + target.products.map(Self.product))
            .joined(separator: ", ")
        let rest = "name: \"\(target.name)\", dependencies: [\(dependencies)]"
        guard contracts.contains(target.name) else {
            return ".target(\(rest), swiftSettings: swift),"
        }
        return "isForNetwork ? .executableTarget(\(rest), swiftSettings: swift, "
            + "linkerSettings: linker) : .target(\(rest)),"
    }

    private static func product(_ product: Manifest.Product) -> String {
        ".product(name: \"\(product.name)\", package: \"\(product.package)\")"
    }

    private static func package(_ neighbour: Manifest.Neighbour) -> String {
        let name = neighbour.name.map { "name: \(quoted($0)), " } ?? ""
        return ".package(\(name)path: \(quoted(neighbour.path)))"
    }

    private static func list(_ words: [String]) -> String {
        "[\(words.map(quoted).joined(separator: ", "))]"
    }

    /// A literal of Swift.
    private static func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}
