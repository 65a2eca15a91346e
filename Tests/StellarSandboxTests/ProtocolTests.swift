import StellarSandbox
import StellarXDR
import Testing

struct ProtocolTests {
    @Test(arguments: StellarSandbox.Configuration.protocolVersions)
    func `a network is at the version that it was asked for`(version: UInt32) async throws {
        let network = try await TestNetwork { $0.protocolVersion = version }
        #expect(try await network.result("getNetwork")["protocolVersion"].int == Int(version))
        let (anna, ben) = (try await network.account(), try await network.account())
        let applied = try await network.apply(
            try await network.payment(from: anna, to: ben, stroops: 1))
        #expect(applied["status"].string == "SUCCESS")
    }

    @Test func `a version that there is not is refused`() async throws {
        await #expect(throws: SandboxError.unsupported("protocol 29")) {
            try await TestNetwork { $0.protocolVersion = 29 }
        }
    }

    @Test func `a network in a file is upgraded with the next ledger, and not back`() async throws {
        try await withStateFile { path in
            for (version, expected) in [(27, 27), (28, 28), (27, 28)] as [(UInt32, UInt32)] {
                let network = try await TestNetwork {
                    $0.storage = .file(path)
                    $0.protocolVersion = version
                }
                try await network.sandbox.closeLedger()
                let latest = try await network.result("getLatestLedger")
                let header = try LedgerHeader(base64: latest["headerXdr"].string ?? "")
                #expect(header.ledgerVersion == expected)
                await network.sandbox.stop()
            }
        }
    }
}
