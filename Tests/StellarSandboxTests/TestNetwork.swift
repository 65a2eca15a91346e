import Cryptography
import Foundation
import HTTP
import StellarSandbox
import StellarXDR
import Testing

/// A sandbox of its own for a test, spoken to over HTTP.
final class TestNetwork: Sendable {
    static let start: UInt64 = 1_800_000_000

    let sandbox: StellarSandbox
    let client = HTTPClient()

    init(_ change: (inout StellarSandbox.Configuration) -> Void = { _ in }) async throws {
        var configuration = StellarSandbox.Configuration(now: { Self.start })
        configuration.port = 0
        change(&configuration)
        sandbox = try await StellarSandbox.start(configuration)
    }

    var networkID: Hash { Hash(fitting: SHA256.hash(Array(sandbox.passphrase.utf8))) }

    /// Posts a body to RPC.
    func post(_ body: String, path: String = "/rpc") async throws -> HTTPResponse {
        try await client.send(
            HTTPClient.Request(
                .post, "http://127.0.0.1:\(sandbox.port)\(path)",
                headers: ["Content-Type": "application/json"], body: Array(body.utf8)))
    }

    /// Calls a method and gives the whole answer.
    func call(_ method: String, _ parameters: Any? = nil) async throws -> JSON {
        var message: [String: Any] = ["jsonrpc": "2.0", "id": 1, "method": method]
        message["params"] = parameters
        let body = try JSONSerialization.data(withJSONObject: message)
        let response = try await post(String(decoding: body, as: UTF8.self))
        #expect(response.status == .ok)
        return try JSON(response)
    }

    /// Calls a method that must succeed and gives its result.
    func result(_ method: String, _ parameters: Any? = nil) async throws -> JSON {
        let answer = try await call(method, parameters)
        #expect(answer["error"].isMissing, "\(answer)")
        return answer["result"]
    }

    func friendbot(_ address: String, method: HTTPMethod = .get) async throws -> HTTPResponse {
        try await client.send(
            HTTPClient.Request(
                method, "http://127.0.0.1:\(sandbox.port)/friendbot?addr=\(address)"))
    }

    /// A new account with 10,000 XLM.
    func account() async throws -> TestAccount {
        let account = try TestAccount()
        try await sandbox.fund(account.address)
        return account
    }

    func send(_ envelope: TransactionEnvelope) async throws -> JSON {
        try await result("sendTransaction", ["transaction": envelope.base64()])
    }

    /// Sends what must get into a ledger, and gives what `getTransaction` says.
    func apply(_ envelope: TransactionEnvelope) async throws -> JSON {
        let sent = try await send(envelope)
        #expect(sent["status"].string == "PENDING", "\(sent)")
        return try await result("getTransaction", ["hash": sent["hash"].string])
    }

    /// Sends what must be refused, and gives the code.
    func refusal(of envelope: TransactionEnvelope) async throws -> TransactionResult {
        let sent = try await send(envelope)
        #expect(sent["status"].string == "ERROR", "\(sent)")
        return try TransactionResult(base64: sent["errorResultXdr"].string ?? "")
    }

    func balance(of account: TestAccount) async throws -> Int64? {
        try await entry(of: account)?.balance
    }

    func sequence(of account: TestAccount) async throws -> Int64 {
        try await #require(entry(of: account)).seqNum
    }

    func entry(of account: TestAccount) async throws -> AccountEntry? {
        let key = LedgerKey.account(LedgerKeyAccount(accountID: account.id))
        let found = try await result("getLedgerEntries", ["keys": [key.base64()]])
        guard let text = found["entries"][0]["xdr"].string,
            case .account(let entry) = try LedgerEntryData(base64: text)
        else { return nil }
        return entry
    }

    /// A transaction with the account's next sequence number, not signed.
    func transaction(
        by account: TestAccount, _ operations: [OperationBody], fee: UInt32? = nil,
        conditions: Preconditions = .none, memo: Memo = .none
    ) async throws -> Transaction {
        Transaction(
            sourceAccount: account.muxed, fee: fee ?? 100 * UInt32(max(1, operations.count)),
            seqNum: try await sequence(of: account) + 1, cond: conditions, memo: memo,
            operations: operations.map { Operation(sourceAccount: nil, body: $0) }, ext: .v0)
    }

    func sign(_ transaction: Transaction, _ accounts: TestAccount...) throws
        -> TransactionEnvelope
    {
        let payload = TransactionSignaturePayload(
            networkId: networkID, taggedTransaction: .tx(transaction))
        let hash = SHA256.hash(try payload.xdr())
        return .tx(
            TransactionV1Envelope(tx: transaction, signatures: accounts.map { $0.sign(hash) }))
    }

    /// A payment of `stroops`, signed.
    func payment(
        from account: TestAccount, to receiver: TestAccount, stroops: Int64
    ) async throws -> TransactionEnvelope {
        let body = Self.paymentBody(to: receiver, stroops: stroops)
        return try sign(try await transaction(by: account, [body]), account)
    }

    static func paymentBody(to receiver: TestAccount, stroops: Int64) -> OperationBody {
        .payment(PaymentOp(destination: receiver.muxed, asset: .native, amount: stroops))
    }
}

/// A key pair and its account.
struct TestAccount: Sendable {
    let key: Ed25519.PrivateKey

    init(seed: [UInt8] = SecureRandom.bytes(32)) throws {
        key = try Ed25519.PrivateKey(seed: seed)
    }

    init(secret: String) throws {
        guard case .seed(let seed) = try StrKey(parsing: secret) else {
            throw CocoaError(.coderInvalidValue)
        }
        try self.init(seed: seed.bytes)
    }

    var id: AccountID { .ed25519(Uint256(fitting: key.publicKey.bytes)) }
    var muxed: MuxedAccount { .ed25519(Uint256(fitting: key.publicKey.bytes)) }
    var address: String { StrKey.encode(.account(Uint256(fitting: key.publicKey.bytes))) }

    func sign(_ hash: [UInt8]) -> DecoratedSignature {
        DecoratedSignature(
            hint: SignatureHint(fitting: key.publicKey.bytes.suffix(4)),
            signature: Signature(key.sign(hash)))
    }
}

/// JSON to look into.
struct JSON: CustomStringConvertible {
    let value: Any?

    init(value: Any?) { self.value = value is NSNull ? nil : value }

    init(_ response: HTTPResponse) throws {
        guard case .bytes(let bytes) = response.body else { throw CocoaError(.coderInvalidValue) }
        value = try JSONSerialization.jsonObject(
            with: Data(bytes), options: .fragmentsAllowed)
    }

    subscript(key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }
    subscript(index: Int) -> JSON {
        guard let array = value as? [Any], array.indices.contains(index) else {
            return JSON(value: nil)
        }
        return JSON(value: array[index])
    }
    var array: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }
    var string: String? { value as? String }
    var int: Int? { value is String ? nil : (value as? NSNumber)?.intValue }
    var bool: Bool? { value as? Bool }
    var isMissing: Bool { value == nil }
    var description: String { value.map { "\($0)" } ?? "nothing" }
}
