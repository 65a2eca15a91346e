internal import StellarXDR

// From the ledger's values to the host's. Small where a number or a symbol fits the word.
extension Host {
    /// The value that `value` stands for.
    /// - Throws: (Value, UnexpectedType) for what contracts cannot hold, (Value, InvalidInput) for
    ///   a text that is no symbol, (Object, InvalidInput) for a map out of order, (Context,
    ///   ExceededLimit) beyond ``Budget/maxNesting`` levels.
    func toVal(_ value: SCVal) throws(HostError) -> Val {
        try budget.enter()
        defer { budget.leave() }
        switch value {
        case .bool(let truth): return .bool(truth)
        case .void: return .void
        case .error(let error): return .error(HostError(error))
        case .u32(let number): return .u32(number)
        case .i32(let number): return .i32(number)
        case .u64, .i64, .timepoint, .duration, .u128, .i128, .u256, .i256:
            return try number(value)
        case .bytes(let content): return try bytesObject(.bytes(content.bytes), content.bytes.count)
        case .string(let content):
            return try bytesObject(.string(content.bytes), content.bytes.count)
        case .executableTag(let content):
            return try bytesObject(.executableTag(content.bytes), content.bytes.count)
        case .symbol(let symbol): return try self.symbol(symbol.bytes)
        case .vec(let elements?): return try vec(elements)
        case .map(let entries?): return try map(entries)
        case .address(let address): return try self.address(address)
        case .vec(nil), .map(nil), .contractInstance, .ledgerKeyContractInstance, .ledgerKeyNonce:
            throw .unexpectedObject
        }
    }

    private func number(_ value: SCVal) throws(HostError) -> Val {
        switch value {
        case .u64(let number):
            return try makeNumber(.small(.u64Small, number), .u64(number), size: 8)
        case .i64(let number):
            return try makeNumber(.small(.i64Small, number), .i64(number), size: 8)
        case .timepoint(let time):
            return try makeNumber(.small(.timepointSmall, time), .timepoint(time), size: 8)
        case .duration(let time):
            return try makeNumber(.small(.durationSmall, time), .duration(time), size: 8)
        case .u128(let parts):
            let value = parts.value
            return try makeNumber(.small(.u128Small, value), .u128(value), size: 16)
        case .i128(let parts):
            let value = parts.value
            return try makeNumber(.small(.i128Small, value), .i128(value), size: 16)
        case .u256(let parts):
            let value = UInt256(parts)
            return try makeNumber(.small(.u256Small, value), .u256(value), size: 32)
        case .i256(let parts):
            let value = Int256(parts)
            return try makeNumber(.small(.i256Small, value), .i256(value), size: 32)
        default: throw HostError(.value, .internalError)
        }
    }

    private func makeNumber(
        _ small: Val?, _ object: HostObject, size: Int
    ) throws(HostError) -> Val {
        if let small { return small }
        try budget.copy(size)
        return try make(object)
    }

    private func bytesObject(_ object: HostObject, _ count: Int) throws(HostError) -> Val {
        try budget.copyBytes(count)
        return try make(object)
    }

    private func symbol(_ text: [UInt8]) throws(HostError) -> Val {
        if let small = SymbolText.small(text) { return small }
        guard text.count <= SymbolText.maxLength, SymbolText.isValid(text) else { throw .badValue }
        return try bytesObject(.symbol(text), text.count)
    }

    private func vec(_ elements: [SCVal]) throws(HostError) -> Val {
        try budget.makeVector(of: DeclaredSize.val, count: elements.count)
        var values: [Val] = []
        values.reserveCapacity(elements.count)
        for element in elements { values.append(try toVal(element)) }
        return try make(.vec(values))
    }

    private func map(_ entries: [SCMapEntry]) throws(HostError) -> Val {
        try budget.makeVector(of: DeclaredSize.mapEntry, count: entries.count)
        var converted: [HostMap.Entry] = []
        converted.reserveCapacity(entries.count)
        for entry in entries { converted.append((try toVal(entry.key), try toVal(entry.val))) }
        return try make(.map(hostMap(sorted: converted)))
    }

    /// A map of entries that must be in the order of their keys.
    func hostMap(sorted entries: [HostMap.Entry]) throws(HostError) -> HostMap {
        try HostMap(
            entrySize: DeclaredSize.mapEntry, sorted: entries, budget: budget, order: keyOrder)
    }

    /// The order of map keys, as a function.
    var keyOrder: HostMap.Order {
        { (a, b) throws(HostError) in try self.order(a, b) }
    }

    private func address(_ address: SCAddress) throws(HostError) -> Val {
        switch address {
        case .account, .contract:
            guard let own = HostAddress(address) else { throw .unexpectedObject }
            try budget.copy(DeclaredSize.address)
            return try make(.address(own))
        case .muxedAccount(let account):
            try budget.copy(DeclaredSize.address)
            return try make(
                .muxedAddress(MuxedAccountAddress(id: account.id, key: account.ed25519)))
        case .claimableBalance, .liquidityPool: throw HostError(.object, .unexpectedType)
        }
    }
}

extension HostAddress {
    /// The account or contract of an address; `nil` for the other kinds.
    init?(_ address: SCAddress) {
        switch address {
        case .account(.ed25519(let key)): self = .account(key)
        case .contract(let id): self = .contract(id)
        default: return nil
        }
    }

    /// The address as the ledger writes it.
    var xdr: SCAddress {
        switch self {
        case .account(let key): .account(.ed25519(key))
        case .contract(let id): .contract(id)
        }
    }
}
