internal import StellarXDR

extension SCVal {
    /// Whether the ledger puts this key of a map before the other: by type, then by value.
    func precedes(_ other: SCVal) -> Bool { order(other) < 0 }

    /// Less than 0, 0, or more, as this comes before, with or after the other.
    private func order(_ other: SCVal) -> Int {
        switch (self, other) {
        case (.bool(let a), .bool(let b)): Self.order(a ? 1 : 0, b ? 1 : 0)
        case (.u32(let a), .u32(let b)): Self.order(a, b)
        case (.i32(let a), .i32(let b)): Self.order(a, b)
        case (.u64(let a), .u64(let b)), (.timepoint(let a), .timepoint(let b)),
            (.duration(let a), .duration(let b)):
            Self.order(a, b)
        case (.i64(let a), .i64(let b)): Self.order(a, b)
        case (.u128(let a), .u128(let b)): Self.order(a.value, b.value)
        case (.i128(let a), .i128(let b)): Self.order(a.value, b.value)
        case (.u256(let a), .u256(let b)):
            Self.order([a.hiHi, a.hiLo, a.loHi, a.loLo], [b.hiHi, b.hiLo, b.loHi, b.loLo])
        case (.i256(let a), .i256(let b)):
            a.hiHi == b.hiHi
                ? Self.order([a.hiLo, a.loHi, a.loLo], [b.hiLo, b.loHi, b.loLo])
                : Self.order(a.hiHi, b.hiHi)
        case (.bytes(let a), .bytes(let b)): Self.order(a.bytes, b.bytes)
        case (.string(let a), .string(let b)): Self.order(a.bytes, b.bytes)
        case (.symbol(let a), .symbol(let b)): Self.order(a.bytes, b.bytes)
        case (.vec(let a?), .vec(let b?)): Self.order(a, b) { $0.order($1) }
        case (.map(let a?), .map(let b?)):
            Self.order(a, b) { one, other in
                let keys = one.key.order(other.key)
                return keys == 0 ? one.val.order(other.val) : keys
            }
        default: byCode(other)
        }
    }

    /// The order of what is of different types, or whose bytes on the wire have the ledger's order,
    /// as those of addresses and errors do: numbers without a sign and bytes of fixed length.
    private func byCode(_ other: SCVal) -> Int {
        let types = Self.order(discriminant.rawValue, other.discriminant.rawValue)
        guard types == 0 else { return types }
        return Self.order((try? xdr()) ?? [], (try? other.xdr()) ?? [])
    }

    private static func order<Value: Comparable>(_ a: Value, _ b: Value) -> Int {
        a < b ? -1 : (a == b ? 0 : 1)
    }

    private static func order<Value: Comparable>(_ a: [Value], _ b: [Value]) -> Int {
        order(a, b) { order($0, $1) }
    }

    private static func order<Value>(
        _ a: [Value], _ b: [Value], by compare: (Value, Value) -> Int
    ) -> Int {
        for (one, other) in zip(a, b) {
            let result = compare(one, other)
            if result != 0 { return result }
        }
        return order(a.count, b.count)
    }
}
