/// The table of host functions, as `host-functions.json` has it.
struct HostInterface: Decodable {
    /// A group of functions under one letter.
    struct Module: Decodable {
        /// The name for people, as in `context`.
        var name: String
        /// The name that a contract imports from, as in `x`.
        var export: String
        var functions: [Function]
    }

    struct Function: Decodable {
        /// The name that a contract imports, as in `3`.
        var export: String
        /// The name for people, as in `get_ledger_sequence`.
        var name: String
        var args: [Argument]
        /// The type of the result, as in `U32Val`.
        var result: String
        /// The first protocol that has it, if it was not always there.
        var minProtocol: Int?
        /// The last protocol that has it, if it is gone.
        var maxProtocol: Int?
        var docs: String?

        enum CodingKeys: String, CodingKey {
            case export, name, args, docs
            case result = "return"
            case minProtocol = "min_supported_protocol"
            case maxProtocol = "max_supported_protocol"
        }
    }

    struct Argument: Decodable {
        var name: String
        var type: String
    }

    var modules: [Module]
}

extension HostInterface.Function {
    /// The name as Swift spells it: `vec_new` is `vecNew`.
    var swiftName: String {
        let words = name.split(separator: "_")
        return words.enumerated().map { index, word in
            index == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
        }.joined()
    }

    /// Whether it reads or writes the memory of the contract that calls it.
    var usesLinearMemory: Bool { name.contains("linear_memory") }
}
