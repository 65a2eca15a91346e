public import StellarXDR

/// Why a value of a contract is not what its interface says.
public struct ContractValueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field, or the value as a whole.
    public let place: String
    /// What it should be.
    public let expected: String

    init(_ place: String, expected: String) {
        self.place = place
        self.expected = expected
    }

    /// A sentence.
    public var description: String { "`\(place)` of a contract's value is no \(expected)" }
}

extension SCVal {
    /// A struct of a contract: a map with its fields as symbols, in the order of their names.
    public static func fields(_ fields: [(SCSymbol, SCVal)]) -> SCVal {
        let entries = fields.sorted { $0.0 < $1.0 }.map {
            SCMapEntry(key: .symbol($0.0), val: $0.1)
        }
        return .map(entries)
    }
}

/// The fields of a contract's struct, read by name.
struct ContractFields {
    private var values: [SCSymbol: SCVal] = [:]

    init(_ value: SCVal) throws(ContractValueError) {
        guard case .map(let map?) = value else {
            throw ContractValueError("value", expected: "struct")
        }
        for entry in map {
            guard case .symbol(let name) = entry.key else {
                throw ContractValueError("value", expected: "struct")
            }
            values[name] = entry.val
        }
    }

    func u32(_ name: SCSymbol) throws(ContractValueError) -> UInt32 {
        guard case .u32(let value) = values[name] else {
            throw ContractValueError(name.description, expected: "u32")
        }
        return value
    }

    func u64(_ name: SCSymbol) throws(ContractValueError) -> UInt64 {
        guard case .u64(let value) = values[name] else {
            throw ContractValueError(name.description, expected: "u64")
        }
        return value
    }

    func i128(_ name: SCSymbol) throws(ContractValueError) -> Int128 {
        guard case .i128(let value) = values[name] else {
            throw ContractValueError(name.description, expected: "i128")
        }
        return value.value
    }

    func address(_ name: SCSymbol) throws(ContractValueError) -> SCAddress {
        guard case .address(let value) = values[name] else {
            throw ContractValueError(name.description, expected: "address")
        }
        return value
    }

    func bytes(_ name: SCSymbol) throws(ContractValueError) -> [UInt8] {
        guard case .bytes(let value) = values[name] else {
            throw ContractValueError(name.description, expected: "bytes")
        }
        return value.bytes
    }

    func symbol(_ name: SCSymbol) throws(ContractValueError) -> String {
        guard case .symbol(let value) = values[name] else {
            throw ContractValueError(name.description, expected: "symbol")
        }
        return value.description
    }
}
