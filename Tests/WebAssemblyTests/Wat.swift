import Foundation
import WebAssembly

/// Turns WebAssembly text into a binary with wabt's `wat2wasm`.
func wasm(_ text: String) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("module.wat")
    let target = folder.appendingPathComponent("module.wasm")
    try Data(text.utf8).write(to: source)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["wat2wasm", "--no-check", source.path, "-o", target.path]
    try process.run()
    process.waitUntilExit()
    return Array(try Data(contentsOf: target))
}

/// A module of WebAssembly text.
func module(_ text: String) throws -> WasmModule {
    try WasmModule(decoding: try wasm(text))
}

/// An embedder without functions.
var nobody: WasmEmbedder { WasmEmbedder(call: { _, _, _ in throw NoSuchImport() }) }

struct NoSuchImport: Error {}

/// Runs one export of a fresh instance with plenty of fuel.
func run(_ module: WasmModule, _ name: String, _ arguments: UInt64...) throws -> UInt64? {
    let instance = try WasmInstance(module)
    instance.fuel = 1_000_000_000
    return try instance.call(name, arguments, embedder: nobody)
}
