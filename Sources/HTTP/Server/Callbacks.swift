internal import CMicroHTTPD
internal import Glibc

/// The functions that the library calls on its threads. Each finds its object and returns at once.
enum Callbacks {
    /// Called with the request line: makes the exchange, which ``completed`` frees.
    static let target:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?
        ) -> UnsafeMutableRawPointer? = { context, text, pointer in
            guard let core = core(context), let text, let pointer,
                let connection = connection(traqora_mhd_socket_context(pointer))
            else { return nil }
            let exchange = Exchange(
                core: core, connection: connection, target: String(validatingCString: text))
            traqora_mhd_join_parameters(text)
            return Unmanaged.passRetained(exchange).toOpaque()
        }

    /// Called with the head, with pieces of the body, without any, and after a resumption.
    static let access: MHD_AccessHandlerCallback = {
        _, pointer, _, method, version, data, count, exchange in
        guard let pointer, let count, let object = exchange?.pointee else { return .NO }
        return Unmanaged<Exchange>.fromOpaque(object).takeUnretainedValue()
            .advance(
                pointer, method: method,
                needsHost: version.map { strcmp($0, "HTTP/1.1") == 0 } ?? false, data: data,
                count: &count.pointee)
    }

    /// Called when a request is over, well or not.
    static let completed: MHD_RequestCompletedCallback = { _, _, exchange, _ in
        guard let object = exchange?.pointee else { return }
        Unmanaged<Exchange>.fromOpaque(object).takeRetainedValue().completed()
        exchange?.pointee = nil
    }

    /// Called when a connection begins and before it is closed.
    static let connection: MHD_NotifyConnectionCallback = { context, pointer, object, what in
        guard let core = core(context), let pointer, let object else { return }
        if what == .CONNECTION_NOTIFY_STARTED {
            let connection = Connection(
                socket: traqora_mhd_socket(pointer),
                address: numericAddress(traqora_mhd_address(pointer)),
                deadline: monotonicNanoseconds() + core.configuration.headTimeMax.nanoseconds)
            core.add(connection)
            object.pointee = Unmanaged.passRetained(connection).toOpaque()
        } else if let known = object.pointee {
            let connection = Unmanaged<Connection>.fromOpaque(known).takeRetainedValue()
            connection.close()
            core.remove(connection)
            object.pointee = nil
        }
    }

    /// Called with what the library would print, which is not for standard error. One line of it is
    /// all that is to be had of a request that it refuses by itself.
    static let log: MHD_LogCallback = { context, format, arguments in
        guard let core = core(context), let format, let arguments,
            strncmp(format, "Error processing request", 24) == 0
        else { return }
        var line = [CChar](repeating: 0, count: 256)
        vsnprintf(&line, line.count, format, arguments)
        let text = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let digits = text.drop { !$0.isNumber }.prefix(while: \.isNumber)
        core.unreadable(HTTPStatus(Int(digits) ?? 400))
    }

    private static func core(_ context: UnsafeMutableRawPointer?) -> ServerCore? {
        context.map { Unmanaged<ServerCore>.fromOpaque($0).takeUnretainedValue() }
    }

    private static func connection(_ object: UnsafeMutableRawPointer?) -> Connection? {
        object.map { Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue() }
    }
}
