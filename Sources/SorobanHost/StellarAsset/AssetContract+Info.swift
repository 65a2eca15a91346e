internal import StellarXDR

// What the contract knows of its asset, its administrator and its names.

extension AssetContract {
    /// The asset as the contract keeps it.
    enum Info {
        case native
        case issued(codeCount: Int, code: Val, issuer: Val)
    }

    func readInfo() throws(HostError) -> Info {
        let value = try get(infoKey(), .instance)
        let names: [StaticString] = ["Native", "AlphaNum4", "AlphaNum12"]
        let kind = try host.enumCase(of: value, names)
        guard kind > 0 else { return .native }
        let payload = try host.enumPayload(of: value)
        let parts = try host.fields(of: payload, ["asset_code", "issuer"])
        guard parts[0].tag == .stringObject, parts[1].tag == .bytesObject else {
            throw .unexpectedObject
        }
        for _ in 0..<2 { try budget.visitObject() }
        return .issued(codeCount: kind == 1 ? 4 : 12, code: parts[0], issuer: parts[1])
    }

    /// The asset as the ledger has it.
    func readAsset() throws(HostError) -> TrustLineAsset {
        guard case .issued(let count, let code, let issuer) = try readInfo() else {
            return .native
        }
        let key = try host.fixedBytes(issuer, count: 32)
        for _ in 0..<2 { try budget.visitObject() }
        let text = try host.string(code)
        try budget.copy(count)
        let account = AccountID.ed25519(Uint256(fitting: key))
        return count == 4
            ? .creditAlphanum4(AlphaNum4(assetCode: AssetCode4(fitting: text), issuer: account))
            : .creditAlphanum12(AlphaNum12(assetCode: AssetCode12(fitting: text), issuer: account))
    }

    /// The issuer's account of an issued asset.
    func issuer(of asset: TrustLineAsset) -> AccountID? {
        switch asset {
        case .creditAlphanum4(let asset): asset.issuer
        case .creditAlphanum12(let asset): asset.issuer
        case .native, .poolShare: nil
        }
    }

    /// The issuer's address of an issued asset.
    func makeIssuer(_ issuer: Val) throws(HostError) -> Val {
        let key = try host.fixedBytes(issuer, count: 32)
        try budget.copy(32)
        return try host.make(.address(.account(Uint256(fitting: key))))
    }

    /// Whether an address is the issuer's.
    func isIssuer(_ address: Val) throws(HostError) -> Bool {
        guard case .issued(_, _, let issuer) = try readInfo() else { return false }
        return try host.order(address, makeIssuer(issuer)) == 0
    }

    /// The issuer has no balance of his own asset.
    func refuseIssuer(_ address: Val) throws(HostError) {
        if try isIssuer(address) { throw Self.error(.notSupported) }
    }

    /// The issuer's account entry; `nil` for the native asset.
    func readIssuerAccount() throws(HostError) -> AccountEntry? {
        guard case .issued(_, _, let issuer) = try readInfo() else { return nil }
        let key = try host.fixedBytes(issuer, count: 32)
        return try host.loadAccount(.ed25519(Uint256(fitting: key)))
    }

    func readAdmin() throws(HostError) -> Val {
        let admin = try get(adminKey(), .instance)
        guard admin.tag == .addressObject else { throw .unexpectedObject }
        return admin
    }

    /// Requires the administrator's authorization.
    func requireAdmin() throws(HostError) {
        try requireAuthorization(of: readAdmin())
    }

    /// The asset's name and symbol.
    func readNames() throws(HostError) -> (name: Val, symbol: Val) {
        let metadata = try get(metadataKey(), .instance)
        let parts = try host.fields(of: metadata, ["decimal", "name", "symbol"])
        return (parts[1], parts[2])
    }

    /// `name`, `symbol`, `decimals`, `admin`.
    func describe(_ function: Function) throws(HostError) -> Val {
        switch function {
        case .name: return try readNames().name
        case .symbol: return try readNames().symbol
        case .admin: return try readAdmin()
        default: return .u32(7)
        }
    }

    /// `set_admin`
    func setAdmin(_ new: Val) throws(HostError) -> Val {
        let old = try readAdmin()
        try requireAuthorization(of: old)
        try extendInstance()
        try chargeClone()
        try put(adminKey(), new, .instance)
        try announce("set_admin", [old], data: new)
        return .void
    }

    /// Records an event whose last topic is the asset's name.
    func announce(_ name: StaticString, _ topics: [Val], data: Val) throws(HostError) {
        try announce(name, topics) { () throws(HostError) in data }
    }

    func announce(
        _ name: StaticString, _ topics: [Val], data: () throws(HostError) -> Val
    ) throws(HostError) {
        let symbol = try host.makeSymbol(name.bytes)
        let asset = try readNames().name
        let all = try host.makeVec([symbol] + topics + [asset])
        let content = try data()
        try host.check(all)
        try host.check(content)
        try host.contractEvent(all, content)
    }
}
