import Foundation

/// Runs the compilers.
struct Builder {
    /// The folder of the package.
    var package: String

    private static let triple = "wasm32-unknown-none-wasm"

    /// The interface of each contract, as the contracts themselves tell when they run here: with
    /// ever less documentation.
    func specifications() throws -> [String: [[UInt8]]] {
        let build = [
            "swift", "build", "--package-path", package, "--scratch-path",
            "\(package)/.build-native", "--product", "Specifications",
        ]
        let environment = ["SOROBAN_NATIVE": "1"]
        _ = try run(build, environment)
        let lines = try run(["\(package)/.build-native/debug/Specifications"])
        var specifications: [String: [[UInt8]]] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: " ")
            let sections = parts.dropFirst().compactMap(Self.bytes)
            guard !sections.isEmpty, sections.count == parts.count - 1 else {
                throw Failure("cannot read the interface: \(line.prefix(60))")
            }
            specifications[String(parts[0])] = sections
        }
        return specifications
    }

    /// The contract's code, shrunk.
    ///
    /// - Throws: ``Failure`` also if something is linked that ``Ingredients`` forbids.
    func optimised(_ name: String) throws -> [UInt8] {
        do {
            _ = try run([
                "swift", "build", "--package-path", package, "-c", "release", "--triple",
                Self.triple, "--product", name,
            ])
        } catch let failure as Failure {
            guard let thing = Ingredients.missing(in: failure.message) else { throw failure }
            throw Failure("\(name) uses \(thing):\n\(failure.message)")
        }
        let folder = "\(package)/.build/\(Self.triple)/release"
        try Ingredients(of: bytes(at: "\(folder)/\(name).wasm"), name).check(name)
        let output = "\(folder)/\(name).optimised.wasm"
        _ = try run(
            ["wasm-opt"] + Self.shrinking + Self.features
                + ["\(folder)/\(name).wasm", "-o", output])
        return try bytes(at: output)
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

    private func bytes(at path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    private func run(_ command: [String], _ environment: [String: String] = [:]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { _, new in new }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else {
            throw Failure("\(command.joined(separator: " ")) failed:\n\(text)")
        }
        return text
    }

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
