internal import CCurl

/// libcurl's side of a transfer: made, used and freed on the loop's thread.
struct EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let fields: UnsafeMutablePointer<curl_slist>?
    private let words: UnsafeMutablePointer<CChar>

    /// `nil` if there is no memory.
    init?(_ transfer: Transfer) {
        guard let easy = curl_easy_init() else { return nil }
        pointer = easy
        fields = Self.fields(of: transfer.request)
        words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        traqora_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words)
        setLimits(transfer)
        setRequest(transfer.request)
        // Freed in `free()`.
        let context = Unmanaged.passRetained(transfer).toOpaque()
        traqora_curl_set_pointer(easy, CURLOPT_PRIVATE, context)
        traqora_curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        traqora_curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        traqora_curl_set_transfer(easy, CURLOPT_WRITEFUNCTION) { bytes, _, count, context in
            guard let transfer = found(context) else { return 0 }
            switch transfer.take(body: UnsafeRawBufferPointer(start: bytes, count: count)) {
            case .taken: return count
            case .pause: return Int(CURL_WRITEFUNC_PAUSE)
            case .stop: return count == 0 ? 1 : 0
            }
        }
        traqora_curl_set_transfer(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let transfer = found(context) else { return 0 }
            let count = size * count
            let line = UnsafeRawBufferPointer(start: bytes, count: count)
            return transfer.take(headLine: line) ? count : 0
        }
    }

    /// Frees everything; the handle is in no multi handle any more.
    func free() {
        let context = traqora_curl_private(pointer)
        curl_easy_cleanup(pointer)
        curl_slist_free_all(fields)
        words.deallocate()
        if let context { Unmanaged<Transfer>.fromOpaque(context).release() }
    }

    /// What libcurl's code means for whoever asked; `nil` if all went well.
    func error(_ code: CURLcode, _ request: HTTPClient.Request) -> HTTPClientError? {
        let detail = String(cString: words)
        let words = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
        switch code {
        case CURLE_OK: return nil
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED: return .badURL(request.url)
        case CURLE_COULDNT_RESOLVE_HOST: return .unresolved(request.url)
        case CURLE_COULDNT_CONNECT: return .unreachable(words)
        case CURLE_OPERATION_TIMEDOUT:
            return traqora_curl_request_bytes(pointer) == 0 ? .connectTimedOut : .timedOut
        // The same code for a connection that broke and for a bad chunk.
        case CURLE_RECV_ERROR where words.contains("hexadecimal") || words.contains("hunk"):
            return .malformed(words)
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            return .cut(words)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
            return .insecure(words)
        case CURLE_TOO_MANY_REDIRECTS: return .tooManyRedirects
        default: return .malformed(words)
        }
    }

    private func setLimits(_ transfer: Transfer) {
        let limits = transfer.configuration
        set(CURLOPT_NOSIGNAL, 1)
        traqora_curl_set_string(pointer, CURLOPT_PROTOCOLS_STR, "http,https")
        traqora_curl_set_string(pointer, CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        // Not what the environment says: only the program's own settings count.
        traqora_curl_set_string(pointer, CURLOPT_PROXY, "")
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits.connectTimeMax))
        if transfer.channel == nil {
            let total = transfer.request.totalTimeMax ?? limits.totalTimeMax
            set(CURLOPT_TIMEOUT_MS, milliseconds(total))
        }
        set(CURLOPT_FOLLOWLOCATION, limits.redirectsMax > 0 ? 1 : 0)
        set(CURLOPT_MAXREDIRS, max(limits.redirectsMax, 0))
        traqora_curl_set_string(pointer, CURLOPT_USERAGENT, limits.userAgent)
        if limits.reachesPublicAddressesOnly { PublicAddress.protect(pointer) }
    }

    private func setRequest(_ request: HTTPClient.Request) {
        traqora_curl_set_string(pointer, CURLOPT_URL, request.url)
        traqora_curl_set_pointer(pointer, CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(fields))
        let hasBody = !request.body.isEmpty || request.method == .post
        if hasBody {
            traqora_curl_set_size(
                pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
            _ = request.body.withUnsafeBytes { body in
                // The size comes first; the library then copies that many bytes.
                traqora_curl_set_pointer(
                    pointer, CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: body.baseAddress))
            }
            if request.body.isEmpty { traqora_curl_set_string(pointer, CURLOPT_POSTFIELDS, "") }
        }
        if request.method == .head {
            set(CURLOPT_NOBODY, 1)
        } else if request.method != (hasBody ? .post : .get) {
            traqora_curl_set_string(pointer, CURLOPT_CUSTOMREQUEST, request.method.description)
        }
    }

    private static func fields(of request: HTTPClient.Request)
        -> UnsafeMutablePointer<curl_slist>?
    {
        var list: UnsafeMutablePointer<curl_slist>?
        // Without it, a long body waits a second for a "100 Continue" that few servers send.
        var lines = ["Expect:"]
        if request.headers["Content-Type"] == nil { lines.append("Content-Type:") }
        for field in request.headers.fields {
            lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        for line in lines { list = curl_slist_append(list, line) ?? list }
        return list
    }

    private func set(_ option: CURLoption, _ value: Int) {
        traqora_curl_set_long(pointer, option, value)
    }

    /// At least one: zero would mean "for ever".
    private func milliseconds(_ duration: Duration) -> Int {
        max(1, Int(min(duration.nanoseconds / 1_000_000, UInt64(Int32.max))))
    }
}

private func found(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}
