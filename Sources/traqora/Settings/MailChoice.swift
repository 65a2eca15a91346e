import HTTP
import Telemetry
import TraqoraServer
import Travel

extension Schema {
    static let smtpURL = Setting<MailServerAddress?>(
        "SMTP_URL", "The server that takes mail to travellers.", type: "URL",
        rule: "smtp:// (encrypted by STARTTLS, but on this machine) or smtps://, a host, a port",
        default: nil, as: "none: nobody is mailed"
    ) { text throws(SettingFault) in
        guard let address = MailServerAddress(text) else {
            throw SettingFault(
                "“\(text)” is no mail server: write smtp://HOST:PORT or smtps://HOST:PORT, the name "
                    + "and password in settings of their own")
        }
        return address
    }

    static let smtpUser = Setting<String?>(
        "SMTP_USER", "The name we have there.", type: "text", rule: "as the server gave it",
        default: nil, as: "none", text)
    static let smtpPassword = Setting<Secret?>(
        "SMTP_PASSWORD", "The password there.", type: "secret", rule: "as the server gave it",
        default: nil, as: "none", isSecret: true
    ) { text throws(SettingFault) in Secret(text) }
    static let smtpAuthorities = Setting<String?>(
        "SMTP_CA_FILE", "Who may have signed the server's certificate.", type: "file",
        rule: "certificates in PEM", default: nil, as: "whom the machine trusts", text)
    static let mailSender = Setting<MailSender?>(
        "MAIL_FROM", "Whom mail to travellers comes from.", type: "address",
        rule: "bookings@example.org or Traqora <bookings@example.org>", default: nil,
        as: "none; SMTP_URL needs it"
    ) { text throws(SettingFault) in
        guard let sender = try? MailSender(parsing: text) else {
            throw SettingFault(
                "“\(text)” is no address: write bookings@example.org or Name "
                    + "<bookings@example.org>")
        }
        return sender
    }
}

/// Where a mail server is.
struct MailServerAddress: Hashable, Sendable {
    /// Scheme, host and perhaps port.
    let url: String
    /// Whether it is this machine: nobody listens in on the way.
    let isLocal: Bool

    init?(_ text: String) {
        guard let scheme = ["smtps://", "smtp://"].first(where: text.hasPrefix) else { return nil }
        var authority = String(text.dropFirst(scheme.count))
        if authority.hasSuffix("/") { authority.removeLast() }
        let allowed = authority.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte & 0xdf)
                || ".-:[]".utf8.contains(byte)
        }
        guard !authority.isEmpty, allowed, authority.first != ":" else { return nil }
        url = scheme + authority
        isLocal = ["127.0.0.1", "localhost", "[::1]"].contains { host in
            authority == host || authority.hasPrefix("\(host):")
        }
    }
}

/// Where mail goes out, if it does.
struct MailChoice: Sendable {
    var server: MailServerAddress?
    var user: String?
    var password: Secret?
    var authorities: String?
    var sender: MailSender?

    init(_ reader: inout SettingReader) {
        server = reader.read(Schema.smtpURL)
        user = reader.read(Schema.smtpUser)
        password = reader.read(Schema.smtpPassword)
        authorities = reader.read(Schema.smtpAuthorities)
        sender = reader.read(Schema.mailSender)
    }

    /// What is said of mail that cannot be.
    func check(_ reader: inout SettingReader) {
        if server != nil, sender == nil {
            reader.fault(Schema.mailSender.name, "SMTP_URL needs it: set whom mail comes from")
        }
        if (user == nil) != (password == nil) {
            reader.fault(
                Schema.smtpPassword.name,
                "SMTP_USER and SMTP_PASSWORD go together: set both or neither")
        }
        let isAlone = server == nil && (user != nil || sender != nil)
        if isAlone {
            reader.fault(Schema.smtpURL.name, "without it nobody is mailed: set it, or none")
        }
    }

    /// The same for the service.
    var configuration: MailConfiguration? {
        guard let server, let sender else { return nil }
        var client = SMTPClient.Configuration(
            url: server.url, user: user, password: password, domain: sender.domain,
            requiresEncryption: !server.isLocal)
        client.authorities = authorities
        return MailConfiguration(server: client, sender: sender)
    }
}
