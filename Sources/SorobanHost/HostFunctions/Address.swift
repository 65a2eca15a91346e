internal import StellarXDR

// Module a: addresses as text, and what is inside muxed ones. (Authorization is with the frames.)
extension Host {
    func strkeyToAddress(_ text: Val) throws(HostError) -> Val {
        let text = try strKeyText(text, lengths: [56])
        switch try strKey(text, byteCount: 70) {
        case .account(let key): return try make(.address(.account(key)))
        case .contract(let id): return try make(.address(.contract(id)))
        default: throw .badValue
        }
    }

    func addressToStrkey(_ address: Val) throws(HostError) -> Val {
        let address = try self.address(address)
        return try strKeyString(address.strKey, capacity: 91)
    }

    func strkeyToMuxedAddress(_ text: Val) throws(HostError) -> Val {
        let text = try strKeyText(text, lengths: [56, 69])
        switch try strKey(text, byteCount: text.count == 56 ? 70 : 86) {
        case .account(let key): return try make(.address(.account(key)))
        case .contract(let id): return try make(.address(.contract(id)))
        case .muxedAccount(let key, let id):
            return try make(.muxedAddress(MuxedAccountAddress(id: id, key: key)))
        default: throw .badValue
        }
    }

    func muxedAddressToStrkey(_ address: Val) throws(HostError) -> Val {
        guard address.isObject else { throw .unexpectedObject }
        switch try visit(address) {
        case .address(let address): return try strKeyString(address.strKey, capacity: 91)
        case .muxedAddress(let account):
            let key = StrKey.muxedAccount(account.key, id: account.id)
            return try strKeyString(key, capacity: 112)
        default: throw .unexpectedObject
        }
    }

    func getAddressFromMuxedAddress(_ address: Val) throws(HostError) -> Val {
        let account = try muxedAccount(address)
        try budget.copy(32)
        return try make(.address(.account(account.key)))
    }

    func getIdFromMuxedAddress(_ address: Val) throws(HostError) -> Val {
        try makeU64(muxedAccount(address).id)
    }

    private func muxedAccount(_ address: Val) throws(HostError) -> MuxedAccountAddress {
        guard case .muxedAddress(let account) = try visit(address) else { throw .unexpectedObject }
        return account
    }

    private func strKeyString(_ key: StrKey, capacity: Int) throws(HostError) -> Val {
        try budget.makeVector(of: 1, count: capacity)
        try budget.copy(32)
        return try make(.string(Array(key.text.utf8)))
    }

    /// The text of a key in an object of bytes or a string.
    private func strKeyText(_ text: Val, lengths: [Int]) throws(HostError) -> [UInt8] {
        let bytes: [UInt8]
        guard text.isObject else { throw .unexpectedObject }
        switch try visit(text) {
        case .bytes(let content), .string(let content): bytes = content
        default: throw .unexpectedObject
        }
        guard lengths.contains(bytes.count) else { throw .badValue }
        return bytes
    }

    private func strKey(_ text: [UInt8], byteCount: Int) throws(HostError) -> StrKey {
        try budget.makeVector(of: 1, count: text.count)
        try budget.makeVector(of: 1, count: byteCount)
        let key = try? StrKey(parsing: String(decoding: text, as: UTF8.self))
        guard let key else { throw .badValue }
        return key
    }
}

extension HostAddress {
    /// The address as people write it.
    var strKey: StrKey {
        switch self {
        case .account(let key): .account(key)
        case .contract(let id): .contract(id)
        }
    }
}
