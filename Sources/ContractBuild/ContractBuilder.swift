import Foundation

/// Compiles the contracts of a package, of which each is a product, and `Specifications` prints
/// their interfaces.
public struct ContractBuilder: Sendable {
    /// The folder of the package.
    private let package: String
    private let shell: Shell

    private static let triple = "wasm32-unknown-none-wasm"
    /// Tells the manifests for what they are read.
    private static let isForNetwork = "SOROBAN_NETWORK"

    /// - Parameters:
    ///   - package: the folder with `Package.swift`.
    ///   - environment: what the compilers find in theirs.
    public init(package: String, environment: [String: String]) {
        self.package = package
        shell = Shell(environment)
    }

    /// The interface of each contract, as the contracts themselves tell when they run here: with
    /// ever less documentation.
    public func specifications() throws(BuildFailure) -> [String: [[UInt8]]] {
        let build = [
            "swift", "build", "--package-path", package, "--scratch-path",
            "\(package)/.build-native", "--product", "Specifications",
        ]
        let native = [Self.isForNetwork: "0"]
        _ = try shell.output(of: build, native)
        let lines = try shell.output(of: ["\(package)/.build-native/debug/Specifications"])
        var specifications: [String: [[UInt8]]] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: " ")
            let sections = parts.dropFirst().compactMap(Self.bytes)
            guard !sections.isEmpty, sections.count == parts.count - 1 else {
                throw BuildFailure("cannot read the interface: \(line.prefix(60))")
            }
            specifications[String(parts[0])] = sections
        }
        return specifications
    }

    /// The contract's code, shrunk.
    ///
    /// - Throws: ``BuildFailure`` also if something is linked that no contract may have.
    public func optimised(_ name: String) throws(BuildFailure) -> [UInt8] {
        let linked = try shell.end(
            [
                "swift", "build", "--package-path", package, "-c", "release", "--triple",
                Self.triple, "--product", name,
            ], [Self.isForNetwork: "1"])
        guard linked.code == 0 else {
            guard let thing = Ingredients.missing(in: linked.output) else {
                throw BuildFailure("\(name) does not compile:\n\(linked.output)")
            }
            throw BuildFailure("\(name) uses \(thing): \(Ingredients.advice)\n\(linked.output)")
        }
        let folder = "\(package)/.build/\(Self.triple)/release"
        try Ingredients(of: ContractBuild.bytes(at: "\(folder)/\(name).wasm"), name).check(name)
        let output = "\(folder)/\(name).optimised.wasm"
        _ = try shell.output(
            of: ["wasm-opt"] + Self.shrinking + Self.features
                + ["\(folder)/\(name).wasm", "-o", output])
        return try ContractBuild.bytes(at: output)
    }

    /// Flattened first, so that arguments which nobody reads fall away; loops and branches are then
    /// made anew.
    private static let shrinking = [
        "--strip-debug", "--strip-producers", "--strip-target-features", "--flatten", "--dae",
        "--simplify-locals-notee-nostructure", "-Oz", "--flatten", "--dae", "--rereloop", "-Oz",
        "-Oz", "--converge",
    ]

    /// What the host accepts.
    private static let features = [
        "--mvp-features", "--enable-bulk-memory", "--enable-sign-ext", "--enable-mutable-globals",
    ]

    private static func bytes(_ digits: Substring) -> [UInt8]? {
        guard digits.utf8.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        var rest = digits[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
