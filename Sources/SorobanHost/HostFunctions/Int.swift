// Module i: numbers that do not fit a word, in pieces and back. What makes an object of a number
// makes one even where the number would fit the word.
extension Host {
    func objFromU64(_ number: UInt64) throws(HostError) -> Val { try make(.u64(number)) }

    func objToU64(_ object: Val) throws(HostError) -> UInt64 {
        guard case .u64(let number) = try visit(object) else { throw .unexpectedObject }
        try budget.copy(8)
        return number
    }

    func objFromI64(_ number: Int64) throws(HostError) -> Val { try make(.i64(number)) }

    func objToI64(_ object: Val) throws(HostError) -> Int64 {
        guard case .i64(let number) = try visit(object) else { throw .unexpectedObject }
        try budget.copy(8)
        return number
    }

    func timepointObjFromU64(_ seconds: UInt64) throws(HostError) -> Val {
        try make(.timepoint(seconds))
    }

    func timepointObjToU64(_ object: Val) throws(HostError) -> UInt64 {
        guard case .timepoint(let seconds) = try visit(object) else { throw .unexpectedObject }
        try budget.copy(8)
        return seconds
    }

    func durationObjFromU64(_ seconds: UInt64) throws(HostError) -> Val {
        try make(.duration(seconds))
    }

    func durationObjToU64(_ object: Val) throws(HostError) -> UInt64 {
        guard case .duration(let seconds) = try visit(object) else { throw .unexpectedObject }
        try budget.copy(8)
        return seconds
    }

    func objFromU128Pieces(_ high: UInt64, _ low: UInt64) throws(HostError) -> Val {
        try make(.u128(UInt128(high) << 64 | UInt128(low)))
    }

    func objToU128Lo64(_ object: Val) throws(HostError) -> UInt64 {
        UInt64(truncatingIfNeeded: try u128Object(object))
    }

    func objToU128Hi64(_ object: Val) throws(HostError) -> UInt64 {
        UInt64(truncatingIfNeeded: try u128Object(object) >> 64)
    }

    private func u128Object(_ object: Val) throws(HostError) -> UInt128 {
        guard case .u128(let number) = try visit(object) else { throw .unexpectedObject }
        return number
    }

    func objFromI128Pieces(_ high: Int64, _ low: UInt64) throws(HostError) -> Val {
        try make(.i128(Int128(high) << 64 | Int128(low)))
    }

    func objToI128Lo64(_ object: Val) throws(HostError) -> UInt64 {
        UInt64(truncatingIfNeeded: try i128Object(object))
    }

    func objToI128Hi64(_ object: Val) throws(HostError) -> Int64 {
        Int64(truncatingIfNeeded: try i128Object(object) >> 64)
    }

    private func i128Object(_ object: Val) throws(HostError) -> Int128 {
        guard case .i128(let number) = try visit(object) else { throw .unexpectedObject }
        return number
    }

    func objFromU256Pieces(
        _ highHigh: UInt64, _ highLow: UInt64, _ lowHigh: UInt64, _ lowLow: UInt64
    ) throws(HostError) -> Val {
        try make(.u256(UInt256(words: (highHigh, highLow, lowHigh, lowLow))))
    }

    func objToU256HiHi(_ object: Val) throws(HostError) -> UInt64 { try u256Words(object).0 }

    func objToU256HiLo(_ object: Val) throws(HostError) -> UInt64 { try u256Words(object).1 }

    func objToU256LoHi(_ object: Val) throws(HostError) -> UInt64 { try u256Words(object).2 }

    func objToU256LoLo(_ object: Val) throws(HostError) -> UInt64 { try u256Words(object).3 }

    private func u256Words(_ object: Val) throws(HostError) -> (UInt64, UInt64, UInt64, UInt64) {
        guard case .u256(let number) = try visit(object) else { throw .unexpectedObject }
        return number.words
    }

    func objFromI256Pieces(
        _ highHigh: Int64, _ highLow: UInt64, _ lowHigh: UInt64, _ lowLow: UInt64
    ) throws(HostError) -> Val {
        let bits = UInt256(words: (UInt64(bitPattern: highHigh), highLow, lowHigh, lowLow))
        return try make(.i256(Int256(bits: bits)))
    }

    func objToI256HiHi(_ object: Val) throws(HostError) -> Int64 {
        Int64(bitPattern: try i256Words(object).0)
    }

    func objToI256HiLo(_ object: Val) throws(HostError) -> UInt64 { try i256Words(object).1 }

    func objToI256LoHi(_ object: Val) throws(HostError) -> UInt64 { try i256Words(object).2 }

    func objToI256LoLo(_ object: Val) throws(HostError) -> UInt64 { try i256Words(object).3 }

    private func i256Words(_ object: Val) throws(HostError) -> (UInt64, UInt64, UInt64, UInt64) {
        guard case .i256(let number) = try visit(object) else { throw .unexpectedObject }
        return number.bits.words
    }

    func u256ValFromBeBytes(_ bytes: Val) throws(HostError) -> Val {
        try makeU256(UInt256(bigEndian: fixedBytes(bytes, count: 32)))
    }

    func u256ValToBeBytes(_ number: Val) throws(HostError) -> Val {
        let value = number.isObject ? try u256Object(number) : UInt256(number.body)
        try budget.copyBytes(32)
        return try make(.bytes(value.bigEndianBytes))
    }

    private func u256Object(_ object: Val) throws(HostError) -> UInt256 {
        guard case .u256(let number) = try visit(object) else { throw .unexpectedObject }
        return number
    }

    func i256ValFromBeBytes(_ bytes: Val) throws(HostError) -> Val {
        try makeI256(Int256(bits: UInt256(bigEndian: fixedBytes(bytes, count: 32))))
    }

    func i256ValToBeBytes(_ number: Val) throws(HostError) -> Val {
        let value = number.isObject ? try i256Object(number) : Int256(number.signedBody)
        try budget.copyBytes(32)
        return try make(.bytes(value.bits.bigEndianBytes))
    }

    private func i256Object(_ object: Val) throws(HostError) -> Int256 {
        guard case .i256(let number) = try visit(object) else { throw .unexpectedObject }
        return number
    }
}
