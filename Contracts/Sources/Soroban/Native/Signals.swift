#if !arch(wasm32)
    import Glibc

    /// The checks that the compiler puts in (overflow, an index, a forced unwrapping) are an
    /// instruction that the processor refuses: it comes as a signal. In a contract's thread it ends
    /// the call; anywhere else it does what it did before.
    enum Signals {
        /// On this processor, and on others.
        private static let all = [SIGILL, SIGTRAP]

        /// Begins to watch, once.
        static func watch() { _ = isWatching }

        private static let isWatching: Bool = {
            for signal in all {
                var action = sigaction()
                action.__sigaction_handler.sa_sigaction = { handle($0, $1, $2) }
                action.sa_flags = SA_SIGINFO | SA_ONSTACK
                sigaction(signal, &action, previous + Int(signal))
            }
            return true
        }()

        // Safe: written while the watch begins, and only read afterwards.
        nonisolated(unsafe) private static let previous: UnsafeMutablePointer<sigaction> = {
            let previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 32)
            previous.initialize(repeating: sigaction(), count: 32)
            return previous
        }()

        private static func handle(
            _ signal: Int32, _ information: UnsafeMutablePointer<siginfo_t>?,
            _ context: UnsafeMutableRawPointer?
        ) {
            if NativeCall.isRunning {
                NativeCall.current?.pointee.isTrapped = true
                NativeCall.leave()
            }
            let handler = previous[Int(signal)].__sigaction_handler
            if previous[Int(signal)].sa_flags & SA_SIGINFO != 0 {
                handler.sa_sigaction?(signal, information, context)
            } else if let function = handler.sa_handler,
                unsafeBitCast(function, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
            {
                function(signal)
            } else {
                // The instruction is met again, and nobody is watching.
                sigaction(signal, previous + Int(signal), nil)
            }
        }
    }
#endif
