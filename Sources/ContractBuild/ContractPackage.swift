import Foundation

/// Somebody's package with contracts: targets that use `Soroban` and that no other target is made
/// of. A contract's struct is called as its target, with `Contract` behind.
///
/// It is an ordinary package: the flags and the linking that the network asks for are in another
/// one, below its `.build`, whose targets are links to its own.
public struct ContractPackage: Sendable {
    /// The folder with `Package.swift`.
    public let folder: String
    /// The names of the contracts.
    public let contracts: [String]
    /// The checkout whose SDK the contracts use.
    public let checkout: String
    private let sdk: Manifest.Neighbour
    private let targets: [Manifest.Target]
    private let neighbours: [Manifest.Neighbour]
    private let environment: [String: String]
    /// The compiler's own words.
    private let compiler: String

    private var inner: String { "\(folder)/.build/contract" }

    /// Reads the package and looks for the tools.
    /// - Throws: ``BuildFailure``.
    public init(at folder: String, environment: [String: String]) throws(BuildFailure) {
        let shell = Shell(environment)
        let compiler = try Toolchain(shell).version
        let manifest = try Manifest(at: folder, shell)
        let own = manifest.targets.filter { !$0.isTest }
        let used = Set(own.flatMap(\.targets))
        let contracts = own.filter { target in
            target.products.contains { $0.name == "Soroban" } && !used.contains(target.name)
        }
        guard let soroban = contracts.first?.products.first(where: { $0.name == "Soroban" }) else {
            throw BuildFailure(
                "\(folder)/Package.swift has no contract: a target that depends on "
                    + #".product(name: "Soroban", package: "Contracts")"#)
        }
        let targets = Self.parts(of: contracts, among: own)
        var neighbours: [Manifest.Neighbour] = []
        for product in targets.flatMap(\.products) {
            guard let neighbour = manifest.neighbour(of: product) else {
                throw BuildFailure(
                    "a contract can only use packages in folders of this machine: "
                        + "\(product.name) is of \(product.package)")
            }
            if !neighbours.contains(neighbour) { neighbours.append(neighbour) }
        }
        guard let sdk = manifest.neighbour(of: soroban) else {
            throw BuildFailure("\(folder)/Package.swift does not say where Soroban is")
        }
        self.folder = folder
        self.contracts = contracts.map(\.name)
        self.environment = environment
        self.compiler = compiler
        self.targets = targets
        self.neighbours = neighbours
        self.sdk = sdk
        checkout = URL(fileURLWithPath: sdk.path).deletingLastPathComponent().path
    }

    /// The targets that the contracts are made of, and they themselves.
    private static func parts(
        of contracts: [Manifest.Target], among own: [Manifest.Target]
    ) -> [Manifest.Target] {
        var names = Set(contracts.map(\.name))
        var waiting = contracts.flatMap(\.targets)
        while let name = waiting.popLast() {
            guard names.insert(name).inserted else { continue }
            waiting += own.first { $0.name == name }?.targets ?? []
        }
        return own.filter { names.contains($0.name) }
    }

    /// The wasm of each contract, as a network takes it.
    /// - Parameters:
    ///   - version: of the contracts (SEP-49).
    ///   - standards: the proposals they implement (SEP-47), as in `41,40`.
    ///   - bytesMax: what each may weigh; the documentation is left out as far as need be.
    /// - Throws: ``BuildFailure`` with what the compiler says, or what no contract may have.
    public func build(
        version: String, standards: String?, bytesMax: Int
    ) throws(BuildFailure) -> [(name: String, wasm: [UInt8])] {
        let host = try HostTable(checkout: checkout)
        try writeInner()
        let builder = ContractBuilder(package: inner, environment: environment)
        do throws(BuildFailure) {
            let specifications = try builder.specifications()
            var built: [(name: String, wasm: [UInt8])] = []
            for name in contracts {
                let assembly = ContractAssembly(
                    name: name, version: version, standards: standards, bytesMax: bytesMax)
                let wasm = try assembly.assemble(
                    builder.optimised(name), specifications[name] ?? [], for: host)
                built.append((name, wasm))
            }
            return built
        } catch {
            throw BuildFailure(inOuterWords(error.message))
        }
    }

    /// What the compilers say, of the files as their author knows them.
    private func inOuterWords(_ message: String) -> String {
        var message = message
        for target in targets {
            message = message.replacingOccurrences(
                of: "\(inner)/Sources/\(target.name)/", with: "\(folder)/\(target.path)/")
        }
        for name in contracts where message.contains("cannot find '\(name)Contract' in scope") {
            message +=
                "\nThe contract's struct must be called \(name)Contract, as its target \(name)."
        }
        return message
    }

    func writeInner() throws(BuildFailure) {
        let data = try bytes(at: "\(sdk.path)/network.json")
        guard let flags = try? JSONDecoder().decode(InnerManifest.Flags.self, from: Data(data))
        else { throw BuildFailure("\(sdk.path)/network.json cannot be read") }
        let manifest = InnerManifest(
            targets: targets, contracts: contracts, neighbours: neighbours, flags: flags)
        do {
            let files = FileManager.default
            let sources = "\(inner)/Sources"
            try forgetOlderMacros()
            try files.createDirectory(
                atPath: "\(sources)/Specifications", withIntermediateDirectories: true)
            for target in targets {
                let link = "\(sources)/\(target.name)"
                let place =
                    target.path.hasPrefix("/") ? target.path : "\(folder)/\(target.path)"
                guard (try? files.destinationOfSymbolicLink(atPath: link)) != place else {
                    continue
                }
                try? files.removeItem(atPath: link)
                try files.createSymbolicLink(atPath: link, withDestinationPath: place)
            }
            try write(manifest.text, to: "\(inner)/Package.swift")
            try write(manifest.specifications, to: "\(sources)/Specifications/main.swift")
        } catch {
            throw BuildFailure("\(inner) cannot be written: \(error)")
        }
    }

    /// SwiftPM does not compile again what another version of a macro wrote.
    private func forgetOlderMacros() throws {
        let files = FileManager.default
        let macros = "\(sdk.path)/Sources/SorobanMacros"
        let texts = try files.contentsOfDirectory(atPath: macros).sorted().map {
            try String(contentsOfFile: "\(macros)/\($0)", encoding: .utf8)
        }
        let version = ([compiler] + texts).joined(separator: "\n")
        let note = "\(inner)/macros"
        guard (try? String(contentsOfFile: note, encoding: .utf8)) != version else { return }
        for built in [".build", ".build-native"] {
            let folder = "\(inner)/\(built)"
            if files.fileExists(atPath: folder) { try files.removeItem(atPath: folder) }
        }
        try files.createDirectory(atPath: inner, withIntermediateDirectories: true)
        try version.write(toFile: note, atomically: true, encoding: .utf8)
    }

    /// What has not changed is not compiled again.
    private func write(_ text: String, to path: String) throws {
        guard (try? String(contentsOfFile: path, encoding: .utf8)) != text else { return }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
