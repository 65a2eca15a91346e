#if !arch(wasm32)
    /// A contract that is compiled for this machine: its functions, by the names they are called by
    /// on the ledger.
    public struct NativeContract: Sendable {
        /// A function: it finds its arguments at the address, and answers with a word.
        public typealias Function = @convention(c) @Sendable (UnsafePointer<UInt64>) -> UInt64

        private struct Export: Sendable {
            var parameterCount: Int
            var function: Function
        }

        private var exports: [String: Export] = [:]

        /// The functions of a contract and of its parts.
        public init(_ contract: any ContractDefinition.Type) {
            contract.export(to: &self)
        }

        /// For generated code: adds a function.
        public mutating func add(
            _ name: String, _ parameterCount: Int, _ function: @escaping Function
        ) {
            exports[name] = Export(parameterCount: parameterCount, function: function)
        }

        /// The names of all functions, `__constructor` among them, and how many words each takes.
        public var functions: [String: Int] { exports.mapValues(\.parameterCount) }

        /// Calls a function, which may ask `answer`; `nil` if there is none that takes so many
        /// words.
        ///
        /// It runs on a thread of its own, and this one waits. Called again from within `answer`,
        /// another one runs: calls of contracts are nested so.
        public func run(
            _ function: String, _ words: [UInt64], asking answer: @escaping NativeHost.Answer
        ) -> NativeEnding? {
            guard let export = exports[function], export.parameterCount == words.count else {
                return nil
            }
            return NativeCall.run(export.function, words, asking: answer)
        }
    }
#endif
