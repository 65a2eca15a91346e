internal import StellarXDR

// `init_asset`: the contract's first and only setting, when it is created.

extension AssetContract {
    func initialize(_ serialized: Val) throws(HostError) -> Val {
        guard try !has(infoKey(), .instance) else { throw Self.error(.alreadyInitialized) }
        let asset: Asset = try host.decode(host.bytes(serialized))
        guard asset.hasValidCode else { throw .badValue }
        try budget.copy(32)
        try budget.copy(45)
        let id = try host.contractID(from: .asset(asset))
        guard try host.currentCall().contract == id else { throw .badValue }
        switch asset {
        case .native: try initializeNative()
        case .creditAlphanum4(let issued):
            try initialize("AlphaNum4", code: issued.assetCode.bytes, issuer: issued.issuer)
        case .creditAlphanum12(let issued):
            try initialize("AlphaNum12", code: issued.assetCode.bytes, issuer: issued.issuer)
        }
        return .void
    }

    private func initializeNative() throws(HostError) {
        try put(infoKey(), host.makeCase("Native"), .instance)
        _ = try readInfo()
        let name = Array("native".utf8)
        try budget.copyBytes(name.count)
        let text = try host.make(.string(name))
        try putMetadata(name: text, symbol: text)
    }

    private func initialize(
        _ kind: StaticString, code: [UInt8], issuer: AccountID
    ) throws(HostError) {
        try budget.copy(32)
        let admin = try host.makeAddress(.account(issuer))
        try put(adminKey(), admin, .instance)
        try budget.copyBytes(code.count)
        let codeText = try host.make(.string(code))
        try budget.copy(32)
        try budget.copyBytes(32)
        let issuerKey = try host.make(.bytes(issuer.key.bytes))
        for _ in 0..<2 { try budget.visitObject() }
        let key = try infoKey()
        let info = try host.makeStructure([("asset_code", codeText), ("issuer", issuerKey)])
        try put(key, host.makeCase(kind, info), .instance)
        guard case .issued(_, let storedCode, let storedIssuer) = try readInfo() else {
            throw HostError(.storage, .internalError)
        }
        for _ in 0..<2 { try budget.visitObject() }
        _ = try host.string(storedCode)
        try budget.copy(code.count)
        try budget.allocate(4 * code.count + 113)
        let symbol = Array(code.prefix { $0 != 0 })
        try budget.copyBytes(symbol.count)
        let symbolText = try host.make(.string(symbol))
        _ = try host.fixedBytes(storedIssuer, count: 32)
        let name = symbol + Array(":\(issuer)".utf8)
        try budget.copyBytes(name.count)
        let nameText = try host.make(.string(name))
        try putMetadata(name: nameText, symbol: symbolText)
    }

    private func putMetadata(name: Val, symbol: Val) throws(HostError) {
        let metadata = try host.makeStructure([
            ("decimal", .u32(7)), ("name", name), ("symbol", symbol),
        ])
        try put(metadataKey(), metadata, .instance)
    }
}

extension Asset {
    /// Whether the code is letters and digits, then zeros, and of the length of its kind.
    fileprivate var hasValidCode: Bool {
        let (code, least): ([UInt8], Int)
        switch self {
        case .native: return true
        case .creditAlphanum4(let asset): (code, least) = (asset.assetCode.bytes, 1)
        case .creditAlphanum12(let asset): (code, least) = (asset.assetCode.bytes, 5)
        }
        let text = code.prefix { $0 != 0 }
        return text.count >= least && code.dropFirst(text.count).allSatisfy { $0 == 0 }
            && text.allSatisfy { $0 != UInt8(ascii: "_") && SymbolText.code(of: $0) != nil }
    }
}
