internal import CCurl
internal import Foundation
internal import Telemetry

/// One mail on its way: made, used and freed on one thread.
final class SMTPTransfer {
    private let configuration: SMTPClient.Configuration
    private let sender: String
    private let recipient: String
    private let content: [UInt8]
    private var offset = 0

    init(
        _ configuration: SMTPClient.Configuration, from sender: String, to recipient: String,
        content: [UInt8]
    ) {
        self.configuration = configuration
        self.sender = sender
        self.recipient = recipient
        self.content = content
    }

    /// Connects, hands over and hangs up.
    func perform() -> Result<Void, SMTPError> {
        guard CurlLibrary.isReady, let easy = curl_easy_init() else {
            return .failure(.unreachable("no memory"))
        }
        defer { curl_easy_cleanup(easy) }
        let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { words.deallocate() }
        traqora_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, words)
        guard let recipients = curl_slist_append(nil, "<\(recipient)>") else {
            return .failure(.unreachable("no memory"))
        }
        defer { curl_slist_free_all(recipients) }
        setServer(easy)
        traqora_curl_set_string(easy, CURLOPT_MAIL_FROM, "<\(sender)>")
        traqora_curl_set_pointer(easy, CURLOPT_MAIL_RCPT, UnsafeMutableRawPointer(recipients))
        setContent(easy)
        let result = withExtendedLifetime(self) { curl_easy_perform(easy) }
        return outcome(
            result, status: traqora_curl_response_code(easy), words: String(cString: words))
    }

    private func setServer(_ easy: UnsafeMutableRawPointer) {
        traqora_curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        traqora_curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        // Not what the environment says: only the program's own settings count.
        traqora_curl_set_string(easy, CURLOPT_PROXY, "")
        // What stands behind the server's name is what we call ourselves.
        traqora_curl_set_string(
            easy, CURLOPT_URL, "\(configuration.url)/\(configuration.domain)")
        let encryption = configuration.requiresEncryption ? CURLUSESSL_ALL : CURLUSESSL_TRY
        traqora_curl_set_long(easy, CURLOPT_USE_SSL, Int(encryption.rawValue))
        if let authorities = configuration.authorities {
            traqora_curl_set_string(easy, CURLOPT_CAINFO, authorities)
        }
        if let user = configuration.user {
            traqora_curl_set_string(easy, CURLOPT_USERNAME, user)
            traqora_curl_set_string(
                easy, CURLOPT_PASSWORD, configuration.password?.reveal() ?? "")
        }
        traqora_curl_set_long(
            easy, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(configuration.connectTimeMax))
        let total = Self.milliseconds(configuration.totalTimeMax)
        traqora_curl_set_long(easy, CURLOPT_TIMEOUT_MS, total)
        // The other limit ends with the mail; this one, in seconds, is for a server's goodbye.
        traqora_curl_set_long(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (total + 999) / 1_000)
    }

    /// The library doubles dots at the beginnings of lines by itself.
    private func setContent(_ easy: UnsafeMutableRawPointer) {
        traqora_curl_set_long(easy, CURLOPT_UPLOAD, 1)
        traqora_curl_set_pointer(
            easy, CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque())
        traqora_curl_set_transfer(easy, CURLOPT_READFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.give(UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
        }
    }

    private func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, content.count - offset)
        buffer.copyBytes(from: content[offset..<offset + count])
        offset += count
        return count
    }

    private func outcome(_ result: CURLcode, status: Int, words: String) -> Result<Void, SMTPError>
    {
        switch result {
        case CURLE_OK: .success(())
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
            .failure(.malformed("the mail server's address"))
        case CURLE_COULDNT_RESOLVE_HOST: .failure(.unreachable("it has no address"))
        case CURLE_COULDNT_CONNECT: .failure(.unreachable("nobody listens there"))
        case CURLE_OPERATION_TIMEDOUT: .failure(.timedOut)
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR:
            .failure(.insecure(words))
        case CURLE_LOGIN_DENIED: .failure(.unauthorized(words))
        default: .failure(Self.error(status: status, result, words))
        }
    }

    /// What the server's last word means; none of a no is a broken connection.
    private static func error(status: Int, _ result: CURLcode, _ words: String) -> SMTPError {
        switch status {
        // "Authentication required", "… too weak", "… invalid": RFC 4954 §6.
        case 530, 534, 535, 538: .unauthorized(words)
        case 400..<500: .deferred(status, words)
        case 500..<600: .refused(status, words)
        default: .cut(words.isEmpty ? String(cString: curl_easy_strerror(result)) : words)
        }
    }

    /// At least one: zero would mean "for ever".
    private static func milliseconds(_ duration: Duration) -> Int {
        max(1, Int(min(duration / .milliseconds(1), Double(Int32.max))))
    }
}

/// The library as a whole.
enum CurlLibrary {
    /// Once a process.
    static let isReady = traqora_curl_global_init() == CURLE_OK
}
