/// Something that a contract agrees to in advance, in its own name: what it calls itself it need
/// not agree to, only what that in turn calls or makes.
@frozen public struct Authorization: ContractValue {
    /// As the host sees it.
    public let value: Value

    /// Reads it; a value of another kind ends the call.
    @inline(__always) public init(_ value: Value) { self.value = value.checked(.vecObject) }

    @inline(__always) private init(_ kind: Symbol, _ content: Value) {
        value = makeVec(kind.value.word, content.word)
    }

    /// To a call with exactly these arguments, a list, and to what that call may in turn do.
    public static func call(
        _ function: Symbol, of contract: Address, _ arguments: Value,
        then others: Vec<Authorization> = Vec()
    ) -> Self {
        let context = makeMap(
            "\u{4}args\u{8}contract\u{7}fn_name", arguments.word, contract.value.word,
            function.value.word)
        return Self(
            #symbol("Contract"),
            makeMap("\u{7}context\u{f}sub_invocations", context.word, others.value.word))
    }

    /// To making a contract of this code that takes nothing.
    public static func creation(of wasmHash: BytesN<32>, salt: BytesN<32>) -> Self {
        let content = makeMap(
            "\u{a}executable\u{4}salt", Executable.wasm(wasmHash).value.word, salt.value.word)
        return Self(Symbol(long: "CreateContractHostFn"), content)
    }

    /// To making a contract of this code with these arguments, a list.
    public static func creation(
        of wasmHash: BytesN<32>, salt: BytesN<32>, arguments: Value
    ) -> Self {
        let content = makeMap(
            "\u{10}constructor_args\u{a}executable\u{4}salt", arguments.word,
            Executable.wasm(wasmHash).value.word, salt.value.word)
        return Self(Symbol(long: "CreateContractWithCtorHostFn"), content)
    }

    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .value }
    #endif
}

extension CurrentContract {
    /// Agrees in advance to what the next call may in turn do in the name of this contract.
    @inline(__always) public static func authorize(_ authorizations: Vec<Authorization>) {
        _ = hostAuthorizeAsCurrContract(authorizations.value.word)
    }
}
