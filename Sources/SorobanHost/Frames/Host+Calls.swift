internal import StellarXDR

// Calls of contracts: from the transaction, from contracts, and the host's own of reserved
// functions. `costs.md` 5.6 of the reference.

/// Who calls, and what that allows.
enum CallKind {
    /// A transaction or a contract: reserved names and every re-entry are refused.
    case ordinary
    /// The host calls a constructor.
    case constructor
    /// The host calls `__check_auth`: the contract on top may be asked about itself.
    case check
    /// The host calls the `__check_auth` of a delegate, which no running contract may be.
    case delegateCheck
}

extension Host {
    /// Names that begin so cannot be called from outside.
    static let reservedPrefix: [UInt8] = Array("__".utf8)

    /// Calls a function of a contract.
    func call(
        _ contract: ContractID, _ function: Val, _ arguments: [Val], _ kind: CallKind = .ordinary
    ) throws(HostError) -> Val {
        diagnose(.call(of: contract, function: function, arguments: arguments))
        do throws(HostError) {
            let result = try perform(contract, function, arguments, kind)
            diagnose(.answer(function: function, result: result), in: contract)
            return result
        } catch {
            diagnose(
                .failure(
                    error, what: "contract call failed", function: function, arguments: arguments))
            throw error
        }
    }

    private func perform(
        _ contract: ContractID, _ function: Val, _ arguments: [Val], _ kind: CallKind
    ) throws(HostError) -> Val {
        if case .ordinary = kind {
            let name = try symbolBytes(of: function)
            guard !name.starts(with: Self.reservedPrefix) else {
                throw HostError(.context, .invalidAction)
            }
        }
        try refuseReentry(into: contract, kind)
        let key = try instanceKey(contract)
        let instance = try loadInstance(key)
        try budget.makeVector(of: DeclaredSize.val, count: arguments.count)
        let frame = Frame(
            .contract(
                ContractCall(
                    contract: contract, function: function, name: symbolText(of: function),
                    arguments: arguments, instance: instance)))
        guard let hash = try codeHash(of: instance.executable) else {
            try budget.copy(32)
            return try withFrame(frame) { () throws(HostError) in
                try AssetContract(host: self).run(function, arguments)
            }
        }
        let before = frames.last?.linearMemoryCharged ?? 0
        let machine = try loadMachine(hash)
        moveLinearMemory(chargedSince: before, to: frame)
        return try withFrame(frame) { () throws(HostError) in
            try run(
                machine, native: modules.native[hash], function: function, arguments: arguments,
                mayBeMissing: kind == .constructor)
        }
    }

    /// What instantiation charged belongs to the frame that is about to begin.
    private func moveLinearMemory(chargedSince before: UInt64, to frame: Frame) {
        guard let caller = frames.last else { return }
        frame.linearMemoryCharged = caller.linearMemoryCharged - before
        caller.linearMemoryCharged = before
    }

    private func refuseReentry(into contract: ContractID, _ kind: CallKind) throws(HostError) {
        for (index, frame) in frames.enumerated().reversed() {
            guard frame.call?.contract == contract else { continue }
            let isOnTop = index == frames.count - 1
            guard kind == .check, isOnTop else { throw HostError(.context, .invalidAction) }
            try persistInstanceStorage(of: frame)
        }
    }

    /// The id behind an address that must be a contract's.
    /// - Throws: (Object, InvalidInput) for an account's.
    func contractID(of address: Val) throws(HostError) -> ContractID {
        let found = try self.address(address)
        try budget.copy(DeclaredSize.address)
        guard case .contract(let id) = found else { throw HostError(.object, .invalidInput) }
        return id
    }

    /// The text of a symbol, without charge.
    func symbolText(of symbol: Val) -> [UInt8] {
        if case .symbol(let text) = objects.object(of: symbol) { return text }
        return SymbolText.text(of: symbol)
    }

    /// The text of a symbol.
    func symbolBytes(of symbol: Val) throws(HostError) -> [UInt8] {
        guard symbol.isObject else { return SymbolText.text(of: symbol) }
        try budget.visitObject()
        try budget.visitObject()
        guard case .symbol(let text) = try visit(symbol) else { throw .unexpectedObject }
        try budget.copy(text.count)
        return text
    }
}
