// swift-tools-version: 6.2
import PackageDescription

// Traqora's sources: the contract SDK, and the network that the test runs.
let traqora = Context.environment["TRAQORA_SOURCES"] ?? "../.."

let package = Package(
    name: "Counter",
    dependencies: [
        .package(path: "\(traqora)/Contracts"),
        .package(name: "Traqora", path: traqora),
    ],
    targets: [
        .target(
            name: "Counter",
            dependencies: [.product(name: "Soroban", package: "Contracts")]),
        .testTarget(
            name: "CounterTests",
            dependencies: [.product(name: "ContractTesting", package: "Traqora")]),
    ],
    swiftLanguageModes: [.v6]
)
