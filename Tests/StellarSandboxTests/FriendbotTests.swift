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

    @Test(arguments: ["", "GABC", "https://example.org", "%00"])
    func `what is no address is refused`(address: String) async throws {
        let network = try await TestNetwork()
        let response = try await network.friendbot(address)
        #expect(response.status == .badRequest)
        #expect(try JSON(response)["extras"]["invalid_field"].string == "addr")
    }
}
