/// Another contract, called by its address.
public enum Call {
    /// Calls, and fails with the other's error if it fails. `arguments` is a list.
    @inline(__always)
    public static func function(_ name: Symbol, of contract: Address, _ arguments: Value) -> Value {
        Value(word: hostCall(contract.value.word, name.value.word, arguments.word))
    }

    /// Calls; `nil` if the other failed, of which then nothing remains.
    @inline(__always)
    public static func tryFunction(
        _ name: Symbol, of contract: Address, _ arguments: Value
    ) -> Value? {
        let result = Value(
            word: hostTryCall(contract.value.word, name.value.word, arguments.word))
        return result.tag == Tag.error.rawValue ? nil : result
    }
}

/// A token as SEP-41 describes it: one of ours, or a Stellar asset.
@frozen public struct TokenClient {
    /// Where it is.
    public let address: Address
    /// The token at an address.
    @inline(__always) public init(_ address: Address) { self.address = address }

    /// What an account holds.
    public func balance(of account: Address) -> Amount {
        Amount(Call.function(#symbol("balance"), of: address, makeVec(account.value.word)))
    }

    /// Pays; fails as the token fails.
    public func transfer(from: Address, to: Address, amount: Amount) {
        _ = Call.function(
            #symbol("transfer"), of: address,
            makeVec(from.value.word, to.value.word, amount.value.word))
    }

    /// Whether it could be transferred: the receiver may lack a trustline, or be frozen.
    public func tryTransfer(from: Address, to: Address, amount: Amount) -> Bool {
        Call.tryFunction(
            #symbol("transfer"), of: address,
            makeVec(from.value.word, to.value.word, amount.value.word))
            != nil
    }
}
