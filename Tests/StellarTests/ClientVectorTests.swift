import Foundation
import Stellar
import StellarXDR
import Support
import Testing

/// What another client computed from the same input.
@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors")) struct ClientVectorTests {
    struct Line: Decodable {
        var kind: String
        var network: String?
        var seed: String?
        var seeds: [String]?
        var `public`: String?
        var message: String?
        var text: String?
        var signature: String?
        var hint: String?
        var deployer: String?
        var salt: String?
        var contract: String?
        var asset: String?
        var source: String?
        var unsigned: String?
        var signed: String?
        var hash: String?
        var entry: String?
        var validUntilLedger: UInt32?
        var inner: String?
        var payerSeed: String?
        var baseFee: Int64?
    }

    static let all: [Line] = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return (try? Vectors.lines("client.jsonl").map { try decoder.decode(Line.self, from: $0) })
            ?? []
    }()

    static func lines(_ kind: String, count: Int) throws -> [Line] {
        let lines = all.filter { $0.kind == kind }
        try #require(lines.count == count, "\(kind): \(lines.count)")
        return lines
    }

    static func network(_ line: Line) throws -> Network {
        Network(passphrase: try #require(line.network))
    }

    @Test func `keys and their signatures agree`() throws {
        for line in try Self.lines("key", count: 40) {
            let key = try KeyPair(secret: #require(line.seed))
            let message = try #require(line.message.flatMap { Base64.decode($0) })
            let signature = try #require(line.signature.flatMap { Base64.decode($0) })
            #expect(key.address == line.public)
            #expect(key.secret == line.seed)
            #expect(key.hint.description == line.hint)
            #expect(key.sign(message) == signature)
            #expect(key.accountID.verifies(signature, of: message))
            #expect(!key.accountID.verifies(signature, of: message + [0]))
        }
    }

    @Test func `signed messages agree`() throws {
        for line in try Self.lines("sep53", count: 40) {
            let key = try KeyPair(secret: #require(line.seed))
            let message = Array(try #require(line.text).utf8)
            let signature = key.signMessage(message)
            #expect(Base64.encode(signature) == line.signature)
            #expect(key.accountID.verifiesMessage(signature, of: message))
        }
    }

    @Test func `ids of contracts agree`() throws {
        for line in try Self.lines("contract_id", count: 40) {
            let salt = try #require(line.salt)
            let id = try Self.network(line).contractID(
                deployer: SCAddress(parsing: #require(line.deployer)),
                salt: #require(Uint256(hex: salt)))
            #expect(id.contractText == line.contract)
        }
        for line in try Self.lines("asset_contract_id", count: 40) {
            let asset = try Asset(parsing: #require(line.asset))
            #expect(asset.description == line.asset)
            #expect(try Self.network(line).contractID(of: asset).contractText == line.contract)
        }
    }

    @Test func `hashes and signatures of transactions agree`() throws {
        for line in try Self.lines("transaction", count: 40) {
            var envelope = try TransactionEnvelope(base64: #require(line.unsigned))
            let network = try Self.network(line)
            #expect(try envelope.hash(on: network).description == line.hash)
            #expect(envelope.feeSource.description == line.source)
            for seed in try #require(line.seeds) {
                let key = try KeyPair(secret: seed)
                #expect(!envelope.isSigned(by: key.accountID, on: network))
                try envelope.sign(with: key, on: network)
                #expect(envelope.isSigned(by: key.accountID, on: network))
            }
            // Some are signed with the preimage of a hash too, which is not among the seeds.
            let expected = try TransactionEnvelope(base64: #require(line.signed))
            if let last = expected.signatures.last?.signature.bytes, last.count == 32 {
                try envelope.sign(withPreimage: last)
            }
            #expect(envelope == expected)
            #expect(try envelope.base64() == line.signed)
        }
    }

    @Test func `signed authorizations agree`() throws {
        for line in try Self.lines("auth_entry", count: 40) {
            let entry = try SorobanAuthorizationEntry(base64: #require(line.entry))
            let signed = try entry.signed(
                by: KeyPair(secret: #require(line.seed)), until: #require(line.validUntilLedger),
                on: Self.network(line))
            #expect(try signed.base64() == line.signed)
            #expect(signed.expirationLedger == line.validUntilLedger)
        }
    }

    @Test func `fee bumps agree`() throws {
        for line in try Self.lines("fee_bump", count: 17) {
            let inner = try TransactionEnvelope(base64: #require(line.inner))
            let payer = try KeyPair(secret: #require(line.payerSeed))
            let network = try Self.network(line)
            // Some payers have a number, which stands nowhere else.
            let expected = try TransactionEnvelope(base64: #require(line.signed))
            #expect(expected.feeSource.accountID == payer.accountID)
            var bump = try inner.feeBump(
                paidBy: expected.feeSource,
                feePerOperationStroops: #require(line.baseFee))
            try bump.sign(with: payer, on: network)
            #expect(try bump.hash(on: network).description == line.hash)
            #expect(try bump.base64() == line.signed)
            #expect(throws: TransactionError.alreadyBumped) {
                try bump.feeBump(paidBy: MuxedAccount(payer.accountID), feeStroops: 1)
            }
        }
    }
}
