internal import StellarXDR

// The functions that move amounts.

extension AssetContract {
    func runTransfer(_ function: Function, _ arguments: Arguments) throws(HostError) -> Val {
        let amount = arguments.amount
        guard amount >= 0 else { throw Self.error(.negativeAmount) }
        switch function {
        case .transfer: try transfer(arguments[0], arguments[1], amount)
        case .transferFrom:
            try requireAuthorization(of: arguments[0])
            try extendInstance()
            try chargeClone()
            try spendAllowance(arguments[1], arguments[0], amount)
            try chargeClone()
            try spend(arguments[1], amount)
            try chargeClone()
            try receive(arguments[2], amount)
            try announceTransfer(arguments[1], arguments[2], amount, muxedID: nil)
        case .burn: try burn(arguments[0], spender: nil, amount)
        case .burnFrom: try burn(arguments[1], spender: arguments[0], amount)
        case .mint: try mint(arguments[0], amount)
        default: try clawback(arguments[0], amount)
        }
        return .void
    }

    private func transfer(_ from: Val, _ receiver: Val, _ amount: Int128) throws(HostError) {
        let isMuxed = receiver.tag == .muxedAddressObject
        var to = receiver
        if isMuxed {
            try host.check(receiver)
            to = try host.getAddressFromMuxedAddress(receiver)
            try host.check(to)
        }
        try requireAuthorization(of: from)
        try extendInstance()
        try chargeClone()
        try spend(from, amount)
        try chargeClone()
        try receive(to, amount)
        var muxedID: UInt64?
        if isMuxed {
            try host.check(receiver)
            let id = try host.getIdFromMuxedAddress(receiver)
            try host.check(id)
            muxedID = try host.u64(id)
        }
        try announceTransfer(from, to, amount, muxedID: muxedID)
    }

    /// The event follows the issuer: from him it is a mint, to him a burn.
    private func announceTransfer(
        _ from: Val, _ to: Val, _ amount: Int128, muxedID: UInt64?
    ) throws(HostError) {
        if try host.order(from, to) != 0 {
            if try isIssuer(from) {
                return try announce("mint", [to]) { () throws(HostError) in
                    try makeAmount(amount, muxedID: muxedID)
                }
            }
            if try isIssuer(to) {
                return try announce("burn", [from]) { () throws(HostError) in
                    try host.makeI128(amount)
                }
            }
        }
        try announce("transfer", [from, to]) { () throws(HostError) in
            try makeAmount(amount, muxedID: muxedID)
        }
    }

    private func makeAmount(_ amount: Int128, muxedID: UInt64?) throws(HostError) -> Val {
        guard let muxedID else { return try host.makeI128(amount) }
        var map = try host.mapNew()
        try host.check(map)
        let values: [(StaticString, () throws(HostError) -> Val)] = [
            ("amount", { () throws(HostError) in try host.makeI128(amount) }),
            ("to_muxed_id", { () throws(HostError) in try host.makeU64(muxedID) }),
        ]
        for (name, value) in values {
            let key = try host.makeSymbol(name.bytes)
            let content = try value()
            for word in [map, key, content] { try host.check(word) }
            map = try host.mapPut(map, key, content)
            try host.check(map)
        }
        return map
    }

    private func burn(_ from: Val, spender: Val?, _ amount: Int128) throws(HostError) {
        if case .native = try readInfo() { throw Self.error(.notSupported) }
        try refuseIssuer(from)
        try requireAuthorization(of: spender ?? from)
        try extendInstance()
        if let spender {
            try chargeClone()
            try spendAllowance(from, spender, amount)
        }
        try chargeClone()
        try spend(from, amount)
        try announce("burn", [from]) { () throws(HostError) in try host.makeI128(amount) }
    }

    private func mint(_ to: Val, _ amount: Int128) throws(HostError) {
        try refuseIssuer(to)
        try requireAdmin()
        try extendInstance()
        try chargeClone()
        try receive(to, amount)
        try announce("mint", [to]) { () throws(HostError) in try host.makeI128(amount) }
    }

    private func clawback(_ from: Val, _ amount: Int128) throws(HostError) {
        try chargeClone()
        try requireClawback(of: from)
        try refuseIssuer(from)
        try requireAdmin()
        try extendInstance()
        try chargeClone()
        try spendUnchecked(from, amount)
        try announce("clawback", [from]) { () throws(HostError) in try host.makeI128(amount) }
    }

    /// A holder's balance can be clawed back only if it was marked so when it began.
    private func requireClawback(of address: Val) throws(HostError) {
        guard case .account(let account) = try host.xdrAddress(address) else {
            guard let balance = try findBalance(address), balance.isClawback else {
                throw Self.error(.balance)
            }
            return
        }
        let asset = try readAsset()
        guard let issuer = issuer(of: asset) else { throw Self.error(.notSupported) }
        try budget.copy(32)
        guard account != issuer else { throw Self.error(.notSupported) }
        guard try loadTrustline(account, asset).flags & TrustlineFlag.clawback != 0 else {
            throw Self.error(.balance)
        }
    }
}
