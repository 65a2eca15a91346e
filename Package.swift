// swift-tools-version: 6.2
import CompilerPluginSupport
import Foundation
import PackageDescription

// One table of what exists and who may import whom; `Tests/HouseTests` compares the sources with it.

/// C libraries of the distribution, each seen by one module of ours.
let libraries: [Target] = [
    .systemLibrary(
        name: "CMicroHTTPD", path: "Libraries/CMicroHTTPD", pkgConfig: "libmicrohttpd",
        providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(
        name: "CCurl", path: "Libraries/CCurl", pkgConfig: "libcurl",
        providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(
        name: "CSodium", path: "Libraries/CSodium", pkgConfig: "libsodium",
        providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(
        name: "CCrypto", path: "Libraries/CCrypto", pkgConfig: "libcrypto",
        providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
        name: "CSecp256k1", path: "Libraries/CSecp256k1", pkgConfig: "libsecp256k1",
        providers: [.apt(["libsecp256k1-dev"])]),
    .systemLibrary(
        name: "CSQLite", path: "Libraries/CSQLite", pkgConfig: "sqlite3",
        providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
        name: "CYAML", path: "Libraries/CYAML", pkgConfig: "yaml-0.1",
        providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(
        name: "CPostgreSQL", path: "Libraries/CPostgreSQL", pkgConfig: "libpq",
        providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
        // Its pkg-config file has a flag that SwiftPM warns of.
        name: "CHiredis", path: "Libraries/CHiredis",
        providers: [.apt(["libhiredis-dev"])]),
    .systemLibrary(
        name: "COpenSSL", path: "Libraries/COpenSSL", pkgConfig: "openssl",
        providers: [.apt(["libssl-dev"])]),
]

/// A module of ours: its dependencies, and whether it is optimised even in debug builds (the
/// interpreter and the codec are exercised by millions of steps in the tests).
struct Module {
    var name: String
    var dependencies: [String]
    /// Contracts, or their SDK, compiled for this machine.
    var contracts: [String] = []
    var isHot = false
    /// Whether debug builds alone, in which every test runs, look for accesses that overlap.
    var trustsAccesses = false
    /// Whether releases inline its code into the modules that use it.
    var isInlined = false
    var hasMemorySafety = false
    /// Options of the code generator.
    var llvmFlags: [String] = []
}

/// A jump at the end of each of the interpreter's cases, instead of one that all share and that
/// the processor cannot predict; `Docs/internals/webassembly.md` has the figures.
let threadedSwitch = [
    "-tail-dup-pred-size=100000", "-tail-dup-succ-size=100000", "-enable-tail-merge=false",
    "-sink-common-insts=false",
]

let modules: [Module] = [
    Module(
        name: "StellarXDR", dependencies: [], isHot: true, isInlined: true, hasMemorySafety: true),
    Module(
        name: "WebAssembly", dependencies: [], isHot: true, hasMemorySafety: true,
        llvmFlags: threadedSwitch),
    Module(name: "FareRules", dependencies: []),
    Module(
        name: "Cryptography", dependencies: ["CSodium", "CCrypto", "CSecp256k1"],
        trustsAccesses: true),
    Module(name: "Telemetry", dependencies: []),
    Module(name: "HTTP", dependencies: ["Telemetry", "CMicroHTTPD", "CCurl"]),
    Module(name: "Database", dependencies: ["Telemetry", "CSQLite", "CPostgreSQL"]),
    Module(name: "Cache", dependencies: ["Telemetry", "CHiredis", "COpenSSL"]),
    Module(name: "Travel", dependencies: ["FareRules"]),
    Module(name: "Stellar", dependencies: ["StellarXDR", "Cryptography", "HTTP"]),
    Module(name: "ContractBindings", dependencies: ["Stellar"]),
    Module(
        name: "SorobanHost", dependencies: ["WebAssembly", "StellarXDR", "Cryptography"],
        isHot: true, hasMemorySafety: true),
    Module(name: "SorobanNative", dependencies: ["SorobanHost"], contracts: ["Soroban"]),
    Module(
        name: "StellarSandbox", dependencies: ["SorobanHost", "Stellar", "HTTP", "Database"],
        trustsAccesses: true),
    Module(name: "ContractBuild", dependencies: ["StellarXDR", "WebAssembly"]),
    Module(name: "ContractTesting", dependencies: ["StellarSandbox"]),
    Module(name: "TraqoraContracts", dependencies: ["Stellar"]),
    Module(name: "TraqoraAPI", dependencies: ["Travel", "HTTP"]),
    Module(name: "FlightSupply", dependencies: ["Travel", "TraqoraContracts", "HTTP"]),
    Module(
        name: "TraqoraServer",
        dependencies: ["FlightSupply", "TraqoraAPI", "TraqoraContracts", "Database", "Cache"]),
    Module(name: "Deployment", dependencies: ["Travel", "TraqoraContracts", "CYAML"]),
]

/// The contracts, and what each uses. `Contracts/Package.swift` compiles the same folders for the
/// network; here they are compiled for this machine, so that tests can run, debug and measure them.
let contracts: [(name: String, uses: [String])] = [
    ("Common", []), ("Token", ["Common"]), ("Airline", ["Common"]), ("FlightRegistry", ["Common"]),
    ("Booking", ["Common", "FareRules"]), ("Refund", ["Common", "FareRules"]),
    ("Loyalty", ["Common"]), ("Governance", []), ("Specimen", []), ("Tower", []),
    ("Coin", []),
]

/// `lib/swift/host` of the toolchain: swift-syntax as its compiler was built with, for the macros of
/// the contracts' SDK.
let syntax: String = {
    for folder in Context.environment["PATH", default: ""].split(separator: ":") {
        let compiler = URL(fileURLWithPath: "\(folder)/swiftc").resolvingSymlinksInPath()
        let library = compiler.deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("lib/swift/host").path
        if FileManager.default.fileExists(atPath: library + "/SwiftSyntax.swiftmodule") {
            return library
        }
    }
    return "lib/swift/host"
}()

let syntaxLibraries = [
    "SwiftSyntax", "SwiftSyntaxMacros", "SwiftSyntaxBuilder", "SwiftSyntaxMacroExpansion",
    "SwiftDiagnostics", "SwiftParser", "SwiftParserDiagnostics", "SwiftOperators",
    "SwiftBasicFormat", "SwiftCompilerPluginMessageHandling",
]

/// As `Contracts/Package.swift` has it.
let contractSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let contractTargets: [Target] =
    [
        .macro(
            name: "SorobanMacros", path: "Contracts/Sources/SorobanMacros",
            swiftSettings: [.unsafeFlags(["-I", syntax])],
            linkerSettings: [
                .unsafeFlags(
                    ["-L", syntax, "-Xlinker", "-rpath", "-Xlinker", syntax]
                        + syntaxLibraries.map { "-l\($0)" })
            ]),
        .target(
            name: "Soroban", dependencies: ["SorobanMacros"], path: "Contracts/Sources/Soroban",
            swiftSettings: contractSettings),
    ]
    + contracts.map { contract in
        .target(
            name: contract.name,
            dependencies: (["Soroban"] + contract.uses).map { .byName(name: $0) },
            path: "Contracts/Sources/\(contract.name)", exclude: ["README.md"],
            swiftSettings: contractSettings)
    }

/// Programs: the product itself, the generators that `make generate` runs, the benchmarks.
let programs: [Module] = [
    Module(
        name: "traqora",
        dependencies: [
            "StellarSandbox", "TraqoraServer", "Deployment", "ContractBindings", "ContractBuild",
        ]),
    Module(name: "GenerateXDR", dependencies: ["Cryptography"]),
    Module(name: "GenerateHostInterface", dependencies: ["Cryptography"]),
    Module(name: "GenerateInterpreter", dependencies: []),
    Module(name: "GenerateContracts", dependencies: ["ContractBuild", "Cryptography"]),
    Module(name: "GenerateContractClients", dependencies: ["ContractBindings"]),
    Module(name: "GenerateAPIDescriptions", dependencies: []),
    Module(name: "EmbedResources", dependencies: ["Cryptography"]),
    Module(name: "Benchmarks", dependencies: ["StellarSandbox", "TraqoraServer", "Support"]),
]

/// What each may reach: its dependencies and theirs.
func closure(of names: [String]) -> Set<String> {
    var reached: Set<String> = []
    var waiting = names
    while let name = waiting.popLast() {
        guard reached.insert(name).inserted else { continue }
        waiting += (modules + programs).first { $0.name == name }?.dependencies ?? []
    }
    return reached
}

func settings(of module: Module) -> [SwiftSetting] {
    var settings: [SwiftSetting] = [
        .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
    if module.hasMemorySafety { settings.append(.strictMemorySafety()) }
    if !module.llvmFlags.isEmpty {
        settings.append(.unsafeFlags(module.llvmFlags.flatMap { ["-Xllvm", $0] }))
    }
    if module.isHot { settings.append(.unsafeFlags(["-O"], .when(configuration: .debug))) }
    if module.isHot || module.trustsAccesses {
        // Looking again at every access of a release costs 5 % of a transfer.
        settings.append(
            .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)))
    }
    if module.isInlined {
        settings.append(
            .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)))
    }
    return settings
}

func dependencies(of module: Module) -> [Target.Dependency] {
    closure(of: module.dependencies).sorted()
        .filter { name in modules.contains { $0.name == name } || module.dependencies.contains(name)
        }
        .map { .byName(name: $0) } + module.contracts.map { .byName(name: $0) }
}

let folders = [
    "traqora": "Sources/traqora", "Benchmarks": "Benchmarks",
    "SorobanTests": "Contracts/Tests/SorobanTests",
]

/// What lies beside sources and is none: inputs of the generators, scripts that tests run.
let inputs = [
    "GenerateHostInterface": ["host-functions.json"],
    "GenerateXDR": ["xdr.json", "features.json"],
    "EndToEndTests": ["Python"],
    "ContractTests": ["Previous"],
    "WebAssemblyTests": ["Crashes"],
    "StellarXDRTests": ["Crashes"],
]

/// Tests mirror the modules; `Support` is what several of them share.
let tests: [Module] =
    modules.map { module in
        Module(
            name: "\(module.name)Tests", dependencies: [module.name], contracts: module.contracts)
    } + [
        Module(name: "SorobanTests", dependencies: ["SorobanNative"], contracts: ["Soroban"]),
        Module(name: "GenerateXDRTests", dependencies: ["GenerateXDR"]),
        Module(name: "GenerateInterpreterTests", dependencies: ["GenerateInterpreter"]),
        Module(
            name: "ContractTests", dependencies: ["SorobanNative", "TraqoraContracts"],
            contracts: contracts.map(\.name)),
        Module(name: "GenerateContractsTests", dependencies: ["GenerateContracts"]),
        Module(name: "GenerateContractClientsTests", dependencies: ["GenerateContractClients"]),
        Module(name: "GenerateAPIDescriptionsTests", dependencies: ["GenerateAPIDescriptions"]),
        Module(name: "HouseTests", dependencies: []),
        Module(name: "EndToEndTests", dependencies: ["traqora"]),
    ]

/// `TRAQORA_ONLY=Stellar,HTTP swift test` builds and tests those modules alone: an inner loop of
/// seconds while the rest of the house is out of sight.
let only = Context.environment["TRAQORA_ONLY"]?.split(separator: ",").map(String.init)
var wanted: Set<String> =
    if let only, let names = Optional(Set(only.map { "\($0)Tests" })) {
        closure(of: only + tests.filter { names.contains($0.name) }.flatMap(\.dependencies))
            .union(names)
    } else {
        Set((modules + programs + tests).map(\.name))
    }

if wanted.contains("SorobanNative") { wanted.insert("FareRules") }

/// The program, and what other packages may use: an SDK for the ledger, a network, and both for the
/// tests of contracts.
let products: [(targets: [String], product: Product)] = [
    (["traqora"], .executable(name: "traqora", targets: ["traqora"])),
    (["Stellar", "StellarXDR"], .library(name: "Stellar", targets: ["Stellar", "StellarXDR"])),
    (["StellarSandbox"], .library(name: "StellarSandbox", targets: ["StellarSandbox"])),
    (
        ["ContractTesting", "Stellar", "StellarXDR"],
        .library(name: "ContractTesting", targets: ["ContractTesting", "Stellar", "StellarXDR"])
    ),
]

let package = Package(
    name: "Traqora",
    products: products.filter { $0.targets.allSatisfy(wanted.contains) }.map(\.product),
    targets: libraries + (wanted.contains("SorobanNative") ? contractTargets : [])
        + modules.filter { wanted.contains($0.name) }.map { module in
            .target(
                name: module.name, dependencies: dependencies(of: module),
                path: "Sources/\(module.name)", packageAccess: true,
                swiftSettings: settings(of: module))
        }
        + programs.filter { wanted.contains($0.name) }.map { module in
            .executableTarget(
                name: module.name, dependencies: dependencies(of: module),
                path: folders[module.name] ?? "Tools/\(module.name)",
                exclude: inputs[module.name] ?? [],
                swiftSettings: settings(of: module))
        }
        + [
            .target(
                name: "Support", path: "Tests/Support",
                swiftSettings: settings(of: Module(name: "Support", dependencies: [])))
        ]
        + tests.filter { wanted.contains($0.name) }.map { module in
            .testTarget(
                name: module.name,
                dependencies: dependencies(of: module) + [.byName(name: "Support")],
                path: folders[module.name] ?? "Tests/\(module.name)",
                exclude: inputs[module.name] ?? [],
                swiftSettings: settings(of: module))
        }
)
