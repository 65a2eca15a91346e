/// What protocol 28 switches on (CAP-83, CAP-85): in `xdr.json` it stands in `#ifdef` blocks of the
/// source text only, so `features.json` says it again as data.
struct Features: Decodable {
    var definitions: [Definition]
    var members: [Member]
    var arms: [Arm]

    struct Member: Decodable {
        var of: String
        var name: String
        var value: Int32
    }

    struct Arm: Decodable {
        var of: String
        var name: String
        var type: TypeReference
        var cases: [Definition.Case]
    }

    /// The definitions with the features switched on.
    func applied(to input: Definitions) -> Definitions {
        var result = input
        result.definitions += definitions
        for index in result.definitions.indices {
            let name = result.definitions[index].name
            for member in members where member.of == name {
                result.definitions[index].members?.append(
                    Definition.Member(name: member.name, value: member.value))
            }
            for arm in arms where arm.of == name {
                result.definitions[index].arms?.append(
                    Definition.Arm(cases: arm.cases, name: arm.name, type: arm.type))
            }
        }
        return result
    }
}
