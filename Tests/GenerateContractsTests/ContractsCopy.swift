import Foundation
import Support

/// A clean copy of what the contracts are built from, in another folder, gone at the end.
final class ContractsCopy {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("contracts-\(UUID().uuidString)")
        let parts = [
            "Contracts/Package.swift", "Contracts/network.json", "Contracts/Sources",
            "Contracts/Tests",
            "Contracts/contracts.lock.json", "Sources/FareRules",
            "Tools/GenerateHostInterface/host-functions.json",
        ]
        for part in parts {
            let target = folder.appendingPathComponent(part)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: Package.root.appendingPathComponent(part), to: target)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Puts another contract in Token's place.
    func replaceToken(with source: String) throws {
        let token = folder.appendingPathComponent("Contracts/Sources/Token")
        try FileManager.default.removeItem(at: token)
        try FileManager.default.createDirectory(at: token, withIntermediateDirectories: true)
        try source.write(
            to: token.appendingPathComponent("Token.swift"), atomically: true, encoding: .utf8)
        try "".write(
            to: token.appendingPathComponent("README.md"), atomically: true, encoding: .utf8)
    }
}
