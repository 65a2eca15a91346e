import Foundation

/// What a contract is built with, looked for before it is needed, so that what is missing has a
/// name.
struct Toolchain {
    /// The compiler's own words, as in `Swift version 6.3.1`.
    let version: String

    private struct TargetInfo: Decodable {
        struct Paths: Decodable { var runtimeResourcePath: String }
        var compilerVersion: String
        var paths: Paths
    }

    /// - Throws: ``BuildFailure`` with what is missing, and where it comes from.
    init(_ shell: Shell) throws(BuildFailure) {
        let ending = try shell.end(["swiftc", "-print-target-info"], isQuiet: true)
        guard ending.code == 0,
            let info = try? JSONDecoder().decode(
                TargetInfo.self, from: Data(ending.output.utf8))
        else {
            throw BuildFailure("there is no swiftc on the path: \(Self.advice)")
        }
        version = info.compilerVersion
        let folder = info.paths.runtimeResourcePath
        let parts = [
            ("embedded/Swift.swiftmodule/wasm32-unknown-none-wasm.swiftmodule", "WebAssembly"),
            ("host/SwiftSyntax.swiftmodule", "macros"),
        ]
        for (file, purpose) in parts
        where !FileManager.default.fileExists(atPath: "\(folder)/\(file)") {
            throw BuildFailure(
                "the toolchain (\(version)) has nothing for \(purpose), \(folder)/\(file): "
                    + Self.advice)
        }
        guard try shell.end(["wasm-opt", "--version"], isQuiet: true).code == 0 else {
            throw BuildFailure(
                "there is no wasm-opt on the path: install binaryen (apt-get install binaryen)")
        }
    }

    private static let advice =
        "install Swift 6.3 from https://www.swift.org/install; a distribution's own may lack parts"
}
