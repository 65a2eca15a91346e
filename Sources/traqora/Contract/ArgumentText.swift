import Stellar
import StellarXDR

extension ContractSpec {
    /// What `function` is given, of texts by the names of its parameters.
    ///
    /// An optional parameter may be left out.
    /// - Throws: ``ContractToolError``.
    func arguments(
        of function: String, _ given: [NamedText]
    ) throws(ContractToolError) -> [SCVal] {
        let inputs = try inputs(of: function, given)
        let names = inputs.map { "\($0.name)" }
        for text in given where !names.contains(text.name) {
            throw .unknown(text.name, known: names)
        }
        var values: [SCVal] = []
        for (input, name) in zip(inputs, names) {
            if let text = given.first(where: { $0.name == name })?.text {
                values.append(try value(text, as: input.type, of: name))
            } else if case .option = input.type {
                values.append(.void)
            } else {
                throw .missing(name, type: input.type.text)
            }
        }
        return values
    }

    /// The constructor may be missing: then it takes nothing.
    private func inputs(
        of name: String, _ given: [NamedText]
    ) throws(ContractToolError) -> [SCSpecFunctionInputV0] {
        if let function = function(SCSymbol(name)) { return function.inputs }
        guard name != Self.constructor else { return [] }
        throw .noFunction(name, known: functions.map { "\($0.name)" })
    }

    /// The function that runs when a contract is made.
    static let constructor = "__constructor"

    /// The value that `text` is: plain for what has a plain form, else XDR-JSON.
    private func value(
        _ text: String, as type: SCSpecTypeDef, of name: String
    ) throws(ContractToolError) -> SCVal {
        do throws(XDRJSONError) {
            guard let value = try plainValue(text, as: type) else {
                return try SCVal(json: JSONValue(parsing: Array(text.utf8)))
            }
            if case .bytesN(let bytes) = type, case .bytes(let found) = value,
                found.bytes.count != Int(bytes.n)
            {
                throw .expected("\(bytes.n) bytes", found: "\(found.bytes.count)")
            }
            return value
        } catch {
            throw .badValue(text, of: name, type: type.text, reason: "\(error)")
        }
    }

    private func plainValue(
        _ text: String, as type: SCSpecTypeDef
    ) throws(XDRJSONError) -> SCVal? {
        func value(_ kind: String, _ json: JSONValue) throws(XDRJSONError) -> SCVal {
            try SCVal(json: .object([JSONValue.Member(kind, json)]))
        }
        if case .string = type { return .string(SCString(text)) }
        // What stands in braces is XDR-JSON, whatever the type.
        guard !text.hasPrefix("{") else { return nil }
        switch type {
        case .bool:
            guard let bool = Bool(text) else { throw .expected("true or false", found: text) }
            return .bool(bool)
        case .u32, .i32: return try value(type.text, .number(text))
        case .u64, .i64, .timepoint, .duration, .u128, .i128, .u256, .i256, .symbol, .bytes:
            return try value(type.text, .string(text))
        case .bytesN: return try value("bytes", .string(text))
        case .address, .muxedAddress: return try value("address", .string(text))
        case .option(let option):
            return try text == "null" ? .void : plainValue(text, as: option.valueType)
        case .udt(let named) where enums.contains { $0.name == named.name }:
            return try value("u32", .number(text))
        default: return nil
        }
    }
}

extension SCSpecTypeDef {
    /// The type as it is written in an interface: `i128`, `vec<address>`.
    var text: String {
        switch self {
        case .option(let option): "option<\(option.valueType.text)>"
        case .result(let result): "result<\(result.okType.text), \(result.errorType.text)>"
        case .vec(let vector): "vec<\(vector.elementType.text)>"
        case .map(let map): "map<\(map.keyType.text), \(map.valueType.text)>"
        case .tuple(let tuple): "(\(tuple.valueTypes.map(\.text).joined(separator: ", ")))"
        case .bytesN(let bytes): "bytesN<\(bytes.n)>"
        case .udt(let named): "\(named.name)"
        // The other cases have no content: their names are the types'.
        default: "\(self)"
        }
    }
}

extension SCSpecFunctionV0 {
    /// The function as it is written in an interface.
    var signature: String {
        let parameters = inputs.map { "\($0.name): \($0.type.text)" }.joined(separator: ", ")
        return "\(name)(\(parameters))" + (outputs.first.map { " -> \($0.text)" } ?? "")
    }
}
