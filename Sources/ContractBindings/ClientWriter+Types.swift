internal import Stellar
internal import StellarXDR

extension ClientWriter {
    /// The Swift of a contract's type, as a parameter or in another type.
    ///
    /// What has no Swift type is passed on as it is: a type that the specification only names, one
    /// that would hold itself, a result that is kept.
    func type(_ type: SCSpecTypeDef, within owner: XDRString? = nil) -> String {
        switch type {
        case .bool: "Bool"
        case .void: "NoValue"
        case .u32: "UInt32"
        case .i32: "Int32"
        case .u64: "UInt64"
        case .i64: "Int64"
        case .u128: "UInt128"
        case .i128: "Int128"
        case .bytes: "SCBytes"
        case .string: "String"
        case .symbol: "SCSymbol"
        case .address, .muxedAddress: "SCAddress"
        case .option(let option): "\(self.type(option.valueType, within: owner))?"
        // A list is kept elsewhere, so it may hold what it is in.
        case .vec(let vector): "[\(self.type(vector.elementType))]"
        case .map(let map): "[\(self.type(map.keyType)): \(self.type(map.valueType))]"
        case .tuple(let tuple): self.tuple(tuple, within: owner)
        case .bytesN(let bytes): bytes.n == 32 ? "Hash" : "ContractBytes<\(bytes.n)>"
        case .udt(let named): self.named(named.name, within: owner)
        case .timepoint: "ContractTimepoint"
        case .duration: "ContractDuration"
        case .u256: "UInt256Parts"
        case .i256: "Int256Parts"
        case .error: "SCError"
        case .val, .result: "SCVal"
        }
    }

    /// The Swift of what a function returns: of a result what is there if it went well, since a
    /// call that did not go well returns nothing.
    func result(_ type: SCSpecTypeDef) -> String {
        if case .result(let result) = type { return self.type(result.okType) }
        return self.type(type)
    }

    private func tuple(_ tuple: SCSpecTypeTuple, within owner: XDRString?) -> String {
        if tuple.valueTypes.isEmpty { return "NoValue" }
        let types = tuple.valueTypes.map { type($0, within: owner) }
        return "ContractTuple<\(types.joined(separator: ", "))>"
    }

    private func named(_ name: XDRString, within owner: XDRString?) -> String {
        guard let type = typeNames[name] else { return "SCVal" }
        if let owner, holds(name, owner) { return "SCVal" }
        return type
    }

    /// Whether a value of type `name` has one of type `target` in it, not in a list.
    private func holds(_ name: XDRString, _ target: XDRString) -> Bool {
        var seen: Set<XDRString> = []
        var waiting = [name]
        while let next = waiting.popLast() {
            if next == target { return true }
            guard seen.insert(next).inserted else { continue }
            waiting += (parts[next] ?? []).flatMap(Self.direct)
        }
        return false
    }

    /// The named types in a type, but those in lists.
    private static func direct(_ type: SCSpecTypeDef) -> [XDRString] {
        switch type {
        case .udt(let named): [named.name]
        case .option(let option): direct(option.valueType)
        case .tuple(let tuple): tuple.valueTypes.flatMap(direct)
        default: []
        }
    }
}
