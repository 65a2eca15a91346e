// swift-tools-version: 6.2
import CompilerPluginSupport
import Foundation
import PackageDescription

// The contracts and their SDK: a package of its own, since it is compiled to wasm.
//
//     SOROBAN_NETWORK=1 swift build -c release --triple wasm32-unknown-none-wasm --product Token
//
// Without these the same sources are built for this machine, where they can print their interface
// (`Specifications`) and be tested.

/// `lib/swift/host` of the toolchain: swift-syntax as its compiler was built with.
let syntax: String = {
    let path = Context.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") {
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

/// Whether the contracts are built for the network (`make contracts`) or for this machine.
let isForNetwork = Context.environment["SOROBAN_NETWORK"] == "1"

/// What contracts are compiled and linked with, those of other packages too.
///
/// The WebAssembly features are exactly those that the host accepts. Measured: functions merged at
/// the price of a parameter, inlining beyond what is nearly a call, and several counters for one
/// loop make these contracts larger.
struct Flags: Decodable {
    var swift: [String]
    var linker: [String]
}

let flags = try JSONDecoder().decode(
    Flags.self,
    from: Data(contentsOf: URL(fileURLWithPath: "\(Context.packageDirectory)/network.json")))

let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let embedded: [SwiftSetting] = [
    .enableExperimentalFeature("Embedded"), .enableExperimentalFeature("Extern"),
    .unsafeFlags(flags.swift),
]

let link: [LinkerSetting] = [.unsafeFlags(flags.linker)]

let settings = isForNetwork ? common + embedded : common

/// The contracts, and what each uses beside the SDK. One whose folder is not there yet is left out.
let contracts: [(name: String, uses: [String])] = [
    ("Token", ["Common"]), ("Airline", ["Common"]), ("FlightRegistry", ["Common"]),
    ("Booking", ["Common", "FareRules"]), ("Refund", ["Common", "FareRules"]),
    ("Loyalty", ["Common"]), ("Governance", []),
    // What the tests of the SDK call; not shipped.
    ("Specimen", []), ("Tower", []), ("Coin", []),
].filter { FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/Sources/\($0.0)") }

/// For the network a program of its own; for this machine a module, whose interface
/// `Specifications` prints.
func targets(of name: String, using uses: [String]) -> [Target] {
    let dependencies = (["Soroban"] + uses).map { Target.Dependency(stringLiteral: $0) }
    return [
        isForNetwork
            ? .executableTarget(
                name: name, dependencies: dependencies, exclude: ["README.md"],
                swiftSettings: settings, linkerSettings: link)
            : .target(
                name: name, dependencies: dependencies, exclude: ["README.md"],
                swiftSettings: settings)
    ]
}

let package = Package(
    name: "Contracts",
    products: [.library(name: "Soroban", targets: ["Soroban"])],
    targets: [
        .macro(
            name: "SorobanMacros",
            swiftSettings: [.unsafeFlags(["-I", syntax])],
            linkerSettings: [
                .unsafeFlags(
                    ["-L", syntax, "-Xlinker", "-rpath", "-Xlinker", syntax]
                        + syntaxLibraries.map { "-l\($0)" })
            ]),
        .target(name: "Soroban", dependencies: ["SorobanMacros"], swiftSettings: settings),
        .target(name: "FareRules", swiftSettings: settings),
        .target(
            name: "Common", dependencies: ["Soroban"], exclude: ["README.md"],
            swiftSettings: settings),
    ] + contracts.flatMap(targets)
        + (isForNetwork
            ? []
            : [
                .executableTarget(
                    name: "Specifications",
                    dependencies: contracts.map { .init(stringLiteral: $0.name) } + ["Soroban"],
                    swiftSettings: settings),
                .testTarget(
                    name: "SorobanTests", dependencies: ["Soroban"], swiftSettings: settings),
            ])
)
