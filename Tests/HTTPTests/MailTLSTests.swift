import HTTP
import Support
import Telemetry
import Testing

/// Mail over TLS, from the first byte or after `STARTTLS`: a server that cannot prove who it is
/// hears neither mail nor password.
@Suite struct MailTLSTests {
    private let content = Array("Subject: x\r\n\r\nbody\r\n".utf8)

    private func send(
        _ front: TLSFront, _ scheme: String, host: String = "localhost", trusting: String?,
        isSecure: Bool = true
    ) async -> SMTPError? {
        var configuration = SMTPClient.Configuration(
            url: "\(scheme)://\(host):\(front.port)", user: "name", password: Secret("pass"),
            domain: "example.org", requiresEncryption: isSecure)
        configuration.authorities = trusting
        do {
            try await SMTPClient(configuration).send(
                from: "a@example.org", to: "b@example.com", content: content)
            return nil
        } catch { return error }
    }

    @Test(arguments: ["smtps", "smtp"])
    func `mail goes to the server whose certificate is good, and to no other`(scheme: String)
        async throws
    {
        let server = try SMTPServer()
        server.demand("AG5hbWUAcGFzcw==")
        let front = try await TLSFront.start(
            before: server.port, startsInClear: scheme == "smtp")
        let other = try await TLSFront.start(
            before: server.port, startsInClear: scheme == "smtp")
        let trusted = front.certificates.authority
        #expect(await send(front, scheme, trusting: trusted) == nil)
        #expect(server.mails.map(\.content) == [content])
        #expect(server.commands.contains { $0.hasPrefix("AUTH") })
        let said = server.commands.count

        // Signed by whom nobody trusts; by another authority; for another host.
        #expect(await send(front, scheme, trusting: nil)?.code == "smtp.insecure")
        #expect(await send(other, scheme, trusting: trusted)?.code == "smtp.insecure")
        #expect(
            await send(front, scheme, host: "127.0.0.1", trusting: trusted)?.code
                == "smtp.insecure")
        // Also where encryption is not asked for: what is offered must be good.
        #expect(
            await send(other, scheme, trusting: trusted, isSecure: false)?.code
                == "smtp.insecure")
        #expect(server.commands.count == said)
        server.stop()
    }

    @Test(arguments: ["smtps", "smtp"])
    func `a certificate whose time is over is refused`(scheme: String) async throws {
        let server = try SMTPServer()
        let front = try await TLSFront.start(
            before: server.port, startsInClear: scheme == "smtp", days: -1)
        let error = await send(front, scheme, trusting: front.certificates.authority)
        #expect(error?.code == "smtp.insecure")
        #expect(server.commands == [])
        server.stop()
    }

    @Test func `a server that offers no encryption gets nothing`() async throws {
        let server = try SMTPServer()
        var configuration = SMTPClient.Configuration(
            url: "smtp://localhost:\(server.port)", domain: "example.org")
        configuration.user = "name"
        configuration.password = Secret("pass")
        await #expect(throws: SMTPError.self) {
            try await SMTPClient(configuration).send(
                from: "a@example.org", to: "b@example.com", content: content)
        }
        #expect(server.mails.isEmpty && !server.commands.contains { $0.hasPrefix("AUTH") })
        server.stop()
    }
}
