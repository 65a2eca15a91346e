/// What the definitions say about each other: what a name stands for, how small a value can be,
/// and which types contain themselves.
struct Schema {
    let files: [Definitions.File]
    let definitions: [Definition]
    private let byName: [String: Definition]
    /// Types that contain themselves, through whatever.
    private let recursive: [String: Set<String>]
    /// Types that contain themselves other than through an array: they need a box.
    private let boxed: [String: Set<String>]

    init(_ input: Definitions) {
        files = input.files
        definitions = input.definitions
        let byName = Dictionary(uniqueKeysWithValues: definitions.map { ($0.name, $0) })
        self.byName = byName
        let named = definitions.filter { $0.kind != .const }
        recursive = Self.reached(in: named, throughArrays: true)
        boxed = Self.reached(in: named, throughArrays: false)
    }

    func definition(_ name: String) -> Definition? { byName[name] }

    /// What a name finally stands for: typedefs of other names, arrays and integers are looked
    /// through; what has a Swift type of its own is not.
    func resolve(_ type: TypeReference) -> TypeReference {
        guard case .reference(let name) = type, let target = byName[name],
            target.kind == .typedef, let aliased = target.type
        else { return type }
        switch aliased {
        case .fixedOpaque, .opaque, .string: return type
        default: return resolve(aliased)
        }
    }

    /// The fewest bytes of a value.
    func sizeMin(_ type: TypeReference) -> Int { sizeMin(type, within: []) }

    private func sizeMin(_ type: TypeReference, within names: Set<String>) -> Int {
        switch type {
        case .bool, .int, .unsignedInt, .opaque, .string, .list, .optional: return 4
        case .hyper, .unsignedHyper: return 8
        case .fixedOpaque(let size): return (size + 3) / 4 * 4
        case .array(let element, let count): return count * sizeMin(element, within: names)
        case .reference(let name):
            guard !names.contains(name), let definition = byName[name] else { return 0 }
            let inner = names.union([name])
            switch definition.kind {
            case .const: return 0
            case .enum: return 4
            case .typedef: return definition.type.map { sizeMin($0, within: inner) } ?? 0
            case .struct:
                return (definition.fields ?? []).reduce(0) { $0 + sizeMin($1.type, within: inner) }
            case .union:
                let arms = (definition.arms ?? []).map { arm in
                    arm.type.map { sizeMin($0, within: inner) } ?? 0
                }
                return 4 + (arms.min() ?? 0)
            }
        }
    }

    /// How many bytes a value takes in memory, roughly.
    func sizeInMemory(_ type: TypeReference) -> Int {
        switch resolve(type) {
        case .bool: return 1
        case .int, .unsignedInt: return 4
        case .hyper, .unsignedHyper, .fixedOpaque, .opaque, .string, .array, .list: return 8
        case .optional(let element): return sizeInMemory(element) + 1
        case .reference(let name):
            guard let definition = byName[name] else { return 0 }
            switch definition.kind {
            case .const, .enum: return 1
            case .typedef:
                if case .fixedOpaque(let size)? = definition.type { return size }
                return 8
            case .struct:
                return (definition.fields ?? []).reduce(0) { $0 + sizeInMemory($1.type) }
            case .union:
                let arms = (definition.arms ?? []).map { arm in
                    isIndirect(arm, of: definition) ? 8 : arm.type.map(sizeInMemory) ?? 0
                }
                return 1 + (arms.max() ?? 0)
            }
        }
    }

    /// Whether an arm's value lives in a box: it would contain itself, or make every value of the
    /// union large.
    func isIndirect(_ arm: Definition.Arm, of union: Definition) -> Bool {
        guard let type = arm.type else { return false }
        if isRecursive(type, in: union.name, by: boxed) { return true }
        return sizeInMemory(type) > 64
    }

    /// Whether `type`, used in the definition `name`, leads back to it.
    func isRecursive(_ type: TypeReference, in name: String) -> Bool {
        isRecursive(type, in: name, by: recursive)
    }

    /// Whether the definition contains itself.
    func isRecursive(_ name: String) -> Bool { recursive[name]?.contains(name) ?? false }

    /// How many levels of the reference's reader lie between a value and a part of it: optionals,
    /// arrays and typedefs.
    func levels(_ type: TypeReference) -> Int {
        switch type {
        case .optional(let element), .list(let element, _), .array(let element, _):
            return 1 + levels(element)
        case .reference(let name):
            guard let target = byName[name], target.kind == .typedef, let aliased = target.type
            else { return 0 }
            return 1 + levels(aliased)
        default: return 0
        }
    }

    private func isRecursive(
        _ type: TypeReference, in name: String, by table: [String: Set<String>]
    ) -> Bool {
        guard table[name]?.contains(name) == true else { return false }
        let names = Self.names(in: type, throughArrays: table == recursive)
        return names.contains { $0 == name || table[$0]?.contains(name) == true }
    }

    /// For each name, all names that a value of it may contain.
    private static func reached(
        in definitions: [Definition], throughArrays: Bool
    ) -> [String: Set<String>] {
        var direct: [String: Set<String>] = [:]
        for definition in definitions {
            let parts =
                (definition.fields ?? []).map(\.type) + (definition.arms ?? []).compactMap(\.type)
                + [definition.type].compactMap(\.self)
            direct[definition.name] = Set(
                parts.flatMap { names(in: $0, throughArrays: throughArrays) })
        }
        return Dictionary(
            uniqueKeysWithValues: direct.keys.map { name in
                var reached: Set<String> = []
                var waiting = Array(direct[name] ?? [])
                while let next = waiting.popLast() {
                    if reached.insert(next).inserted { waiting += direct[next] ?? [] }
                }
                return (name, reached)
            })
    }

    private static func names(in type: TypeReference, throughArrays: Bool) -> [String] {
        switch type {
        case .reference(let name): [name]
        case .optional(let element): names(in: element, throughArrays: throughArrays)
        case .array(let element, _), .list(let element, _):
            throughArrays ? names(in: element, throughArrays: true) : []
        default: []
        }
    }
}
