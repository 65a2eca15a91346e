// Module i: arithmetic on 256 bits. An answer that does not fit is (Object, ArithDomain); the
// checked forms answer Void instead.
extension Host {
    private func u256(
        _ cost: CostType, _ a: Val, _ b: Val, _ operation: (UInt256, UInt256) -> UInt256?
    ) throws(HostError) -> UInt256? {
        try budget.charge(cost)
        let left = try u256(a)
        return operation(left, try u256(b))
    }

    private func u256(
        _ cost: CostType, _ a: Val, _ operation: (UInt256) -> UInt256?
    ) throws(HostError) -> UInt256? {
        try budget.charge(cost)
        return operation(try u256(a))
    }

    private func i256(
        _ cost: CostType, _ a: Val, _ b: Val, _ operation: (Int256, Int256) -> Int256?
    ) throws(HostError) -> Int256? {
        try budget.charge(cost)
        let left = try i256(a)
        return operation(left, try i256(b))
    }

    private func i256(
        _ cost: CostType, _ a: Val, _ operation: (Int256) -> Int256?
    ) throws(HostError) -> Int256? {
        try budget.charge(cost)
        return operation(try i256(a))
    }

    private func require(_ result: UInt256?) throws(HostError) -> Val {
        guard let result else { throw .noAnswer }
        return try makeU256(result)
    }

    private func require(_ result: Int256?) throws(HostError) -> Val {
        guard let result else { throw .noAnswer }
        return try makeI256(result)
    }

    private func orVoid(_ result: UInt256?) throws(HostError) -> Val {
        guard let result else { return .void }
        return try makeU256(result)
    }

    private func orVoid(_ result: Int256?) throws(HostError) -> Val {
        guard let result else { return .void }
        return try makeI256(result)
    }
}

extension HostError {
    static let noAnswer = HostError(.object, .arithDomain)
}

extension Host {
    func u256Add(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(u256(.int256AddSub, a, b) { $0.adding($1) })
    }

    func u256CheckedAdd(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try orVoid(u256(.int256AddSub, a, b) { $0.adding($1) })
    }

    func u256Sub(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(u256(.int256AddSub, a, b) { $0.subtracting($1) })
    }

    func u256CheckedSub(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try orVoid(u256(.int256AddSub, a, b) { $0.subtracting($1) })
    }

    func u256Mul(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(u256(.int256Mul, a, b) { $0.multiplied(by: $1) })
    }

    func u256CheckedMul(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try orVoid(u256(.int256Mul, a, b) { $0.multiplied(by: $1) })
    }

    func u256Div(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(u256(.int256Div, a, b) { $0.divided(by: $1) })
    }

    func u256RemEuclid(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(u256(.int256Div, a, b) { $0.remainderEuclidean($1) })
    }

    func u256Pow(_ a: Val, _ b: UInt32) throws(HostError) -> Val {
        try require(u256(.int256Pow, a) { $0.raised(to: b) })
    }

    func u256CheckedPow(_ a: Val, _ b: UInt32) throws(HostError) -> Val {
        try orVoid(u256(.int256Pow, a) { $0.raised(to: b) })
    }

    func u256Shl(_ a: Val, _ b: UInt32) throws(HostError) -> Val {
        try require(u256(.int256Shift, a) { $0.shifted(left: b) })
    }

    func u256Shr(_ a: Val, _ b: UInt32) throws(HostError) -> Val {
        try require(u256(.int256Shift, a) { $0.shifted(right: b) })
    }

    func i256Add(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(i256(.int256AddSub, a, b) { $0.adding($1) })
    }

    func i256CheckedAdd(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try orVoid(i256(.int256AddSub, a, b) { $0.adding($1) })
    }

    func i256Sub(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(i256(.int256AddSub, a, b) { $0.subtracting($1) })
    }

    func i256CheckedSub(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try orVoid(i256(.int256AddSub, a, b) { $0.subtracting($1) })
    }

    func i256Mul(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(i256(.int256Mul, a, b) { $0.multiplied(by: $1) })
    }

    func i256CheckedMul(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try orVoid(i256(.int256Mul, a, b) { $0.multiplied(by: $1) })
    }

    func i256Div(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(i256(.int256Div, a, b) { $0.divided(by: $1) })
    }

    func i256RemEuclid(_ a: Val, _ b: Val) throws(HostError) -> Val {
        try require(i256(.int256Div, a, b) { $0.remainderEuclidean($1) })
    }

    func i256Pow(_ a: Val, _ b: UInt32) throws(HostError) -> Val {
        try require(i256(.int256Pow, a) { $0.raised(to: b) })
    }

    func i256CheckedPow(_ a: Val, _ b: UInt32) throws(HostError) -> Val {
        try orVoid(i256(.int256Pow, a) { $0.raised(to: b) })
    }

    func i256Shl(_ a: Val, _ b: UInt32) throws(HostError) -> Val {
        try require(i256(.int256Shift, a) { $0.shifted(left: b) })
    }

    func i256Shr(_ a: Val, _ b: UInt32) throws(HostError) -> Val {
        try require(i256(.int256Shift, a) { $0.shifted(right: b) })
    }
}
