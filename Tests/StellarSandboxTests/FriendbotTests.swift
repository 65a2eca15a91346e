import HTTP
import StellarSandbox
import StellarXDR
import Testing

@Suite struct FriendbotTests {
    @Test(arguments: [HTTPMethod.get, .post])
    func `friendbot answers when the account is there`(method: HTTPMethod) async throws {
        let network = try await TestNetwork()
        let account = try TestAccount()
        #expect(try await network.balance(of: account) == nil)
        let response = try await network.friendbot(account.address, method: method)
        #expect(response.status == .ok)
        let answer = try JSON(response)
        #expect(answer["successful"].bool == true)
        let hash = try #require(answer["hash"].string)
        let transaction = try await network.result("getTransaction", ["hash": hash])
        #expect(transaction["status"].string == "SUCCESS")
        #expect(try await network.balance(of: account) == 100_000_000_000)
        #expect(
            try await network.sequence(of: account) == Int64(transaction["ledger"].int ?? 0) << 32)
    }

    @Test func `an account that has it all is told so`() async throws {
        let network = try await TestNetwork()
        let account = try await network.account()
        let response = try await network.friendbot(account.address)
        #expect(response.status == .badRequest)
        #expect(
            try JSON(response)["detail"].string == "account already funded to starting balance")
    }

    @Test func `an account that has spent some gets what it lacks`() async throws {
        let network = try await TestNetwork()
        let (rich, poor) = (try await network.account(), try await network.account())
        _ = try await network.apply(
            try await network.payment(from: poor, to: rich, stroops: 50_000_000_000))
        #expect(try await network.friendbot(poor.address).status == .ok)
        #expect(try await network.balance(of: poor) == 100_000_000_000)
    }

    @Test func `a contract gets lumens too, and what it lacks of them later`() async throws {
        let network = try await TestNetwork()
        let contract = Hash(fitting: [UInt8](repeating: 7, count: 32))
        let address = StrKey.encode(.contract(contract))
        let response = try await network.friendbot(address)
        #expect(response.status == .ok, "\(response)")
        let hash = try #require(try JSON(response)["hash"].string)
        let transaction = try await network.result("getTransaction", ["hash": hash])
        #expect(transaction["status"].string == "SUCCESS")
        #expect(try await network.lumens(of: contract) == .i128(Int128Parts(100_000_000_000)))
        let again = try await network.friendbot(address)
        #expect(again.status == .badRequest)
        #expect(try JSON(again)["detail"].string == "account already funded to starting balance")
        let other = StrKey.encode(.contract(Hash(fitting: [UInt8](repeating: 8, count: 32))))
        #expect(try await network.friendbot(other).status == .ok)
    }

    @Test func `friendbot does not mind that the root account is in use`() async throws {
        let network = try await TestNetwork { $0.closing = .manual }
        let root = try TestAccount(secret: network.sandbox.rootSecret)
        let anna = try await network.account()
        let sent = try await network.send(
            try await network.payment(from: root, to: anna, stroops: 1))
        #expect(sent["status"].string == "PENDING")
        let ben = try await network.account()
        #expect(try await network.balance(of: ben) == 100_000_000_000)
        #expect(try await network.balance(of: anna) == 100_000_000_001)
    }

    @Test(arguments: ["", "GABC", "https://example.org", "%00"])
    func `what is no address is refused`(address: String) async throws {
        let network = try await TestNetwork()
        let response = try await network.friendbot(address)
        #expect(response.status == .badRequest)
        #expect(try JSON(response)["extras"]["invalid_field"].string == "addr")
    }
}

extension TestNetwork {
    /// What a contract holds of lumens, as the asset contract says.
    fileprivate func lumens(of contract: Hash) async throws -> SCVal {
        let native = "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4"
        guard case .contract(let asset) = try StrKey(parsing: native) else { return .void }
        let call = InvokeContractArgs(
            contractAddress: .contract(asset), functionName: "balance",
            args: [.address(.contract(contract))])
        let operation = InvokeHostFunctionOp(hostFunction: .invokeContract(call), auth: [])
        let asker = try await account()
        let envelope = TransactionEnvelope.tx(
            TransactionV1Envelope(
                tx: try await transaction(by: asker, [.invokeHostFunction(operation)]),
                signatures: []))
        let simulated = try await result(
            "simulateTransaction", ["transaction": envelope.base64()])
        return try SCVal(base64: simulated["results"][0]["xdr"].string ?? "")
    }
}
