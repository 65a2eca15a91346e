import HTTP
import Support
import Telemetry
import Testing

/// Mail on its way to a server.
@Suite struct SMTPClientTests {
    private func client(
        _ server: SMTPServer, user: String? = nil, requiresEncryption: Bool = false,
        totalTimeMax: Duration = .seconds(100)
    ) -> SMTPClient {
        var configuration = SMTPClient.Configuration(
            url: "smtp://127.0.0.1:\(server.port)", user: user,
            password: user == nil ? nil : Secret("pass"), domain: "example.org",
            requiresEncryption: requiresEncryption)
        configuration.totalTimeMax = totalTimeMax
        return SMTPClient(configuration)
    }

    private let content = Array("Subject: x\r\n\r\n.one\r\n..two\r\n.\r\nend\r\n".utf8)

    private func send(_ client: SMTPClient) async -> SMTPError? {
        do {
            try await client.send(from: "a@example.org", to: "b@example.com", content: content)
            return nil
        } catch { return error }
    }

    @Test func `a mail arrives as it was written, dots and all`() async throws {
        let server = try SMTPServer()
        #expect(await send(client(server)) == nil)
        let mail = try #require(server.mails.first)
        #expect(mail.sender == "a@example.org" && mail.recipients == ["b@example.com"])
        #expect(mail.content == content)
        #expect(server.commands.first == "EHLO example.org")
        server.stop()
    }

    @Test func `a long mail arrives whole`() async throws {
        let server = try SMTPServer()
        let long =
            Array("Subject: x\r\n\r\n".utf8)
            + Array(
                String(repeating: ".\(String(repeating: "x", count: 70))\r\n", count: 9_000).utf8)
        try await client(server).send(from: "a@example.org", to: "b@example.com", content: long)
        #expect(server.mails.first?.content == long)
        server.stop()
    }

    static let faults: [(SMTPServer.Fault, String, Bool)] = [
        (.reply("550 5.1.1 nobody", to: "RCPT"), "smtp.refused", true),
        (.reply("553 no such sender", to: "MAIL"), "smtp.refused", true),
        (.reply("554 spam", to: "."), "smtp.refused", true),
        (.reply("450 4.2.0 grey", to: "RCPT"), "smtp.deferred", false),
        (.reply("451 later", to: "."), "smtp.deferred", false),
        (.reply("421 going", to: "MAIL"), "smtp.deferred", false),
        (.reply("530 authenticate", to: "MAIL"), "smtp.unauthorized", false),
        (.cut("RCPT"), "smtp.cut", false),
        (.cut("."), "smtp.cut", false),
        (.takenThenCut, "smtp.cut", false),
    ]

    @Test(arguments: faults)
    func `what a server says no to is told from what may be tried again`(
        fault: SMTPServer.Fault, code: String, isPermanent: Bool
    ) async throws {
        let server = try SMTPServer()
        server.fail(fault)
        let error = try #require(await send(client(server)))
        #expect(error.code == code)
        #expect(error.isPermanent == isPermanent)
        #expect(!"\(error)".contains("nobody") && !"\(error)".contains("b@example.com"))
        // The next one goes through.
        #expect(await send(client(server)) == nil)
        server.stop()
    }

    @Test func `a server that does not answer is given up, and one that is not there`() async throws
    {
        let server = try SMTPServer()
        server.fail(.slow("RCPT", 20))
        #expect(await send(client(server, totalTimeMax: .milliseconds(800))) == .timedOut)
        server.stop()
        let nobody = SMTPClient(
            .init(url: "smtp://127.0.0.1:1", domain: "example.org", requiresEncryption: false))
        #expect(await send(nobody)?.code == "smtp.unreachable")
    }

    @Test func `a server that says no goodbye holds nobody for long`() async throws {
        let server = try SMTPServer()
        server.fail(.slow("QUIT", 100))
        let (clock, client) = (ContinuousClock(), client(server, totalTimeMax: .seconds(2)))
        let start = clock.now
        #expect(await send(client) == nil)
        #expect(clock.now - start < .seconds(50))
        #expect(server.mails.count == 1)
        server.stop()
    }

    @Test func `without encryption where it is required nothing is said of the mail`() async throws
    {
        let server = try SMTPServer()
        #expect(await send(client(server, requiresEncryption: true))?.code == "smtp.insecure")
        #expect(!server.commands.contains { $0.hasPrefix("MAIL") })
        server.stop()
    }

    @Test func `name and password are shown where they are wanted`() async throws {
        let server = try SMTPServer()
        // \0us\0pass
        server.demand("AHVzAHBhc3M=")
        #expect(await send(client(server, user: "us")) == nil)
        server.demand("other")
        #expect(await send(client(server, user: "us"))?.code == "smtp.unauthorized")
        #expect(server.mails.count == 1)
        server.stop()
    }

    @Test(arguments: [
        "", "a", "a@b@c", "a b@c.d", "a@c.d\r\nRCPT TO:<x@y.z>", "a@c.d>", "<a@c.d", "é@c.d",
        "a@c.d\n", "a@c.d\0",
    ])
    func `an address that could end a command goes nowhere`(address: String) async throws {
        let server = try SMTPServer()
        for (from, to) in [(address, "b@example.com"), ("a@example.org", address)] {
            await #expect(throws: SMTPError.self) {
                try await client(server).send(from: from, to: to, content: content)
            }
        }
        #expect(server.commands.isEmpty)
        server.stop()
    }
}
