/// What the sandbox does not do, or was asked wrongly.
public enum SandboxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An operation that the sandbox does not have yet, by its name.
    case unsupported(String)
    /// Bytes that are no transaction, and why.
    case malformedTransaction(String)
    /// An address that is neither an account nor a contract.
    case notAnAccount(String)
    /// The account has all that friendbot gives.
    case alreadyFunded
    /// There would be more stroops than can be counted.
    case tooManyCoins
    /// There is no such invocation, and why.
    case nothingToTrace(String)
    /// The file is of a network with another passphrase, which is named.
    case otherNetwork(String)
    /// The file cannot be written, or is not as it was left, and why.
    case storage(String)
    /// A value that the sandbox itself made does not encode: a fault of the sandbox.
    case inconsistent(String)

    /// A stable code.
    public var code: String {
        switch self {
        case .unsupported: "sandbox.unsupported"
        case .malformedTransaction: "sandbox.malformed_transaction"
        case .notAnAccount: "sandbox.not_an_account"
        case .alreadyFunded: "sandbox.already_funded"
        case .tooManyCoins: "sandbox.too_many_coins"
        case .nothingToTrace: "sandbox.nothing_to_trace"
        case .otherNetwork: "sandbox.other_network"
        case .storage: "sandbox.storage"
        case .inconsistent: "sandbox.inconsistent"
        }
    }

    /// A sentence.
    public var description: String {
        switch self {
        case .unsupported(let what): "the sandbox does not support \(what) yet"
        case .malformedTransaction(let why): "not a transaction: \(why)"
        case .notAnAccount(let text): "not the address of an account or contract: \(text)"
        case .alreadyFunded: "account already funded to starting balance"
        case .tooManyCoins: "all coins together would exceed what 64 bits count"
        case .nothingToTrace(let why): why
        case .otherNetwork(let passphrase):
            "the file is of the network “\(passphrase)”: name another file or that passphrase"
        case .storage(let why): "the network's file: \(why)"
        case .inconsistent(let what): "a fault of the sandbox: \(what)"
        }
    }
}
