internal import CHiredis
internal import Foundation

/// One connection over hiredis' parts that do not block, used by one thread alone.
final class RedisLink {
    private let context: UnsafeMutablePointer<redisContext>
    private var handlers: [(RedisReply) -> Void] = []
    private var firstHandler = 0
    private var hasUnsentText = false
    /// `nil` without encryption.
    private let tls: TLSChannel?

    /// Begins to connect; whether that works shows at the first event.
    init(_ url: RedisURL) throws(RedisError) {
        let opened =
            switch url.place {
            case .host(let host, let port): redisConnectNonBlock(host, port)
            case .socket(let path): redisConnectUnixNonBlock(path)
            }
        guard let opened else { throw .unreachable("out of memory") }
        context = opened
        guard opened.pointee.err == 0 else {
            // Whoever throws before all is set has no `deinit`.
            defer { redisFree(opened) }
            throw .unreachable(Self.reason(opened))
        }
        // Programs that this one starts have no business with it.
        _ = fcntl(opened.pointee.fd, F_SETFD, FD_CLOEXEC)
        guard case .host(let host, _) = url.place, let files = url.tls else {
            tls = nil
            return
        }
        do throws(RedisError) {
            tls = try TLSChannel(opened.pointee.fd, host: host, files)
        } catch {
            redisFree(opened)
            throw error
        }
    }

    deinit { redisFree(context) }

    var descriptor: Int32 { context.pointee.fd }

    /// Whether there is something to send.
    var hasUnsent: Bool { tls?.wantsToWrite ?? hasUnsentText }

    /// How many answers are still to come.
    var pendingCount: Int { handlers.count - firstHandler }

    /// Puts a command into the buffer.
    /// - Parameter handler: called with the answer, once; `nil` for one whose answers come to
    ///   ``readAll(unasked:)``.
    func append(_ words: [[UInt8]], handler: ((RedisReply) -> Void)?) {
        let block = words.flatMap { $0 }
        let lengths = words.map(\.count)
        block.withUnsafeBytes { bytes in
            var offset = 0
            let empty = UnsafePointer<CChar>(bitPattern: 1)
            var pointers = lengths.map { length -> UnsafePointer<CChar>? in
                defer { offset += length }
                return bytes.baseAddress.map {
                    $0.advanced(by: offset).assumingMemoryBound(to: CChar.self)
                } ?? empty
            }
            guard let tls else {
                _ = redisAppendCommandArgv(context, Int32(words.count), &pointers, lengths)
                return
            }
            var text: UnsafeMutablePointer<CChar>?
            let count = redisFormatCommandArgv(&text, Int32(words.count), &pointers, lengths)
            guard let text, count > 0 else { return }
            tls.append(UnsafeRawBufferPointer(start: text, count: Int(count)))
            redisFreeCommand(text)
        }
        hasUnsentText = tls == nil
        if let handler { handlers.append(handler) }
    }

    /// Sends what fits.
    func write() throws(RedisError) {
        if let tls { return try tls.write() }
        var isDone: Int32 = 0
        guard redisBufferWrite(context, &isDone) == REDIS_OK else {
            throw .unreachable(Self.reason(context))
        }
        hasUnsentText = isDone == 0
    }

    /// Reads what is there and hands every whole answer over.
    /// - Parameter unasked: takes answers that nobody waits for: messages of channels.
    func readAll(unasked: (RedisReply) -> Void) throws(RedisError) {
        if let tls {
            let reader = context.pointee.reader
            try tls.readAll { bytes in
                _ = redisReaderFeed(
                    reader, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
            }
        } else if redisBufferRead(context) != REDIS_OK {
            throw .unreachable(Self.reason(context))
        }
        while true {
            var pointer: UnsafeMutableRawPointer?
            guard redisReaderGetReply(context.pointee.reader, &pointer) == REDIS_OK else {
                throw .unreachable("it answered in another protocol")
            }
            guard let pointer else { return }
            let reply = RedisReply(pointer.assumingMemoryBound(to: redisReply.self))
            freeReplyObject(pointer)
            if let handler = takeHandler() { handler(reply) } else { unasked(reply) }
        }
    }

    private func takeHandler() -> ((RedisReply) -> Void)? {
        guard firstHandler < handlers.count else { return nil }
        defer {
            firstHandler += 1
            // The front of the array is dropped now and then, not each time.
            if firstHandler > 1_000 || firstHandler == handlers.count {
                handlers.removeFirst(firstHandler)
                firstHandler = 0
            }
        }
        return handlers[firstHandler]
    }

    private static func reason(_ context: UnsafeMutablePointer<redisContext>) -> String {
        withUnsafeBytes(of: context.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
