/// The protocol's types by name, read once from the generated table.
struct XDRSchema: Sendable {
    /// A type where it is used.
    indirect enum Shape: Sendable {
        case bool, u32, i32, u64, i64
        case fixedOpaque(Int)
        case opaque(max: Int)
        case string(max: Int)
        case named(Int)
        case optional(Shape)
        case list(Shape, max: Int)
        case array(Shape, count: Int)
    }

    /// A case of an enum or union.
    struct Case: Sendable {
        var name: String
        var value: Int32
        var shape: Shape?
    }

    /// What a name stands for.
    enum Body: Sendable {
        case alias(Shape)
        case structure([(name: String, shape: Shape)])
        case enumeration([Case])
        case union([Case])
        /// Written as people write it.
        case text(XDRTextForm)
    }

    /// A named type.
    struct Definition: Sendable {
        var name: String
        var body: Body
    }

    let definitions: [Definition]
    private let indices: [String: Int]

    static let shared = XDRSchema("\(XDRSchemaText.lines)")

    private init(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        var indices: [String: Int] = [:]
        for (index, words) in lines.enumerated() { indices[words[1]] = index }
        self.indices = indices
        definitions = lines.map { words in
            Definition(name: words[1], body: Self.body(words, indices))
        }
    }

    /// The number of a name; a Swift name that differs from the protocol's is understood too.
    func index(of name: String) -> Int? {
        if let index = indices[name] { return index }
        let others = ["StellarError": "Error", "Uint256": "uint256"]
        return others[name].flatMap { indices[$0] }
    }

    private static func body(_ words: [String], _ indices: [String: Int]) -> Body {
        if let form = XDRTextForm(rawValue: words[1]) { return .text(form) }
        let rest = words.dropFirst(2).map { $0 }
        switch words[0] {
        case "s":
            return .structure(
                stride(from: 0, to: rest.count - 1, by: 2).map { index in
                    (rest[index], shape(rest[index + 1][...], indices))
                })
        case "e":
            return .enumeration(
                stride(from: 0, to: rest.count - 1, by: 2).map { index in
                    Case(name: rest[index], value: Int32(rest[index + 1]) ?? 0)
                })
        case "u":
            return .union(
                stride(from: 0, to: rest.count - 2, by: 3).map { index in
                    let type = rest[index + 2]
                    return Case(
                        name: rest[index], value: Int32(rest[index + 1]) ?? 0,
                        shape: type == "-" ? nil : shape(type[...], indices))
                })
        default: return .alias(shape(rest[0][...], indices))
        }
    }

    private static func shape(_ token: Substring, _ indices: [String: Int]) -> Shape {
        let rest = token.dropFirst()
        switch token.first {
        case "@": return .named(indices[String(rest)] ?? 0)
        case "?": return .optional(shape(rest, indices))
        case "o": return .fixedOpaque(Int(rest) ?? 0)
        case "v": return .opaque(max: Int(rest) ?? .max)
        case "s": return .string(max: Int(rest) ?? .max)
        case "*", "[":
            let parts = rest.split(separator: ",", maxSplits: 1)
            let element = shape(parts.last ?? "", indices)
            let count = parts.count == 2 ? Int(parts[0]) ?? .max : .max
            return token.first == "*" ? .list(element, max: count) : .array(element, count: count)
        default:
            switch token {
            case "u32": return .u32
            case "i32": return .i32
            case "u64": return .u64
            case "i64": return .i64
            default: return .bool
            }
        }
    }
}

extension XDRSchema.Shape: CustomStringConvertible {
    /// What is expected, for messages.
    var description: String {
        switch self {
        case .bool: "true or false"
        case .u32, .i32: "a number of 32 bits"
        case .u64, .i64: "a number of 64 bits"
        case .fixedOpaque(let count): "a list of \(count) bytes"
        case .opaque: "hexadecimal digits"
        case .string: "text"
        case .named(let index): XDRSchema.shared.definitions[index].name
        case .optional(let element): "\(element) or null"
        case .list(let element, _): "a list of \(element)"
        case .array(let element, let count): "a list of \(count) \(element)"
        }
    }
}
