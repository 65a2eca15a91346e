internal import Stellar
internal import StellarXDR

/// One type of a specification, whatever kind.
enum SpecType {
    case structure(SCSpecUDTStructV0)
    case union(SCSpecUDTUnionV0)
    case enumeration(SCSpecUDTEnumV0)
    case errors(SCSpecUDTErrorEnumV0)

    var name: XDRString {
        switch self {
        case .structure(let type): type.name
        case .union(let type): type.name
        case .enumeration(let type): type.name
        case .errors(let type): type.name
        }
    }

    /// What is in a value of it.
    var parts: [SCSpecTypeDef] {
        switch self {
        case .structure(let type): type.fields.map(\.type)
        case .union(let type): type.cases.flatMap(\.types)
        case .enumeration, .errors: []
        }
    }

    /// Whether it has no value at all, so that Swift cannot write it as an enum with numbers.
    private var isEmpty: Bool {
        switch self {
        case .structure: false
        case .union(let type): type.cases.isEmpty
        case .enumeration(let type): type.cases.isEmpty
        case .errors(let type): type.cases.isEmpty
        }
    }

    /// The types that a client has: of two with one name the first.
    static func all(of spec: ContractSpec) -> [SpecType] {
        var seen: Set<XDRString> = []
        let types =
            spec.structures.map(SpecType.structure) + spec.unions.map(SpecType.union)
            + spec.enums.map(SpecType.enumeration) + spec.errors.map(SpecType.errors)
        return types.filter { !$0.isEmpty && seen.insert($0.name).inserted }
    }
}

extension SCSpecUDTUnionCaseV0 {
    var name: XDRString {
        switch self {
        case .voidV0(let value): value.name
        case .tupleV0(let value): value.name
        }
    }

    /// What the case carries.
    var types: [SCSpecTypeDef] {
        switch self {
        case .voidV0: []
        case .tupleV0(let value): value.type
        }
    }
}

extension Array {
    /// The elements, of those with one key the first.
    func first<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
        var seen: Set<Key> = []
        return filter { seen.insert(key($0)).inserted }
    }
}
