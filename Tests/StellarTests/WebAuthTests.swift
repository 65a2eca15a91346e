import Foundation
import Stellar
import StellarXDR
import Support
import Testing

@Suite struct WebAuthTests {
    struct Line: Decodable, Sendable, CustomTestStringConvertible {
        var network, server, client, home_domain, web_auth_domain, signed: String
        var memo: UInt64?
        var now: UInt64
        var valid: Bool
        var why: String?
        var challenge: String?

        var testDescription: String { why ?? "valid" }
    }

    private static let lines: [Line] =
        (try? Vectors.lines("client.jsonl")
            .filter { String(decoding: $0, as: UTF8.self).contains("\"sep10\"") }
            .map { try JSONDecoder().decode(Line.self, from: $0) }) ?? []

    private static func rules(_ line: Line) throws -> WebAuthRules {
        WebAuthRules(
            server: try AccountID(parsing: line.server),
            network: Network(passphrase: line.network), homeDomains: [line.home_domain],
            webAuthDomain: line.web_auth_domain)
    }

    private static func judge(_ line: Line) throws -> WebAuthError? {
        let envelope = try TransactionEnvelope(base64: line.signed)
        let rules = try rules(line)
        do throws(WebAuthError) {
            let challenge = try rules.read(envelope, now: line.now)
            #expect(challenge.account.accountID.description == line.client)
            try rules.verifyMasterKey(of: challenge, in: envelope)
            return nil
        } catch {
            return error
        }
    }

    private static let expected: [String: WebAuthError] = [
        "not signed by the client": .notSignedByClient, "signed by another": .unknownSignature,
        "too late": .outsideTimeBounds, "too early": .outsideTimeBounds,
        "other server": .wrongServer, "other home domain": .wrongHomeDomain,
        "other web auth domain": .wrongWebAuthDomain,
        "sequence number is not 0": .usableSequence, "a payment hidden in it": .wrongOperation,
        "nonce of another length": .wrongNonce,
        "first operation without a source": .wrongOperation, "no time bounds": .noTimeBounds,
    ]

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `what another SDK takes is taken, what it refuses is refused for the same reason`() throws
    {
        try #require(Self.lines.count == 412)
        for line in Self.lines {
            let error = try Self.judge(line)
            #expect(error == line.why.map { Self.expected[$0] ?? .malformed }, "\(line)")
        }
    }

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `a challenge is the one that another SDK makes`() throws {
        let given = Self.lines.compactMap { line in line.challenge.map { (line, $0) } }
        try #require(given.count == 40)
        for (line, text) in given {
            let envelope = try TransactionEnvelope(base64: text)
            let rules = try Self.rules(line)
            let challenge = try rules.read(envelope, now: line.now)
            #expect(challenge.memo == line.memo)
            #expect(try challenge.transaction(of: rules.server) == envelope.transaction)
        }
    }

    private static let home = "traqora.example"
    private let server: KeyPair
    private let master: KeyPair
    private let others: [KeyPair]
    private let rules: WebAuthRules

    init() throws {
        server = try KeyPair.random()
        master = try KeyPair.random()
        others = try (0..<3).map { _ in try KeyPair.random() }
        rules = WebAuthRules(
            server: server.accountID, network: .testnet, homeDomains: [Self.home],
            webAuthDomain: "auth.\(Self.home)")
    }

    private func challenge(
        client: WebAuthChallenge.ClientDomain? = nil
    ) -> WebAuthChallenge {
        WebAuthChallenge(
            account: MuxedAccount(master.accountID), homeDomain: Self.home,
            webAuthDomain: "auth.\(Self.home)", client: client,
            nonce: [UInt8](repeating: 7, count: 48), now: 1_000)
    }

    private func judge(
        _ keys: [KeyPair], client: WebAuthChallenge.ClientDomain? = nil,
        signers: [(AccountID, UInt32)], threshold: UInt32
    ) throws -> WebAuthError? {
        let challenge = challenge(client: client)
        var envelope = try challenge.envelope(signedBy: server, on: .testnet)
        for key in keys { try envelope.sign(with: key, on: .testnet) }
        do throws(WebAuthError) {
            #expect(try rules.read(envelope, now: 1_000) == challenge)
            try rules.verify(
                challenge, in: envelope,
                signers: signers.map { (key: $0.0, weight: $0.1) }, threshold: threshold)
            return nil
        } catch {
            return error
        }
    }

    @Test func `several signers need the threshold together, and each counts once`() throws {
        let signers: [(AccountID, UInt32)] =
            [(master.accountID, 1)] + others.map { ($0.accountID, 2) }
        #expect(try judge([others[0], others[1]], signers: signers, threshold: 4) == nil)
        #expect(
            try judge([master, others[0]], signers: signers, threshold: 4)
                == .tooLittleWeight(has: 3, needs: 4))
        #expect(
            try judge([others[0], others[0]], signers: signers, threshold: 4) == .unknownSignature)
        #expect(
            try judge([others[0], KeyPair.random()], signers: signers, threshold: 2)
                == .unknownSignature)
        #expect(try judge([], signers: signers, threshold: 0) == .notSignedByClient)
    }

    @Test func `the server's own key has no weight, and a key without weight signs for nobody`()
        throws
    {
        #expect(
            try judge(
                [master], signers: [(server.accountID, 9), (master.accountID, 1)],
                threshold: 5) == .tooLittleWeight(has: 1, needs: 5))
        #expect(
            try judge([master], signers: [(master.accountID, 0)], threshold: 1)
                == .unknownSignature)
    }

    @Test func `the domain of a client signs beside the account, not for it`() throws {
        let client = WebAuthChallenge.ClientDomain(
            domain: "wallet.example", key: others[0].accountID)
        let signers: [(AccountID, UInt32)] = [(master.accountID, 1), (others[0].accountID, 5)]
        #expect(
            try judge([master, others[0]], client: client, signers: signers, threshold: 1) == nil)
        #expect(
            try judge([master], client: client, signers: signers, threshold: 1)
                == .notSignedByClientDomain)
        #expect(
            try judge([others[0]], client: client, signers: signers, threshold: 1)
                == .notSignedByClient)
    }

    @Test func `a memo goes with an account that is not muxed alone`() throws {
        var challenge = challenge()
        challenge.memo = 5
        let envelope = try challenge.envelope(signedBy: server, on: .testnet)
        #expect(try rules.read(envelope, now: 1_000).memo == 5)
        challenge.account = .muxedEd25519(
            MuxedAccountMed25519(id: 9, ed25519: master.publicKey))
        #expect(throws: WebAuthError.wrongMemo) {
            try challenge.envelope(signedBy: server, on: .testnet)
        }
    }

    @Test func `a signature for one network is none for another`() throws {
        let envelope = try challenge().envelope(signedBy: server, on: .public)
        #expect(throws: WebAuthError.notSignedByServer) {
            try rules.read(envelope, now: 1_000)
        }
    }
}
