import Support
import WebAssembly

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
