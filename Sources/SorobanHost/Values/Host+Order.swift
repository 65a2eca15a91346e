// The total order of values: that of map keys, sorted vectors and `obj_cmp`. It is the order that
// their XDR forms have.
extension Host {
    /// Compares two values inside the host: negative, zero, positive.
    func order(_ a: Val, _ b: Val) throws(HostError) -> Int {
        if a == b { return 0 }
        if !a.isObject, !b.isObject { return orderSmall(a, b) }
        if a.isObject { try check(a) }
        if b.isObject { try check(b) }
        return try objectOrder(a, b)
    }

    /// Compares two values of which at least one is an object.
    func objectOrder(_ a: Val, _ b: Val) throws(HostError) -> Int {
        switch (a.isObject, b.isObject) {
        case (true, true): return try order(of: visit(a), visit(b))
        case (true, false): return try order(of: visit(a), small: b)
        case (false, true): return try -order(of: visit(b), small: a)
        case (false, false): throw .unexpectedObject
        }
    }

    private func orderSmall(_ a: Val, _ b: Val) -> Int {
        guard a.tag == b.tag, let tag = a.tag else {
            return (a.tag?.rawValue ?? .max) < (b.tag?.rawValue ?? .max) ? -1 : 1
        }
        switch tag {
        case .i32: return compare(Int32(bitPattern: a.major), Int32(bitPattern: b.major))
        case .i64Small, .i128Small, .i256Small: return compare(a.signedBody, b.signedBody)
        case .error: return compare((a.minor, a.major), (b.minor, b.major))
        case .symbolSmall: return SymbolText.order(a, b)
        default: return compare(a.body, b.body)
        }
    }

    private func order(of object: HostObject, small: Val) throws(HostError) -> Int {
        let result: (size: Int, order: Int)
        switch (object, small.tag) {
        case (.u64(let value), .u64Small): result = (8, compare(value, small.body))
        case (.i64(let value), .i64Small): result = (8, compare(value, small.signedBody))
        case (.timepoint(let value), .timepointSmall): result = (8, compare(value, small.body))
        case (.duration(let value), .durationSmall): result = (8, compare(value, small.body))
        case (.u128(let value), .u128Small): result = (16, compare(value, UInt128(small.body)))
        case (.i128(let value), .i128Small): result = (16, compare(value, Int128(small.signedBody)))
        case (.u256(let value), .u256Small): result = (32, compare(value, UInt256(small.body)))
        case (.i256(let value), .i256Small): result = (32, compare(value, Int256(small.signedBody)))
        case (.symbol(let text), .symbolSmall):
            let other = SymbolText.text(of: small)
            result = (min(text.count, other.count), lexicographicOrder(text, other))
        default:
            return compare(object.tag.scValRank, small.tag?.scValRank ?? .max)
        }
        try budget.compare(result.size)
        return result.order
    }

    private func order(of a: HostObject, _ b: HostObject) throws(HostError) -> Int {
        switch (a, b) {
        case (.vec(let a), .vec(let b)):
            try budget.enter()
            defer { budget.leave() }
            return try orderElements(a, b)
        case (.map(let a), .map(let b)):
            try budget.enter()
            defer { budget.leave() }
            return try orderEntries(a, b)
        default: break
        }
        guard let result = simpleOrder(a, b) else {
            return compare(a.tag.rawValue, b.tag.rawValue)
        }
        try budget.compare(result.size)
        return result.order
    }

    /// The order of two objects of one kind that have no values inside, and what comparing moves.
    private func simpleOrder(_ a: HostObject, _ b: HostObject) -> (size: Int, order: Int)? {
        switch (a, b) {
        case (.u64(let a), .u64(let b)), (.timepoint(let a), .timepoint(let b)),
            (.duration(let a), .duration(let b)):
            (8, compare(a, b))
        case (.i64(let a), .i64(let b)): (8, compare(a, b))
        case (.u128(let a), .u128(let b)): (16, compare(a, b))
        case (.i128(let a), .i128(let b)): (16, compare(a, b))
        case (.u256(let a), .u256(let b)): (32, compare(a, b))
        case (.i256(let a), .i256(let b)): (32, compare(a, b))
        case (.bytes(let a), .bytes(let b)), (.string(let a), .string(let b)),
            (.symbol(let a), .symbol(let b)), (.executableTag(let a), .executableTag(let b)):
            (min(a.count, b.count), lexicographicOrder(a, b))
        case (.address(let a), .address(let b)): (48, a.order(against: b))
        case (.muxedAddress(let a), .muxedAddress(let b)): (48, a.order(against: b))
        default: nil
        }
    }

    private func orderElements(_ a: [Val], _ b: [Val]) throws(HostError) -> Int {
        try budget.copy(8 * min(a.count, b.count))
        try budget.compare(8 * min(a.count, b.count))
        for (one, two) in zip(a, b) {
            let result = try order(one, two)
            if result != 0 { return result }
        }
        return compare(a.count, b.count)
    }

    private func orderEntries(_ a: HostMap, _ b: HostMap) throws(HostError) -> Int {
        try budget.copy(DeclaredSize.mapEntry * min(a.count, b.count))
        for (one, two) in zip(a.entries, b.entries) {
            let keys = try order(one.key, two.key)
            if keys != 0 { return keys }
            let values = try order(one.value, two.value)
            if values != 0 { return values }
        }
        return compare(a.count, b.count)
    }
}

func compare<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
    a == b ? 0 : a < b ? -1 : 1
}

private func compare(_ a: (UInt32, UInt32), _ b: (UInt32, UInt32)) -> Int {
    a == b ? 0 : a < b ? -1 : 1
}

extension Val.Tag {
    /// The number of the kind in XDR, `SCValType`: how values of different kinds are ordered when
    /// one is an object and one is small.
    var scValRank: Int {
        switch self {
        case .false, .true: 0
        case .void: 1
        case .error: 2
        case .u32: 3
        case .i32: 4
        case .u64Small, .u64Object: 5
        case .i64Small, .i64Object: 6
        case .timepointSmall, .timepointObject: 7
        case .durationSmall, .durationObject: 8
        case .u128Small, .u128Object: 9
        case .i128Small, .i128Object: 10
        case .u256Small, .u256Object: 11
        case .i256Small, .i256Object: 12
        case .bytesObject: 13
        case .stringObject: 14
        case .symbolSmall, .symbolObject: 15
        case .vecObject: 16
        case .mapObject: 17
        case .addressObject: 18
        case .muxedAddressObject: 18
        case .executableTagObject: 22
        }
    }
}
