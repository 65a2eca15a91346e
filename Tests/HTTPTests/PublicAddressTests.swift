import Testing

@testable import HTTP

@Suite struct PublicAddressTests {
    @Test(
        arguments: [
            ([8, 8, 8, 8], true), ([1, 1, 1, 1], true), ([172, 15, 255, 255], true),
            ([172, 32, 0, 0], true), ([100, 63, 0, 1], true), ([100, 128, 0, 1], true),
            ([127, 0, 0, 1], false), ([127, 255, 0, 1], false), ([0, 0, 0, 0], false),
            ([10, 1, 2, 3], false), ([100, 64, 0, 1], false), ([169, 254, 169, 254], false),
            ([172, 16, 0, 1], false), ([172, 31, 255, 255], false), ([192, 168, 1, 1], false),
            ([198, 19, 0, 1], false), ([224, 0, 0, 1], false), ([255, 255, 255, 255], false),
            ([1, 2, 3], false),
        ] as [([UInt8], Bool)])
    func `an address of IPv4 is public or it is not`(bytes: [UInt8], isPublic: Bool) {
        #expect(PublicAddress.isPublic(v4: bytes) == isPublic)
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes
        if bytes.count == 4 { #expect(PublicAddress.isPublic(v6: mapped) == isPublic) }
    }

    @Test(
        arguments: [
            ([0x26, 0x06, 0x47, 0], true), ([0x2A, 0, 0, 1], true), ([0, 0, 0, 0], false),
            ([0xFC, 0, 0, 0], false), ([0xFD, 1, 0, 0], false), ([0xFE, 0x80, 0, 0], false),
            ([0xFF, 2, 0, 0], false), ([0x20, 1, 0x0D, 0xB8], false), ([0x20, 2, 127, 0], false),
        ] as [([UInt8], Bool)])
    func `an address of IPv6 is public or it is not`(start: [UInt8], isPublic: Bool) {
        let bytes = start + [UInt8](repeating: 0, count: 11) + [1]
        #expect(PublicAddress.isPublic(v6: bytes) == isPublic)
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::1]", "0.0.0.0"])
    func `a client for what users name does not reach this machine`(host: String) async throws {
        let server = HTTPServer { _ in .text("secret") }
        let port = try await server.start()
        var configuration = HTTPClient.Configuration()
        configuration.reachesPublicAddressesOnly = true
        let client = HTTPClient(configuration)
        let url = "http://\(host):\(port)/"
        let error = await #expect(throws: HTTPClientError.self) {
            try await client.send(HTTPClient.Request(.get, url))
        }
        guard case .unreachable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        client.shutDown()
        await server.stop()
    }
}
