import Foundation

/// Turns WebAssembly text into a binary with wabt's `wat2wasm`.
public func wasm(_ text: String) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appendingPathComponent("module.wat")
    let target = folder.appendingPathComponent("module.wasm")
    try Data(text.utf8).write(to: source)
    try SystemCommand.run(["wat2wasm", "--no-check", source.path, "-o", target.path])
    return Array(try Data(contentsOf: target))
}
