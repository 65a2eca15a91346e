internal import COpenSSL

/// Files of a TLS connection, beside what the machine trusts.
struct TLSFiles: Sendable, Hashable {
    /// Who may have signed the server's certificate; `nil` for whom the machine trusts.
    var authorities: String?
    /// Our own certificate, with its chain, for a server that asks who comes.
    var certificate: String?
    /// Its key.
    var key: String?
}

/// TLS over a connected socket that does not block, used by one thread alone. The server must show
/// a certificate for the host that was asked for.
final class TLSChannel {
    private let context: OpaquePointer
    private let connection: OpaquePointer
    private let host: String
    private var unsent: [UInt8] = []
    private var isConnected = false
    /// Whether the library waits until more can be written.
    private var waitsToWrite = true

    init(_ descriptor: Int32, host: String, _ files: TLSFiles) throws(RedisError) {
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw Self.failure("TLS") }
        // A connection takes over how its context is set at this moment, not what is set later.
        copenssl_write_in_parts(context)
        guard copenssl_at_least_tls_1_2(context) == 1, let connection = SSL_new(context) else {
            SSL_CTX_free(context)
            throw Self.failure("TLS")
        }
        (self.context, self.connection, self.host) = (context, connection, host)
        // From here on `deinit` lets go of both.
        try Self.setFiles(files, context, connection)
        SSL_set_verify(connection, SSL_VERIFY_PEER, nil)
        // A certificate names addresses in another place than hosts.
        let isAddress =
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host) == 1
        if !isAddress {
            guard SSL_set1_host(connection, host) == 1,
                copenssl_ask_for_host(connection, host) == 1
            else { throw Self.failure("the host's name") }
        }
        guard SSL_set_fd(connection, descriptor) == 1 else { throw Self.failure("TLS") }
        SSL_set_connect_state(connection)
    }

    deinit {
        SSL_free(connection)
        SSL_CTX_free(context)
    }

    /// Whether there is something to do once the socket takes more.
    var wantsToWrite: Bool { waitsToWrite || (isConnected && !unsent.isEmpty) }

    /// Puts bytes into the buffer.
    func append(_ bytes: some Sequence<UInt8>) { unsent += bytes }

    /// Sends what fits.
    func write() throws(RedisError) {
        waitsToWrite = false
        guard try connect() else { return }
        while !unsent.isEmpty {
            ERR_clear_error()
            let count = unsent.withUnsafeBytes {
                SSL_write(connection, $0.baseAddress, Int32(clamping: $0.count))
            }
            guard count > 0 else {
                try look(at: count)
                return
            }
            unsent.removeFirst(Int(count))
        }
    }

    /// Reads what is there and hands it over.
    func readAll(_ take: (UnsafeRawBufferPointer) -> Void) throws(RedisError) {
        guard try connect() else { return }
        // What waited for the connection.
        if !unsent.isEmpty { try write() }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            ERR_clear_error()
            let count = SSL_read(connection, &buffer, Int32(buffer.count))
            guard count > 0 else {
                try look(at: count)
                return
            }
            buffer.withUnsafeBytes { take(.init(rebasing: $0[..<Int(count)])) }
        }
    }

    /// Goes on with the greeting of both sides; `false` while it is under way.
    private func connect() throws(RedisError) -> Bool {
        if isConnected { return true }
        ERR_clear_error()
        let result = SSL_do_handshake(connection)
        if result == 1 {
            isConnected = true
            return true
        }
        try look(at: result)
        return false
    }

    /// What it means that a call did not end well: that it must wait, or that it is over.
    private func look(at result: Int32) throws(RedisError) {
        switch SSL_get_error(connection, result) {
        case SSL_ERROR_WANT_READ: return
        case SSL_ERROR_WANT_WRITE: waitsToWrite = true
        case SSL_ERROR_ZERO_RETURN: throw .unreachable("it closed the connection")
        default:
            let verdict = SSL_get_verify_result(connection)
            guard verdict == Int(X509_V_OK) else {
                let reason = X509_verify_cert_error_string(verdict).map { String(cString: $0) }
                throw .unreachable(
                    "its certificate is not good for \(host): \(reason ?? "unknown")")
            }
            throw Self.failure("the connection")
        }
    }

    private static func setFiles(
        _ files: TLSFiles, _ context: OpaquePointer, _ connection: OpaquePointer
    ) throws(RedisError) {
        if let authorities = files.authorities {
            guard SSL_CTX_load_verify_file(context, authorities) == 1 else {
                throw failure("`\(authorities)`")
            }
        } else {
            guard SSL_CTX_set_default_verify_paths(context) == 1 else {
                throw failure("the machine's certificates")
            }
        }
        guard let certificate = files.certificate else { return }
        guard SSL_use_certificate_chain_file(connection, certificate) == 1 else {
            throw failure("`\(certificate)`")
        }
        let key = files.key ?? certificate
        guard SSL_use_PrivateKey_file(connection, key, SSL_FILETYPE_PEM) == 1 else {
            throw failure("`\(key)`")
        }
    }

    /// In the library's words, where it has some.
    private static func failure(_ what: String) -> RedisError {
        let code = ERR_get_error()
        let reason = ERR_reason_error_string(code).map { String(cString: $0) }
        return .unreachable("\(what) failed: \(reason ?? "it broke")")
    }
}
