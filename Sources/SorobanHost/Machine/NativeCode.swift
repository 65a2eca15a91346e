/// A contract that is compiled for this machine: it runs in place of the wasm of a hash, so that a
/// debugger sees it and its coverage can be counted.
///
/// It has the same results, errors, events, entries and authorization, as far as it asks the same
/// of the host. The wasm must be on the ledger all the same, and is charged for as ever; what is
/// missing from the charges are the instructions that the wasm would have executed, so code that
/// never asks the host never reaches a limit.
public struct NativeCode: Sendable {
    /// How a function ended.
    public enum Ending: Sendable, Hashable {
        /// It came back with a word.
        case returned(UInt64)
        /// It did not go on after an answer of `nil`.
        case stopped
        /// It stopped itself, and says where or why: the instruction `unreachable` of wasm.
        case trapped(String)
    }

    /// Runs a function with words as the wasm gets them, and asks the host for what the wasm
    /// imports; `nil` if there is none that takes so many words.
    public typealias Body =
        @Sendable (_ function: String, _ words: [UInt64], _ host: NativeCodeHost) -> Ending?

    let run: Body

    /// Code that `run` runs. The host waits for it and runs nothing else meanwhile, but asked by it
    /// may run it again.
    public init(run: @escaping Body) { self.run = run }
}

/// What native code asks the host while it runs, and not afterwards.
public final class NativeCodeHost {
    private let host: Host
    /// Why the last question had no answer.
    private(set) var error: HostError?

    init(_ host: Host) { self.host = host }

    /// Runs a host function, named by the letters of its module and its own, as in `x.5`.
    /// - Returns: `nil` if it failed. The code must then end, whatever it was doing.
    public func answer(
        _ function: String, _ words: Span<UInt64>, memory: inout some LinearMemory
    ) -> UInt64? {
        do throws(HostError) {
            guard let number = HostImport.number(named: function),
                HostImport.all[number].arity == words.count
            else { throw HostError(.wasmVm, .invalidAction) }
            return try host.answer(number, words, memory: &memory)
        } catch {
            self.error = error
            return nil
        }
    }
}

extension Host {
    /// Runs native code in place of a machine.
    func run(_ code: NativeCode, _ name: String, _ words: [UInt64]) throws(HostError) -> UInt64 {
        let face = NativeCodeHost(self)
        switch code.run(name, words, face) {
        case .returned(let word): return word
        case .stopped: throw face.error ?? HostError(.context, .internalError)
        case .trapped(let place):
            let error = HostError(.wasmVm, .invalidAction)
            diagnoseTrap(error, place)
            throw error
        case nil: throw HostError(.wasmVm, .unexpectedSize)
        }
    }
}
