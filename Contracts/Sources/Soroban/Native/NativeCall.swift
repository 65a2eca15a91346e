#if !arch(wasm32)
    import Glibc

    /// How a call of a contract that is compiled for this machine ended.
    public enum NativeEnding: Sendable, Hashable {
        /// It came back with a word.
        case returned(UInt64)
        /// The host did not want it to go on.
        case stopped
        /// It stopped itself, where or why is said: what is the instruction `unreachable` on the
        /// ledger.
        case trapped(String)
    }

    /// A call that runs. A contract that fails never comes back to where it failed, so each call
    /// has a thread of its own, which then ends; everything it holds is here.
    final class NativeCall {
        /// What a contract's function is made into.
        typealias Body = NativeContract.Function

        /// What the thread and the handler of signals see: no references, so that a thread that
        /// ends anywhere leaves none behind.
        struct State {
            var call: Unmanaged<NativeCall>
            var isOnThread = false
            /// While it asks, what runs is the host.
            var isAsking = false
            var isTrapped = false
            var file: StaticString?
            var line: UInt = 0
            var body: Body?
            var words: UnsafePointer<UInt64>?
            var result: UInt64?
        }

        private let answer: NativeHost.Answer
        private var memory = NativeMemory()

        init(_ answer: @escaping NativeHost.Answer) { self.answer = answer }
    }

    extension NativeCall {
        // Safe: made once, and only read afterwards.
        private static let key: pthread_key_t = {
            var key = pthread_key_t()
            let failure = pthread_key_create(&key, nil)
            Swift.precondition(failure == 0, "no thread can have a host")
            return key
        }()

        /// The call that this thread runs.
        static var current: UnsafeMutablePointer<State>? {
            pthread_getspecific(key)?.assumingMemoryBound(to: State.self)
        }

        /// Whether this thread is a contract's, and the contract runs now.
        static var isRunning: Bool {
            guard let current else { return false }
            return current.pointee.isOnThread && !current.pointee.isAsking
        }

        /// Runs a function of a contract to its end, whatever that is.
        static func run(
            _ body: Body, _ words: [UInt64], asking answer: @escaping NativeHost.Answer
        ) -> NativeEnding {
            Signals.watch()
            let call = NativeCall(answer)
            // Room for one word more, so that there is an address even without any.
            return (words + [0]).withUnsafeBufferPointer { words in
                var state = State(call: Unmanaged.passUnretained(call), isOnThread: true)
                (state.body, state.words) = (body, words.baseAddress)
                // Safe: all of it lives until the thread has ended, which is waited for.
                withUnsafeMutablePointer(to: &state) { onThread($0) }
                withExtendedLifetime(call) {}
                if let result = state.result { return .returned(result) }
                guard state.isTrapped else { return .stopped }
                return .trapped(state.file.map { "\($0):\(state.line)" } ?? "a check failed")
            }
        }

        /// How much a contract and, between its calls, the host may have on the stack.
        private static let stackBytes = 2 << 20

        private static func onThread(_ state: UnsafeMutablePointer<State>) {
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            defer { pthread_attr_destroy(&attributes) }
            pthread_attr_setstacksize(&attributes, stackBytes)
            var thread = pthread_t()
            let failure = pthread_create(
                &thread, &attributes,
                { state in
                    NativeCall.begin(state)
                    return nil
                }, state)
            Swift.precondition(failure == 0, "no thread for a contract")
            pthread_join(thread, nil)
        }

        private static func begin(_ state: UnsafeMutableRawPointer?) {
            pthread_setspecific(key, state)
            guard let state = state?.assumingMemoryBound(to: State.self),
                let body = state.pointee.body, let words = state.pointee.words
            else { return }
            state.pointee.result = body(words)
        }

        /// Runs `body` with this as its host, on the thread that is.
        func whileCurrent<Result>(_ body: () throws -> Result) rethrows -> Result {
            var state = State(call: Unmanaged.passUnretained(self))
            let before = pthread_getspecific(Self.key)
            return try withUnsafeMutablePointer(to: &state) { state in
                pthread_setspecific(Self.key, state)
                defer { pthread_setspecific(Self.key, before) }
                return try body()
            }
        }
    }

    // What the contract asks for.
    extension NativeCall {
        @inline(never) static func answer<let count: Int>(
            to function: String, _ words: [count of UInt64]
        ) -> UInt64? {
            guard let current else { Swift.preconditionFailure("no host is installed") }
            current.pointee.isAsking = true
            defer { current.pointee.isAsking = false }
            let call = current.pointee.call.takeUnretainedValue()
            return call.answer(function, words.span, call.memory)
        }

        /// Shows bytes to the host.
        static func position(of pointer: UnsafeRawPointer?, _ byteCount: Int) -> UInt32 {
            guard let current else { return 0 }
            let call = current.pointee.call
            let bytes = UnsafeRawBufferPointer(start: pointer, count: byteCount)
            guard let position = show(bytes, to: call) else {
                preconditionFailure("more than 4 GB are shown to the host")
            }
            return position
        }

        @inline(never) private static func show(
            _ bytes: UnsafeRawBufferPointer, to call: Unmanaged<NativeCall>
        ) -> UInt32? {
            call.takeUnretainedValue().memory.position(of: bytes)
        }

        /// Ends the call: nothing that it began goes on.
        static func leave() -> Never {
            guard current?.pointee.isOnThread == true else {
                Swift.preconditionFailure("the host ended the call")
            }
            pthread_exit(nil)
        }

        /// Ends the call as a failed check does.
        static func trap(at file: StaticString, _ line: UInt) -> Never {
            current?.pointee.isTrapped = true
            current?.pointee.file = file
            current?.pointee.line = line
            leave()
        }
    }
#endif
