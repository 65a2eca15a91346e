internal import StellarXDR

// Structures and enums of contracts, made by the host itself. `costs.md` 3.11 of the reference.

extension Host {
    /// A case of an enum: a vector of its name and what it carries.
    func makeCase(_ name: StaticString, _ payload: Val...) throws(HostError) -> Val {
        let symbol = try makeSymbol(name.bytes)
        return try makeVec([symbol] + payload)
    }

    /// A vector of checked values.
    func makeVec(_ elements: [Val]) throws(HostError) -> Val {
        try budget.makeVector(of: DeclaredSize.val, count: elements.count)
        for element in elements { try check(element) }
        return try make(.vec(elements))
    }

    /// A structure; `fields` are in the order of their names.
    func makeStructure(_ fields: [(name: StaticString, value: Val)]) throws(HostError) -> Val {
        try budget.makeVector(of: DeclaredSize.mapEntry, count: fields.count)
        var entries: [HostMap.Entry] = []
        for field in fields {
            let name = try makeSymbol(field.name.bytes)
            try check(field.value)
            entries.append((name, field.value))
        }
        let map = try HostMap(
            entrySize: DeclaredSize.mapEntry, sorted: entries, budget: budget
        ) { (left, right) throws(HostError) in try self.order(left, right) }
        return try make(.map(map))
    }

    /// The fields of a structure, whose names are given in their order.
    /// - Throws: (Object, UnexpectedSize) for another number, (Object, InvalidInput) for other
    ///   names.
    func fields(of value: Val, _ names: [StaticString]) throws(HostError) -> [Val] {
        guard value.tag == .mapObject else { throw HostError(.value, .unexpectedType) }
        let map = try map(value)
        guard map.count == names.count else { throw HostError(.object, .unexpectedSize) }
        try budget.copy(8 * names.count)
        try map.chargeIteration(budget: budget)
        var values: [Val] = []
        for (index, name) in names.enumerated() {
            if index > 0 {
                try budget.compare(min(names[index - 1].bytes.count, name.bytes.count))
            }
            guard try isSymbol(map.entries[index].key, name) else {
                throw HostError(.object, .invalidInput)
            }
            values.append(map.entries[index].value)
        }
        return values
    }

    /// The position among `names` of the case that an enum's value is.
    /// - Throws: (Object, IndexBounds) for an empty vector, (Value, InvalidInput) for another case.
    func enumCase(of value: Val, _ names: [StaticString]) throws(HostError) -> Int {
        guard value.tag == .vecObject else { throw .unexpectedObject }
        for _ in 0..<2 { try budget.visitObject() }
        guard case .vec(let elements) = objects.object(of: value) else { throw .unexpectedObject }
        guard let name = elements.first else { throw HostError(.object, .indexBounds) }
        try budget.copy(8)
        try check(name)
        var found: Int?
        for (index, candidate) in names.enumerated() where try isSymbol(name, candidate) {
            found = index
        }
        guard let found else { throw .badValue }
        return found
    }

    /// What a case of an enum carries.
    /// - Throws: (Object, IndexBounds) when it carries nothing.
    func enumPayload(of value: Val) throws(HostError) -> Val {
        for _ in 0..<2 { try budget.visitObject() }
        guard case .vec(let elements) = objects.object(of: value), elements.count > 1 else {
            throw HostError(.object, .indexBounds)
        }
        try budget.copy(8)
        try check(elements[1])
        return elements[1]
    }

    /// Whether a value is the symbol `name`.
    func isSymbol(_ value: Val, _ name: StaticString) throws(HostError) -> Bool {
        let text: [UInt8]
        if value.tag == .symbolSmall {
            text = SymbolText.text(of: value)
        } else {
            guard value.tag == .symbolObject, case .symbol(let found) = try visit(value) else {
                throw .unexpectedObject
            }
            text = found
        }
        try budget.compare(min(text.count, name.bytes.count))
        return text == name.bytes
    }
}

extension StaticString {
    /// The text's bytes.
    var bytes: [UInt8] { Array(String(describing: self).utf8) }
}
