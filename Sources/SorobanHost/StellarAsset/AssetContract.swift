internal import StellarXDR

/// The Stellar Asset Contract: a token over a classic asset, built into the host.
///
/// Accounts hold it in trustlines and native balances, contracts in entries of the contract.
/// `costs.md` 5.13 of the reference says what each step charges, `soroban-observed.md` what it was
/// seen to answer. Whatever the order of two steps is here, it is so in the genuine host.
struct AssetContract {
    let host: Host

    var budget: Budget { host.budget }

    /// What can be wrong, by its number on the wire.
    enum Failure: UInt32 {
        case notSupported = 2
        case alreadyInitialized = 3
        case accountMissing = 6
        case negativeAmount = 8
        case allowance = 9
        case balance = 10
        case deauthorized = 11
        case overflow = 12
        case trustlineMissing = 13
        case insufficientReserve = 14
        case tooManySubentries = 15
    }

    static func error(_ failure: Failure) -> HostError { .contract(failure.rawValue) }

    /// The contract's functions, in the order in which a name is looked for.
    enum Function: String, CaseIterable {
        case initAsset = "init_asset"
        case allowance, approve, balance, authorized, transfer
        case transferFrom = "transfer_from"
        case burn
        case burnFrom = "burn_from"
        case clawback
        case setAuthorized = "set_authorized"
        case mint
        case setAdmin = "set_admin"
        case admin, decimals, name, symbol, trust

        /// The kinds of its arguments.
        var parameters: [Parameter] {
            switch self {
            case .initAsset: [.bytes]
            case .allowance: [.address, .address]
            case .approve: [.address, .address, .amount, .ledger]
            case .balance, .authorized, .setAdmin, .trust: [.address]
            case .transfer: [.address, .anyAddress, .amount]
            case .transferFrom: [.address, .address, .address, .amount]
            case .burn, .clawback, .mint: [.address, .amount]
            case .burnFrom: [.address, .address, .amount]
            case .setAuthorized: [.address, .bool]
            case .admin, .decimals, .name, .symbol: []
            }
        }
    }

    /// The kind of an argument.
    enum Parameter {
        case address
        /// An address that may be muxed.
        case anyAddress
        case amount, ledger, bool, bytes
    }

    /// The arguments of a call: the words, and the amount if there is one.
    struct Arguments {
        var words: [Val]
        var amount: Int128 = 0

        subscript(index: Int) -> Val { words[index] }
    }

    /// Runs a function.
    func run(_ name: Val, _ words: [Val]) throws(HostError) -> Val {
        var found: Function?
        for function in Function.allCases
        where try host.symbol(name, is: Array(function.rawValue.utf8)) {
            found = function
        }
        guard let found else { throw .badValue }
        let arguments = try read(words, found.parameters)
        switch found {
        case .initAsset: return try initialize(arguments[0])
        case .name, .symbol, .decimals, .admin: return try describe(found)
        case .allowance, .approve: return try runAllowance(found, arguments)
        case .transfer, .transferFrom, .burn, .burnFrom, .mint, .clawback:
            return try runTransfer(found, arguments)
        case .balance: return try host.makeI128(readBalance(arguments[0]))
        case .authorized:
            try extendInstance()
            return .bool(try isAuthorized(arguments[0]))
        case .setAuthorized:
            return try setAuthorized(arguments[0], arguments[1].bool ?? false)
        case .setAdmin: return try setAdmin(arguments[0])
        case .trust: return try trust(arguments[0])
        }
    }

    private func read(_ words: [Val], _ parameters: [Parameter]) throws(HostError) -> Arguments {
        guard words.count == parameters.count else {
            throw HostError(.context, .unexpectedSize)
        }
        var arguments = Arguments(words: words)
        for (word, parameter) in zip(words, parameters) {
            let fits =
                switch parameter {
                case .address: word.tag == .addressObject
                case .anyAddress: word.tag == .addressObject || word.tag == .muxedAddressObject
                case .amount: word.tag == .i128Small || word.tag == .i128Object
                case .ledger: word.tag == .u32
                case .bool: word.bool != nil
                case .bytes: word.tag == .bytesObject
                }
            guard fits else { throw .unexpectedObject }
            if parameter == .amount { arguments.amount = try host.i128(word) }
        }
        return arguments
    }

    /// Prolongs the life of the contract's instance: a week when less than six days are left.
    func extendInstance() throws(HostError) {
        try host.extendCurrentContractInstanceAndCodeTtl(103_680, 120_960)
    }

    /// Requires an address's authorization of the running call.
    func requireAuthorization(of address: Val) throws(HostError) {
        try host.check(address)
        try host.requireAuth(address)
    }

    /// A copy of an address inside the contract.
    func chargeClone() throws(HostError) {
        try budget.copy(16)
    }
}
