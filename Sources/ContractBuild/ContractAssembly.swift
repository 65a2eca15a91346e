import StellarXDR
import WebAssembly

/// Makes of code what a network takes: adds the three sections that network and tools read, and
/// checks the result.
public struct ContractAssembly: Sendable {
    /// What the contract is called in messages.
    public var name: String
    /// What the section `contractmetav0` says, in this order.
    public var metadata: [(key: String, value: String)]
    /// What it may weigh in bytes, all sections included.
    public var bytesMax: Int

    /// - Parameters:
    ///   - version: of the contract (SEP-49).
    ///   - standards: the proposals it implements (SEP-47), as in `41,40`.
    public init(name: String, version: String, standards: String?, bytesMax: Int) {
        self.name = name
        metadata = [("binver", version), ("lang", "swift")]
        if let standards { metadata.append(("sep", standards)) }
        self.bytesMax = bytesMax
    }

    /// The code with its sections, with the first of the interface descriptions with which it is
    /// light enough.
    /// - Throws: ``BuildFailure`` if it is too heavy with each, or nothing that the host takes.
    public func assemble(
        _ code: [UInt8], _ descriptions: [[UInt8]], for host: HostTable
    ) throws(BuildFailure) -> [UInt8] {
        let wasm = try completed(code, descriptions, for: host)
        try ContractCheck(wasm, host).run(name)
        return wasm
    }

    func completed(
        _ code: [UInt8], _ descriptions: [[UInt8]], for host: HostTable
    ) throws(BuildFailure) -> [UInt8] {
        var size = 0
        for description in descriptions {
            let wasm = try completed(code, description, for: host)
            if wasm.count <= bytesMax { return wasm }
            size = wasm.count
        }
        throw BuildFailure(
            "\(name) has \(size) bytes, even without documentation; \(bytesMax) are allowed")
    }

    private func completed(
        _ code: [UInt8], _ specification: [UInt8], for host: HostTable
    ) throws(BuildFailure) -> [UInt8] {
        let module: WasmModule
        do throws(WasmError) {
            module = try WasmModule(decoding: code)
        } catch {
            throw BuildFailure("\(name) is no module that the host accepts: \(error)")
        }
        let version = SCEnvMetaEntry.interfaceVersion(
            SCEnvMetaEntryInterfaceVersion(
                protocol: host.protocolNeeded(by: module), preRelease: 0))
        do {
            return code + Self.section("contractenvmetav0", try version.xdr())
                + Self.section("contractspecv0", specification)
                + Self.section("contractmetav0", try metadataSection())
        } catch {
            throw BuildFailure("what is to be said of \(name) cannot be written: \(error)")
        }
    }

    private func metadataSection() throws -> [UInt8] {
        try metadata.flatMap { key, value in
            try SCMetaEntry.v0(SCMetaV0(key: XDRString(key), val: XDRString(value))).xdr()
        }
    }

    /// A custom section: 0, its length, its name, its contents.
    private static func section(_ name: String, _ contents: [UInt8]) -> [UInt8] {
        let body = length(name.utf8.count) + Array(name.utf8) + contents
        return [0] + length(body.count) + body
    }

    /// LEB 128, as few bytes as will do.
    private static func length(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = count
        repeat {
            let low = UInt8(rest & 0x7f)
            rest >>= 7
            bytes.append(rest == 0 ? low : low | 0x80)
        } while rest != 0
        return bytes
    }
}
