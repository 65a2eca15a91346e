extension HTTPServer {
    /// Where a server listens, and what it lets others do.
    public struct Configuration: Hashable, Sendable {
        /// A name or numeric address of this machine.
        public var host = "127.0.0.1"
        /// 0 lets the system choose; ``HTTPServer/start()`` says what it chose.
        public var port = 0
        /// Threads of the library; they parse and write, handlers run elsewhere. 1 to 64.
        public var threads = 2
        /// Connections at a time; further ones wait in the system's queue.
        public var connectionsMax = 4096
        /// What a connection may use for a head, its own and the answer's. A longer one is 431. The
        /// library clears as much for each request, so that more costs time too.
        public var headBytesMax = 16_384
        /// The longest body that is read. A longer one is 413.
        public var bodyBytesMax = 1_048_576
        /// From the first byte that may come to the end of the head.
        public var headTimeMax = Duration.seconds(15)
        /// From the end of the head to the end of the body.
        public var bodyTimeMax = Duration.seconds(60)
        /// Without a byte in either direction; whole seconds, at least one.
        public var idleTimeMax = Duration.seconds(60)
        /// Until the handler has its answer; then it is cancelled, and the answer is 503.
        public var handlerTimeMax = Duration.seconds(60)
        /// How long ``HTTPServer/stop()`` waits for answers that are under way.
        public var stopTimeMax = Duration.seconds(10)

        /// The defaults.
        public init(host: String = "127.0.0.1", port: Int = 0) {
            self.host = host
            self.port = port
        }
    }
}
