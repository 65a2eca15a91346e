import Foundation
import Support
import Testing

@testable import ContractBuild

/// Packages of others, as far as they are read before anything is compiled.
@Suite struct ContractPackageTests {
    private let environment = ProcessInfo.processInfo.environment
    private let soroban = #".product(name: "Soroban", package: "Contracts")"#

    @Test func `what uses the SDK and is used by nobody is a contract`() throws {
        try withPackage(
            targets: """
                .target(name: "Prices"),
                .target(name: "Shared", dependencies: [\(soroban), "Prices"], path: "Common"),
                .target(name: "Shop", dependencies: [\(soroban), "Shared"]),
                .target(name: "Bank", dependencies: [.target(name: "Shared"), \(soroban)]),
                .target(name: "Page", dependencies: ["Prices"]),
                .testTarget(name: "ShopTests", dependencies: ["Shop", \(soroban)])
                """
        ) { folder in
            let package = try ContractPackage(at: folder.path, environment: environment)
            #expect(package.contracts == ["Shop", "Bank"])
            #expect(package.checkout == Package.root.path)

            try package.writeInner()
            let inner = folder.appendingPathComponent(".build/contract")
            let shared = inner.appendingPathComponent("Sources/Shared").path
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: shared)
                    == folder.appendingPathComponent("Common").path)
            let shell = Shell(environment.merging(["SOROBAN_NETWORK": "1"]) { $1 })
            let network = try Manifest(at: inner.path, shell)
            #expect(network.targets.map(\.name) == ["Prices", "Shared", "Shop", "Bank"])
            let native = try Manifest(at: inner.path, Shell(environment))
            #expect(native.targets.last?.name == "Specifications")
            #expect(native.targets.last?.targets == ["Shop", "Bank"])
        }
    }

    @Test func `what an older macro wrote is compiled again`() throws {
        try withPackage(targets: #".target(name: "Shop", dependencies: [\#(soroban)])"#) { folder in
            let package = try ContractPackage(at: folder.path, environment: environment)
            try package.writeInner()
            let inner = folder.appendingPathComponent(".build/contract")
            let built = inner.appendingPathComponent(".build")
            try FileManager.default.createDirectory(
                at: built, withIntermediateDirectories: true)
            try package.writeInner()
            #expect(FileManager.default.fileExists(atPath: built.path))
            try Data("older".utf8).write(to: inner.appendingPathComponent("macros"))
            try package.writeInner()
            #expect(!FileManager.default.fileExists(atPath: built.path))
        }
    }

    @Test func `a package of the net is refused by name`() throws {
        try withPackage(
            dependencies: #".package(url: "https://example.org/net.git", from: "1.0.0")"#,
            targets: """
                .target(
                    name: "Shop",
                    dependencies: [\(soroban), .product(name: "Net", package: "net")])
                """
        ) { folder in
            let failure = #expect(throws: BuildFailure.self) {
                try ContractPackage(at: folder.path, environment: environment)
            }
            #expect(failure?.message.hasSuffix("Net is of net") == true)
        }
    }

    private func withPackage(
        dependencies: String? = nil, targets: String, _ body: (URL) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("traqora-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let sdk = Package.root.appendingPathComponent("Contracts").path
        let packages = [".package(path: \"\(sdk)\")"] + [dependencies].compactMap { $0 }
        let manifest = """
            // swift-tools-version: 6.2
            import PackageDescription
            let package = Package(
                name: "Shops", dependencies: [\(packages.joined(separator: ", "))],
                targets: [\(targets)])
            """
        try manifest.write(
            to: folder.appendingPathComponent("Package.swift"), atomically: true, encoding: .utf8)
        try body(folder)
    }
}
