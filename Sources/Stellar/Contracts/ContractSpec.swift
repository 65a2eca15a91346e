public import StellarXDR

/// What a contract says about itself: its functions, types, errors and events. SEP-48.
public struct ContractSpec: Hashable, Sendable {
    /// Why there is no specification.
    public enum Failure: Error, Hashable, Sendable {
        /// The bytes are no wasm module.
        case notWasm
        /// The module has no `contractspecv0` section.
        case missing
        /// The section is not what it should be.
        case malformed(XDRError)
    }

    /// All that it says, in its order.
    public var entries: [SCSpecEntry]

    /// A specification of these entries.
    public init(entries: [SCSpecEntry]) {
        self.entries = entries
    }

    /// The specification in a contract's wasm.
    public init(wasm: [UInt8]) throws(Failure) {
        guard let section = WasmSections.contents(named: "contractspecv0", in: wasm) else {
            throw .notWasm
        }
        guard !section.isEmpty else { throw .missing }
        do { try self.init(section: section) } catch { throw .malformed(error) }
    }

    /// The specification in the content of the section: entries, one after the other.
    public init(section: [UInt8]) throws(XDRError) {
        entries = try [SCSpecEntry](concatenated: section)
    }

    /// The functions.
    public var functions: [SCSpecFunctionV0] {
        entries.compactMap { entry in
            guard case .functionV0(let function) = entry else { return nil }
            return function
        }
    }

    /// The function of this name.
    public func function(_ name: SCSymbol) -> SCSpecFunctionV0? {
        functions.first { $0.name == name }
    }

    /// The structures.
    public var structures: [SCSpecUDTStructV0] {
        entries.compactMap { entry in
            guard case .udtStructV0(let structure) = entry else { return nil }
            return structure
        }
    }

    /// The enums whose cases carry values.
    public var unions: [SCSpecUDTUnionV0] {
        entries.compactMap { entry in
            guard case .udtUnionV0(let union) = entry else { return nil }
            return union
        }
    }

    /// The enums whose cases are numbers.
    public var enums: [SCSpecUDTEnumV0] {
        entries.compactMap { entry in
            guard case .udtEnumV0(let value) = entry else { return nil }
            return value
        }
    }

    /// The errors.
    public var errors: [SCSpecUDTErrorEnumV0] {
        entries.compactMap { entry in
            guard case .udtErrorEnumV0(let error) = entry else { return nil }
            return error
        }
    }

    /// The events.
    public var events: [SCSpecEventV0] {
        entries.compactMap { entry in
            guard case .eventV0(let event) = entry else { return nil }
            return event
        }
    }

    /// What an error of the contract is called, and what it means.
    public func error(_ code: UInt32) -> SCSpecUDTErrorEnumCaseV0? {
        errors.lazy.flatMap(\.cases).first { $0.value == code }
    }
}

/// What a contract says about how it was made. SEP-46.
public struct ContractMeta: Hashable, Sendable {
    /// Names and values, in their order.
    public var entries: [SCMetaV0]

    /// The meta in a contract's wasm; none if it has no `contractmetav0` section.
    public init(wasm: [UInt8]) throws(ContractSpec.Failure) {
        guard let section = WasmSections.contents(named: "contractmetav0", in: wasm) else {
            throw .notWasm
        }
        do {
            entries = try [SCMetaEntry](concatenated: section).map { entry in
                switch entry {
                case .v0(let meta): meta
                }
            }
        } catch {
            throw .malformed(error)
        }
    }

    /// The value of a name.
    public subscript(name: String) -> String? {
        entries.first { $0.key == XDRString(name) }?.val.description
    }
}

extension Array where Element: XDRCodable {
    /// Values that follow each other without a count.
    init(concatenated bytes: [UInt8]) throws(XDRError) {
        var decoder = XDRDecoder(bytes)
        self = []
        while decoder.remaining > 0 { append(try Element(from: &decoder)) }
    }
}
