/// The definitions as a table that XDR-JSON is read and written by: one line a type.
///
/// `s NAME FIELD TYPE…` a struct, `e NAME CASE NUMBER…` an enum, `u NAME CASE NUMBER TYPE…` a union
/// (`-` without a value), `t NAME TYPE` a typedef.
///
/// Types: `u32 i32 u64 i64 bool`, `o32` opaque of 32 bytes, `v64` of up to 64, `s28` text of up to
/// 28, `@NAME`, `?T` optional, `*12,T` up to 12, `[4,T` four.
struct SchemaText {
    let schema: Schema

    func lines() -> [String] {
        let table = schema.definitions.compactMap(line)
        return [
            "/// The protocol's types by their names: what `XDRSchema` reads.",
            "enum XDRSchemaText {",
            "    static let lines: StaticString = \"\"\"",
        ] + table + ["\"\"\"", "}"]
    }

    private func line(_ definition: Definition) -> String? {
        let name = definition.name
        switch definition.kind {
        case .const: return nil
        case .typedef:
            return definition.type.map { "t \(name) \(token($0))" }
        case .enum:
            let members = (definition.members ?? []).map { member in
                "\(caseName(member.name, of: definition)) \(member.value)"
            }
            return (["e \(name)"] + members).joined(separator: " ")
        case .struct:
            let fields = (definition.fields ?? []).map { field in
                "\(Names.snake(field.name).lowercased()) \(token(field.type))"
            }
            return (["s \(name)"] + fields).joined(separator: " ")
        case .union:
            let enumeration = Writer(schema).enumeration(of: definition)
            let arms = (definition.arms ?? []).flatMap { arm in
                arm.cases.map { value in
                    let word =
                        if let enumeration, let member = value.name {
                            caseName(member, of: enumeration)
                        } else {
                            "v\(value.value)"
                        }
                    return "\(word) \(value.value) \(arm.type.map(token) ?? "-")"
                }
            }
            return (["u \(name)"] + arms).joined(separator: " ")
        }
    }

    /// The spelling of SEP-51: only the prefix that the definitions state is cut.
    private func caseName(_ member: String, of enumeration: Definition) -> String {
        let rest = String(member.dropFirst((enumeration.memberPrefix ?? "").count))
        let word = Names.snake(rest).lowercased()
        return word.first?.isNumber == true ? "b" + word : word
    }

    private func token(_ type: TypeReference) -> String {
        switch type {
        case .bool: "bool"
        case .int: "i32"
        case .unsignedInt: "u32"
        case .hyper: "i64"
        case .unsignedHyper: "u64"
        case .fixedOpaque(let size): "o\(size)"
        case .opaque(let max): "v\(max.map(String.init) ?? "")"
        case .string(let max): "s\(max.map(String.init) ?? "")"
        case .reference(let name): "@\(name)"
        case .optional(let element): "?\(token(element))"
        case .list(let element, let max): "*\(max.map { "\($0)," } ?? "")\(token(element))"
        case .array(let element, let count): "[\(count),\(token(element))"
        }
    }
}
