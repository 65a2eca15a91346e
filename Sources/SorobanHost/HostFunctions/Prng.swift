// Module p: random numbers that follow from the transaction. Each frame has a source of its own,
// made of the invocation's when it is first asked.
extension Host {
    func prngReseed(_ seed: Val) throws(HostError) {
        let seed = try fixedBytes(seed, count: 32)
        try withPRNG { _ in }
        let source = try PRNG(seed: seed, budget: budget)
        try withPRNG { $0 = source }
    }

    func prngBytesNew(_ count: UInt32) throws(HostError) -> Val {
        try withPRNG { _ in }
        try budget.makeVector(of: 1, count: Int(count))
        try budget.charge(.chaCha20DrawBytes, Int(count))
        let bytes = try withPRNG { $0.bytes(Int(count)) }
        return try make(.bytes(bytes))
    }

    func prngU64InInclusiveRange(_ low: UInt64, _ high: UInt64) throws(HostError) -> UInt64 {
        try withPRNG { _ in }
        guard low <= high else { throw .badValue }
        try budget.charge(.chaCha20DrawBytes, input: 16)
        return try withPRNG { $0.number(in: low...high) }
    }

    func prngVecShuffle(_ vector: Val) throws(HostError) -> Val {
        var elements = try vec(vector)
        try withPRNG { _ in }
        try budget.makeVector(of: DeclaredSize.val, count: elements.count)
        try budget.charge(.chaCha20DrawBytes, 16 * elements.count)
        try budget.copy(elements.count)
        try withPRNG { $0.shuffle(&elements) }
        return try make(.vec(elements))
    }

    private func withPRNG<Result>(_ use: (inout PRNG) -> Result) throws(HostError) -> Result {
        guard let frame = frames.last else { throw HostError(.context, .internalError) }
        if frame.prng == nil {
            try budget.charge(.chaCha20DrawBytes, input: 32)
            try budget.copy(32)
            frame.prng = PRNG(key: randomness.frames.bytes(32))
        }
        guard var source = frame.prng else { throw HostError(.context, .internalError) }
        defer { frame.prng = source }
        return use(&source)
    }
}
