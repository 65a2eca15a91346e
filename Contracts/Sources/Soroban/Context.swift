/// The ledger that this call becomes part of.
public enum Ledger {
    /// When it closes: seconds since 1970-01-01 00:00 UTC.
    @inline(never) public static var time: UInt64 {
        UInt64(Value(word: hostGetLedgerTimestamp()))
    }
    /// The same, to be kept and compared.
    @inline(__always) public static var moment: OpaqueUInt64 {
        OpaqueUInt64(stored: Value(word: hostGetLedgerTimestamp()))
    }
    /// The same as a moment.
    @inline(__always) public static var now: Timepoint { Timepoint(seconds: time) }
    /// The version of the protocol.
    @inline(__always) public static var version: UInt32 {
        UInt32(stored: Value(word: hostGetLedgerVersion()))
    }
    /// Its number.
    public static var sequence: UInt32 { UInt32(stored: Value(word: hostGetLedgerSequence())) }
    /// The last ledger until which an entry may be kept, as the network allows today.
    public static var lastPossible: UInt32 {
        UInt32(stored: Value(word: hostGetMaxLiveUntilLedger()))
    }
    /// Which network this is: SHA-256 of its passphrase.
    public static var network: BytesN<32> { BytesN(stored: Value(word: hostGetLedgerNetworkId())) }
}

/// The contract that runs.
public enum CurrentContract {
    /// Where it is.
    public static var address: Address {
        Address(stored: Value(word: hostGetCurrentContractAddress()))
    }

    /// Replaces the code of this contract, from the next call on; what is stored stays.
    @inline(__always) public static func replaceCode(with wasmHash: BytesN<32>) {
        _ = hostUpdateCurrentContractWasm(wasmHash.value.word)
    }

    /// Agrees in advance to what the next call may in turn call in the name of this contract:
    /// entries as the host takes them.
    @inline(__always) public static func authorize(_ entries: Vec<Value>) {
        _ = hostAuthorizeAsCurrContract(entries.value.word)
    }

    /// Agrees in advance that the next call may in turn call `function` of `contract` in the name
    /// of this one. What this contract calls itself needs no such thing.
    public static func authorize(
        _ function: Symbol, of contract: Address, _ arguments: Value
    ) {
        let context = makeMap(
            "\u{4}args\u{8}contract\u{7}fn_name",
            arguments.word, contract.value.word, function.value.word)
        let call = makeMap(
            "\u{7}context\u{f}sub_invocations", context.word,
            Vec<Value>().value.word)
        let entry = makeVec(#symbol("Contract").value.word, call.word)
        _ = hostAuthorizeAsCurrContract(makeVec(entry.word).word)
    }
}

extension BytesN {
    /// The first eight bytes as a number, the first of them counting least.
    public var leadingNumber: UInt64 {
        precondition(count >= 8)
        var number: UInt64 = 0
        withUnsafeMutablePointer(to: &number) { pointer in
            _ = hostBytesCopyToLinearMemory(
                value.word, UInt32(0).word, position(pointer, byteCount: 8), length(8))
        }
        return number
    }
}

/// For those who look for faults: a message and values, which only a host that is asked to shows.
/// On the network it does nothing, and costs something.
@inline(__always) public func log(_ message: StaticString, _ value: Value = .void) {
    withUnsafePointer(to: value.word) { pointer in
        _ = hostLogFromLinearMemory(
            position(message.utf8Start, byteCount: message.utf8CodeUnitCount),
            length(message.utf8CodeUnitCount), position(pointer, byteCount: 8), length(1))
    }
}

extension ContractValue {
    /// The value as XDR: what one hashes and signs.
    public var serialized: Bytes { Bytes(stored: Value(word: hostSerializeToBytes(value.word))) }
}

/// An error of a contract, with a number that callers see: `fail(.case)` ends the call with it.
public protocol ContractError {
    #if !arch(wasm32)
        static var type: SpecificationType { get }
        static func define(in specification: inout Specification)
    #endif
}

/// For generated code: ends the call with the number of an error. The host does not come back.
@inline(never) public func endCall(with code: UInt32) -> Never {
    _ = hostFailWithError(Value(.error, major: code).word)
    preconditionFailure()
}

/// What a contract tells those who watch the ledger.
public protocol ContractEvent {
    var topics: Value { get }
    var data: Value { get }

    #if !arch(wasm32)
        static func define(in specification: inout Specification)
    #endif
}

extension ContractEvent {
    /// Tells it.
    @inline(__always) public func emit() { _ = hostContractEvent(topics.word, data.word) }
}

/// For generated code: makes the contract as it is on the ledger, without running its `init`.
@frozen public struct Deployed {
    /// The contract as it is.
    @inline(__always) public init() {}
}

/// A contract: what `@Contract` makes of a struct.
public protocol ContractDefinition {
    init(_: Deployed)
    #if !arch(wasm32)
        /// Adds its functions, and the types they are made of.
        static func describe(in specification: inout Specification)
        /// Adds its functions as they run on this machine.
        static func export(to contract: inout NativeContract)
    #endif
}

#if !arch(wasm32)
    extension ContractDefinition {
        /// The whole interface.
        public static func specification(
            _ level: DocumentationLevel = .full
        ) -> Specification {
            var specification = Specification(level)
            describe(in: &specification)
            return specification
        }
    }
#endif
