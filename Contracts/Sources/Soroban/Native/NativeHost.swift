#if !arch(wasm32)
    /// The host of a contract that is compiled for this machine, whoever that is.
    public enum NativeHost {
        /// What answers a host function, named by the letters of its module and its own, as in
        /// `x.5`. The words are what the contract passed; where they mean a place, `memory` knows
        /// what lies there. `nil` ends the call: the contract does not go on.
        public typealias Answer = (
            _ function: String, _ words: Span<UInt64>, _ memory: NativeMemory
        ) -> UInt64?

        /// Lets `body` ask `answer`, here and now: a failure in it is a failure of the process.
        static func answering<Result>(
            with answer: @escaping Answer, _ body: () throws -> Result
        ) rethrows -> Result {
            let call = NativeCall(answer)
            return try call.whileCurrent(body)
        }

        /// What the imports are on the ledger.
        static func ask<let count: Int>(
            _ function: String, _ words: [count of UInt64]
        ) -> UInt64 {
            // Nothing is held here that leaving would not give back.
            guard let word = NativeCall.answer(to: function, words) else { NativeCall.leave() }
            return word
        }
    }

    // In a contract that is compiled for this machine, what ends the process elsewhere ends the
    // call alone, and says where.

    /// Ends the call unless the condition holds.
    @inline(__always) public func precondition(
        _ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String = "",
        file: StaticString = #fileID, line: UInt = #line
    ) {
        if !condition() { preconditionFailure(message(), file: file, line: line) }
    }

    /// Ends the call.
    public func preconditionFailure(
        _ message: @autoclosure () -> String = "", file: StaticString = #fileID,
        line: UInt = #line
    ) -> Never {
        if NativeCall.isRunning { NativeCall.trap(at: file, line) }
        Swift.preconditionFailure(message(), file: file, line: line)
    }
#endif
