// Compiled together with Sources/WebAssembly by Tools/Fuzz/run; no part of the package.

/// Decodes the input and, if it is a module, runs what it exports: whatever it is, this returns.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let module = try? WasmModule(decoding: bytes), (module.initialMemoryPages ?? 0) < 99,
        let instance = try? WasmInstance(module)
    else { return 0 }
    for export in module.exports {
        guard case .function(let type) = export.kind else { continue }
        instance.fuel = 20_000
        let arguments = type.parameters.indices.map { UInt64($0) << 8 | 6 }
        _ = try? instance.call(
            export.name, arguments,
            embedder: WasmEmbedder(
                call: { _, _, _ in 2 },
                allocate: { if $0 > 1 << 20 { throw TooMuch() } }))
    }
    return 0
}

private struct TooMuch: Error {}
