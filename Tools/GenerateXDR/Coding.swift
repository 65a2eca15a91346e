/// The Swift of a type where it is used: its name, and how it is read and written.
struct Coding {
    let schema: Schema

    /// The Swift type.
    func swiftType(_ type: TypeReference) -> String {
        switch type {
        case .reference(let name): Names.type(name)
        case .bool: "Bool"
        case .int: "Int32"
        case .unsignedInt: "UInt32"
        case .hyper: "Int64"
        case .unsignedHyper: "UInt64"
        case .fixedOpaque, .opaque: "[UInt8]"
        case .string: "XDRString"
        case .array(let element, _), .list(let element, _): "[\(swiftType(element))]"
        case .optional(let element): "\(swiftType(element))?"
        }
    }

    /// An expression that reads a value from `decoder`.
    func decoding(_ type: TypeReference) -> String {
        switch schema.resolve(type) {
        case .reference(let name): return "try \(Names.type(name))(from: &decoder)"
        case .bool: return "try decoder.bool()"
        case .int: return "try decoder.int32()"
        case .unsignedInt: return "try decoder.uint32()"
        case .hyper: return "try decoder.int64()"
        case .unsignedHyper: return "try decoder.uint64()"
        case .fixedOpaque(let size): return "try decoder.opaque(count: \(size))"
        case .opaque(let max): return "try decoder.opaque(\(limit(max)))"
        case .string(let max): return "try decoder.string(\(limit(max)))"
        case .array(let element, let count):
            return "try decoder.array(of: \(swiftType(element)).self, count: \(count))"
        case .list(let element, let max):
            let bound = max.map { ", max: \($0)" } ?? ""
            return "try decoder.array(of: \(swiftType(element)).self\(bound))"
        case .optional(let element):
            return "try decoder.bool() ? \(decoding(element)) : nil"
        }
    }

    /// Statements that write the value of the expression `value` to `encoder`.
    func encoding(_ type: TypeReference, _ value: String) -> [String] {
        switch schema.resolve(type) {
        case .reference: return ["try \(value).encode(into: &encoder)"]
        case .bool: return ["encoder.bool(\(value))"]
        case .int: return ["encoder.int32(\(value))"]
        case .unsignedInt: return ["encoder.uint32(\(value))"]
        case .hyper: return ["encoder.int64(\(value))"]
        case .unsignedHyper: return ["encoder.uint64(\(value))"]
        case .fixedOpaque(let size): return ["try encoder.opaque(\(value), count: \(size))"]
        case .opaque(let max): return ["try encoder.opaque(\(value)\(comma(max)))"]
        case .string(let max): return ["try encoder.string(\(value)\(comma(max)))"]
        case .array(_, let count): return ["try encoder.array(\(value), count: \(count))"]
        case .list(_, let max): return ["try encoder.array(\(value)\(comma(max)))"]
        case .optional(let element):
            return ["encoder.bool(\(value) != nil)", "if let some = \(value) {"]
                + encoding(element, "some").map { "    " + $0 } + ["}"]
        }
    }

    private func limit(_ max: Int?) -> String { max.map { "max: \($0)" } ?? "" }
    private func comma(_ max: Int?) -> String { max.map { ", max: \($0)" } ?? "" }
}
