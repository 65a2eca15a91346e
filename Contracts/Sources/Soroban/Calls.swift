/// Another contract, called by its address.
public enum Call {
    /// Calls, and fails with the other's error if it fails.
    @inline(__always)
    public static func function<let count: Int>(
        _ name: Symbol, of contract: Address, _ arguments: [count of UInt64]
    ) -> Value {
        Value(word: hostCall(contract.value.word, name.value.word, makeVec(arguments).word))
    }

    /// Calls; `nil` if the other failed, of which then nothing remains.
    @inline(__always)
    public static func tryFunction<let count: Int>(
        _ name: Symbol, of contract: Address, _ arguments: [count of UInt64]
    ) -> Value? {
        let result = Value(
            word: hostTryCall(contract.value.word, name.value.word, makeVec(arguments).word))
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
    public func balance(of account: Address) -> Int128 {
        Int128(Call.function(#symbol("balance"), of: address, [account.value.word]))
    }

    /// Pays; fails as the token fails.
    public func transfer(from: Address, to: Address, amount: Int128) {
        _ = Call.function(
            #symbol("transfer"), of: address, [from.value.word, to.value.word, amount.value.word])
    }

    /// Whether it could be transferred: the receiver may lack a trustline, or be frozen.
    public func tryTransfer(from: Address, to: Address, amount: Int128) -> Bool {
        Call.tryFunction(
            #symbol("transfer"), of: address, [from.value.word, to.value.word, amount.value.word])
            != nil
    }
}
