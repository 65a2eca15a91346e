public import Soroban
public import SorobanHost

extension NativeCode {
    /// A contract that was compiled together with this program.
    ///
    ///     ModuleCache(native: [hash: NativeCode(TokenContract.self)])
    ///
    /// is what one hands to ``SorobanHost/invoke(_:on:modules:)``, with the hash of the contract's
    /// wasm.
    public init(_ contract: any ContractDefinition.Type) {
        let contract = NativeContract(contract)
        self.init { function, words, host in
            let ending = contract.run(function, words) { function, words, memory in
                var memory = ContractMemory(memory)
                return host.answer(function, words, memory: &memory)
            }
            return ending.map(Ending.init)
        }
    }
}

extension NativeCode.Ending {
    fileprivate init(_ ending: NativeEnding) {
        self =
            switch ending {
            case .returned(let word): .returned(word)
            case .stopped: .stopped
            case .trapped(let place): .trapped(place)
            }
    }
}
