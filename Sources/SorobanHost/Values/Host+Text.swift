// Symbols and numbers made and read by the host itself, with the charges of doing it through the
// same functions that contracts call.
extension Host {
    /// The symbol of a text.
    /// - Throws: (Value, InvalidInput) for a text that is none.
    func makeSymbol(_ text: [UInt8]) throws(HostError) -> Val {
        if let small = SymbolText.small(text) { return small }
        try budget.compare(text.count)
        guard SymbolText.isValid(text) else { throw .badValue }
        try budget.copyBytes(text.count)
        guard text.count <= SymbolText.maxLength else { throw .badValue }
        return try make(.symbol(text))
    }

    /// Whether a symbol has this text.
    /// - Throws: (Value, InvalidInput) for a value that is no symbol.
    func symbol(_ symbol: Val, is text: [UInt8]) throws(HostError) -> Bool {
        try order(symbol, text: text) == 0
    }

    func makeU64(_ number: UInt64) throws(HostError) -> Val {
        try makeNumber(.small(.u64Small, number), .u64(number))
    }

    func makeU256(_ number: UInt256) throws(HostError) -> Val {
        try makeNumber(.small(.u256Small, number), .u256(number))
    }

    func makeI256(_ number: Int256) throws(HostError) -> Val {
        try makeNumber(.small(.i256Small, number), .i256(number))
    }

    func makeI128(_ number: Int128) throws(HostError) -> Val {
        try makeNumber(.small(.i128Small, number), .i128(number))
    }

    private func makeNumber(_ small: Val?, _ object: HostObject) throws(HostError) -> Val {
        if let small { return small }
        let val = try make(object)
        try check(val)
        return val
    }

    func u64(_ val: Val) throws(HostError) -> UInt64 {
        if val.tag == .u64Small { return val.body }
        try check(val)
        guard case .u64(let number) = try visit(val) else { throw .unexpectedObject }
        try budget.copy(8)
        return number
    }

    func i128(_ val: Val) throws(HostError) -> Int128 {
        if val.tag == .i128Small { return Int128(val.signedBody) }
        guard case .i128(let number) = try visitPieces(val, 2) else { throw .unexpectedObject }
        return number
    }

    func u256(_ val: Val) throws(HostError) -> UInt256 {
        if val.tag == .u256Small { return UInt256(val.body) }
        guard case .u256(let number) = try visitPieces(val, 4) else { throw .unexpectedObject }
        return number
    }

    func i256(_ val: Val) throws(HostError) -> Int256 {
        if val.tag == .i256Small { return Int256(val.signedBody) }
        guard case .i256(let number) = try visitPieces(val, 4) else { throw .unexpectedObject }
        return number
    }

    /// A wide number is read in pieces, each a call that checks its argument and looks at it.
    private func visitPieces(_ val: Val, _ count: Int) throws(HostError) -> HostObject {
        for _ in 1..<count * 2 { _ = try visit(val) }
        return try visit(val)
    }
}

extension Host {
    /// Compares a symbol with a text: negative, zero, positive.
    /// - Throws: (Value, InvalidInput) for a value that is no symbol.
    func order(_ symbol: Val, text: [UInt8]) throws(HostError) -> Int {
        let own = try chargedText(of: symbol)
        try budget.compare(min(own.count, text.count))
        return lexicographicOrder(own, text)
    }

    private func chargedText(of symbol: Val) throws(HostError) -> [UInt8] {
        switch symbol.tag {
        case .symbolSmall: return SymbolText.text(of: symbol)
        case .symbolObject:
            guard case .symbol(let text) = try visit(symbol) else { throw .badValue }
            return text
        default: throw .badValue
        }
    }
}
