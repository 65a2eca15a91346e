// Module m: maps, ordered by their keys.
extension Host {
    func mapNew() throws(HostError) -> Val {
        try make(.map(HostMap(entrySize: DeclaredSize.mapEntry)))
    }

    func mapPut(_ map: Val, _ key: Val, _ value: Val) throws(HostError) -> Val {
        var map = try self.map(map)
        try map.insert(value, for: key, budget: budget, order: keyOrder)
        return try make(.map(map))
    }

    func mapGet(_ map: Val, _ key: Val) throws(HostError) -> Val {
        guard let value = try self.map(map).get(key, budget: budget, order: keyOrder) else {
            throw HostError(.object, .missingValue)
        }
        return value
    }

    func mapDel(_ map: Val, _ key: Val) throws(HostError) -> Val {
        var map = try self.map(map)
        guard try map.remove(key, budget: budget, order: keyOrder) != nil else {
            throw HostError(.object, .missingValue)
        }
        return try make(.map(map))
    }

    func mapLen(_ map: Val) throws(HostError) -> UInt32 {
        UInt32(truncatingIfNeeded: try self.map(map).count)
    }

    func mapHas(_ map: Val, _ key: Val) throws(HostError) -> Bool {
        try self.map(map).has(key, budget: budget, order: keyOrder)
    }

    func mapKeyByPos(_ map: Val, _ position: UInt32) throws(HostError) -> Val {
        try entry(of: map, at: position).key
    }

    func mapValByPos(_ map: Val, _ position: UInt32) throws(HostError) -> Val {
        try entry(of: map, at: position).value
    }

    private func entry(of map: Val, at position: UInt32) throws(HostError) -> HostMap.Entry {
        guard let entry = try self.map(map).entry(at: Int(position), budget: budget) else {
            throw HostError(.object, .indexBounds)
        }
        return entry
    }

    func mapKeys(_ map: Val) throws(HostError) -> Val {
        let map = try self.map(map)
        try map.chargeIteration(budget: budget)
        return try newVec(map.entries.map(\.key))
    }

    func mapValues(_ map: Val) throws(HostError) -> Val {
        let map = try self.map(map)
        try map.chargeIteration(budget: budget)
        return try newVec(map.entries.map(\.value))
    }
}

// Between maps and linear memory: keys are texts there, values are words.
extension Host {
    func mapNewFromLinearMemory(
        _ keysPosition: UInt32, _ valuesPosition: UInt32, _ count: UInt32,
        memory: inout some LinearMemory
    ) throws(HostError) -> Val {
        let (keys, values) = try readEntries(keysPosition, valuesPosition, count, memory)
        for value in values { try check(value) }
        return try make(.map(hostMap(sorted: zip(keys, values).map { ($0, $1) })))
    }

    /// Like ``mapNewFromLinearMemory(_:_:_:memory:)``, but Void stands for no entry.
    func sparseMapNewFromLinearMemory(
        _ keysPosition: UInt32, _ valuesPosition: UInt32, _ count: UInt32,
        memory: inout some LinearMemory
    ) throws(HostError) -> Val {
        let (keys, values) = try readEntries(keysPosition, valuesPosition, count, memory)
        var entries: [HostMap.Entry] = []
        for index in keys.indices {
            if index > 0, try order(keys[index - 1], keys[index]) >= 0 {
                throw HostError(.object, .invalidInput)
            }
            try check(values[index])
            if values[index] != .void { entries.append((keys[index], values[index])) }
        }
        return try make(.map(hostMap(sorted: entries)))
    }

    private func readEntries(
        _ keysPosition: UInt32, _ valuesPosition: UInt32, _ count: UInt32,
        _ memory: some LinearMemory
    ) throws(HostError) -> (keys: [Val], values: [Val]) {
        try budget.makeVector(of: DeclaredSize.val, count: Int(count))
        var keys: [Val] = []
        for slice in try readSlices(count, at: keysPosition, memory) {
            let range = try memory.sliceRange(slice.position, count: slice.count)
            keys.append(try makeSymbol(memory.bytes(range)))
        }
        try budget.makeVector(of: DeclaredSize.val, count: Int(count))
        try budget.copy(Int(count) * 16)
        let values = try readValues(count, at: valuesPosition, memory)
        try budget.makeVector(of: DeclaredSize.mapEntry, count: Int(count))
        return (keys, values)
    }

    func mapUnpackToLinearMemory(
        _ map: Val, _ keysPosition: UInt32, _ valuesPosition: UInt32, _ count: UInt32,
        memory: inout some LinearMemory
    ) throws(HostError) {
        try chargeUnpacking(count)
        let map = try self.map(map)
        guard map.count == Int(count) else { throw HostError(.object, .unexpectedSize) }
        let names = try readSlices(count, at: keysPosition, memory)
        try map.chargeIteration(budget: budget)
        var last: [UInt8]?
        for (entry, slice) in zip(map.entries, names) {
            let name = try readName(slice, after: &last, memory)
            guard try symbol(entry.key, is: name) else { throw HostError(.object, .invalidInput) }
        }
        try writeValues(map.entries.map(\.value), at: valuesPosition, &memory)
    }

    /// Like ``mapUnpackToLinearMemory(_:_:_:_:memory:)``, but a name without an entry gets Void and
    /// an entry without a name is left out.
    func sparseMapUnpackToLinearMemory(
        _ map: Val, _ keysPosition: UInt32, _ valuesPosition: UInt32, _ count: UInt32,
        memory: inout some LinearMemory
    ) throws(HostError) {
        try chargeUnpacking(count)
        let map = try self.map(map)
        let names = try readSlices(count, at: keysPosition, memory)
        try map.chargeIteration(budget: budget)
        var last: [UInt8]?
        var values: [Val] = []
        var position = 0
        for slice in names {
            let name = try readName(slice, after: &last, memory)
            var value = Val.void
            while position < map.count {
                let order = try order(map.entries[position].key, text: name)
                if order > 0 { break }
                position += 1
                if order == 0 {
                    value = map.entries[position - 1].value
                    break
                }
            }
            values.append(value)
        }
        try writeValues(values, at: valuesPosition, &memory)
    }

    private func chargeUnpacking(_ count: UInt32) throws(HostError) {
        try budget.makeVector(of: DeclaredSize.val, count: Int(count))
        try budget.copy(Int(count) * DeclaredSize.val)
    }

    /// The next of names that must be in ascending order.
    private func readName(
        _ slice: (position: UInt32, count: Int), after last: inout [UInt8]?,
        _ memory: some LinearMemory
    ) throws(HostError) -> [UInt8] {
        let name = memory.bytes(try memory.sliceRange(slice.position, count: slice.count))
        if let last {
            try budget.compare(min(last.count, name.count))
            guard lexicographicOrder(last, name) < 0 else {
                throw HostError(.object, .invalidInput)
            }
        }
        last = name
        return name
    }
}
