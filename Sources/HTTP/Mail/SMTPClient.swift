internal import CCurl
internal import Foundation
public import Telemetry

/// Hands mail to a server that sends it on (RFC 5321): a connection, and a thread that waits for
/// it, for each mail. Who sends many limits how many at a time.
public struct SMTPClient: Sendable {
    /// Which server, and how.
    public struct Configuration: Sendable {
        /// `smtp://host:port`, encrypted by STARTTLS; or `smtps://host:port`, encrypted from the
        /// beginning.
        public var url: String
        /// The name there, if it wants one.
        public var user: String?
        /// The password there.
        public var password: Secret?
        /// What we call ourselves: a domain.
        public var domain: String
        /// Whether a server that offers no encryption gets nothing. Only for servers on the same
        /// machine it may be otherwise.
        public var requiresEncryption: Bool
        /// A file of who may have signed the server's certificate, in place of whom the machine
        /// trusts.
        public var authorities: String?
        /// Until the connection is there, with its encryption.
        public var connectTimeMax = Duration.seconds(10)
        /// Until the mail is taken.
        public var totalTimeMax = Duration.seconds(40)

        /// A server.
        public init(
            url: String, user: String? = nil, password: Secret? = nil, domain: String,
            requiresEncryption: Bool = true
        ) {
            self.url = url
            self.user = user
            self.password = password
            self.domain = domain
            self.requiresEncryption = requiresEncryption
        }
    }

    private let configuration: Configuration

    /// A client of one server.
    public init(_ configuration: Configuration) { self.configuration = configuration }

    /// Hands over one mail for one address.
    ///
    /// When this returns, the server has taken the mail. After `timedOut` and `cut` it may have:
    /// then it should be sent again under the same `Message-ID`, which shows that it is the same.
    /// - Parameters:
    ///   - sender: the address that failures to deliver come back to; ASCII, without brackets.
    ///   - recipient: the address it is for; likewise.
    ///   - content: head and body (RFC 5322), lines ended by CR LF.
    public func send(from sender: String, to recipient: String, content: [UInt8])
        async throws(SMTPError)
    {
        for address in [sender, recipient] {
            guard Self.isAddress(address) else { throw .malformed("an address on the envelope") }
        }
        guard Self.isDomain(configuration.domain) else { throw .malformed("our domain") }
        let configuration = configuration
        let result = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let transfer = SMTPTransfer(
                    configuration, from: sender, to: recipient, content: content)
                continuation.resume(returning: transfer.perform())
            }
        }
        try result.get()
    }

    /// What can stand in a command without ending it: an address is one line and one word.
    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty
            && text.utf8.count <= 254
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
            && !text.contains(where: "<>".contains)
    }

    private static func isDomain(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte & 0xdf)
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            }
    }
}
