import StellarXDR
import Testing

@testable import StellarSandbox

@Suite struct TrustTests {
    @Test func `an issued asset is made, paid on and returned, and events say so`() async throws {
        let world = try await TrustWorld()
        try await world.expect(.changeTrust(.success), world.trust(50), by: world.anna)
        try await world.expect(.changeTrust(.success), world.trust(50), by: world.ben)
        let made = try await world.expect(
            .payment(.success), world.pay(40, to: world.anna), by: world.issuer)
        let moved = try await world.expect(
            .payment(.success), world.pay(15, to: world.ben), by: world.anna)
        let gone = try await world.expect(
            .payment(.success), world.pay(5, to: world.issuer), by: world.ben)
        #expect(try await world.line(of: world.anna)?.balance == 25)
        #expect(try await world.line(of: world.ben)?.balance == 10)
        let name = SCVal.string(SCString("USD:\(world.issuer.address)"))
        let (anna, ben) = (
            SCVal.address(.account(world.anna.id)), SCVal.address(.account(world.ben.id))
        )
        #expect(try Self.topics(of: made) == [.symbol("mint"), anna, name])
        #expect(try Self.topics(of: moved) == [.symbol("transfer"), anna, ben, name])
        #expect(try Self.topics(of: gone) == [.symbol("burn"), ben, name])
    }

    @Test func `a trust line binds a reserve and is freed when it is closed`() async throws {
        let world = try await TrustWorld()
        try await world.expect(.changeTrust(.success), world.trust(50), by: world.anna)
        #expect(try await world.network.entry(of: world.anna)?.numSubEntries == 1)
        #expect(try await world.line(of: world.anna)?.flags == 1)
        try await world.expect(.payment(.success), world.pay(50, to: world.anna), by: world.issuer)
        try await world.expect(.changeTrust(.invalidLimit), world.trust(49), by: world.anna)
        try await world.expect(.changeTrust(.invalidLimit), world.trust(0), by: world.anna)
        try await world.expect(
            .payment(.success), world.pay(50, to: world.issuer), by: world.anna)
        try await world.expect(.changeTrust(.success), world.trust(0), by: world.anna)
        #expect(try await world.network.entry(of: world.anna)?.numSubEntries == 0)
        #expect(try await world.line(of: world.anna) == nil)
        try await world.expect(.changeTrust(.invalidLimit), world.trust(0), by: world.anna)
    }

    @Test func `what cannot be trusted is refused when it is sent`() async throws {
        let world = try await TrustWorld()
        let bodies: [OperationBody] = [
            .changeTrust(ChangeTrustOp(line: .native, limit: 5)), world.trust(-1),
            TrustWorld.trust("US D", of: world.issuer), TrustWorld.trust("", of: world.issuer),
            TrustWorld.trust("USD", of: world.anna),
        ]
        for body in bodies {
            let transaction = try await world.network.transaction(by: world.anna, [body])
            let refused = try await world.network.refusal(
                of: try world.network.sign(transaction, world.anna))
            #expect(refused.result == .failed([.inner(.changeTrust(.malformed))]))
        }
    }

    @Test func `of two faults the one is told that comes first`() async throws {
        let world = try await TrustWorld()
        let nobody = try TestAccount()
        try await world.expect(
            .changeTrust(.noIssuer), TrustWorld.trust("USD", of: nobody), by: world.anna)
        // Neither trusts: the receiver's fault is told; no receiver at all is told before.
        try await world.expect(.payment(.noDestination), world.pay(5, to: nobody), by: world.anna)
        try await world.expect(.payment(.noTrust), world.pay(5, to: world.ben), by: world.anna)
        try await world.expect(.changeTrust(.success), world.trust(9), by: world.ben)
        try await world.expect(.payment(.lineFull), world.pay(10, to: world.ben), by: world.anna)
        try await world.expect(.payment(.srcNoTrust), world.pay(9, to: world.ben), by: world.anna)
        try await world.expect(.changeTrust(.success), world.trust(9), by: world.anna)
        try await world.expect(
            .payment(.underfunded), world.pay(9, to: world.ben), by: world.anna)
    }

    @Test func `an issuer that asks for it authorizes first`() async throws {
        let world = try await TrustWorld(flags: [.requiredFlag, .clawbackEnabledFlag])
        try await world.expect(.changeTrust(.success), world.trust(9), by: world.anna)
        #expect(try await world.line(of: world.anna)?.flags == 4)
        try await world.expect(
            .payment(.notAuthorized), world.pay(1, to: world.anna), by: world.issuer)
        try await world.expect(
            .payment(.srcNotAuthorized), world.pay(1, to: world.issuer), by: world.anna)
    }

    @Test func `too many entries and too little reserve are different faults`() async throws {
        let world = try await TrustWorld()
        try await world.network.sandbox.chain.edit(world.anna.id) { $0.numSubEntries = 1_000 }
        let refused = try await world.send(world.trust(9), by: world.anna)
        #expect(
            try TransactionResult(base64: refused["resultXdr"].string ?? "").result
                == .failed([.tooManySubentries]))
        try await world.network.sandbox.chain.edit(world.anna.id) {
            $0.numSubEntries = 0
            $0.balance = 3 * 5_000_000 + 99
        }
        try await world.expect(.changeTrust(.lowReserve), world.trust(9), by: world.anna)
        try await world.network.sandbox.chain.edit(world.anna.id) {
            $0.balance = 3 * 5_000_000 + 100
        }
        try await world.expect(.changeTrust(.success), world.trust(9), by: world.anna)
    }

    static func topics(of applied: JSON) throws -> [SCVal] {
        let text = (applied["events"]["contractEventsXdr"].value as? [[String]])?[0][0]
        guard case .v0(let body) = try ContractEvent(base64: text ?? "").body else { return [] }
        return body.topics
    }
}

/// An issuer and two others.
struct TrustWorld {
    let network: TestNetwork
    let (issuer, anna, ben): (TestAccount, TestAccount, TestAccount)

    init(flags: [AccountFlags] = []) async throws {
        network = try await TestNetwork()
        (issuer, anna, ben) = (
            try await network.account(), try await network.account(), try await network.account()
        )
        guard !flags.isEmpty else { return }
        try await network.sandbox.chain.edit(issuer.id) { account in
            account.flags = UInt32(flags.reduce(0) { $0 | $1.rawValue })
        }
    }

    var asset: Asset { Self.asset("USD", of: issuer) }

    static func asset(_ code: String, of issuer: TestAccount) -> Asset {
        let bytes = Array(code.utf8) + [UInt8](repeating: 0, count: 4 - code.utf8.count)
        return .creditAlphanum4(
            AlphaNum4(assetCode: AssetCode4(fitting: bytes), issuer: issuer.id))
    }

    static func trust(_ code: String, of issuer: TestAccount) -> OperationBody {
        guard case .creditAlphanum4(let asset) = asset(code, of: issuer) else { return .inflation }
        return .changeTrust(ChangeTrustOp(line: .creditAlphanum4(asset), limit: 9))
    }

    func trust(_ limit: Int64) -> OperationBody {
        guard case .creditAlphanum4(let asset) = asset else { return .inflation }
        return .changeTrust(ChangeTrustOp(line: .creditAlphanum4(asset), limit: limit))
    }

    func pay(_ amount: Int64, to receiver: TestAccount) -> OperationBody {
        .payment(PaymentOp(destination: receiver.muxed, asset: asset, amount: amount))
    }

    func line(of owner: TestAccount) async throws -> TrustLineEntry? {
        await network.sandbox.chain.state.trustLine(of: owner.id, asset)
    }

    func send(_ body: OperationBody, by account: TestAccount) async throws -> JSON {
        let transaction = try await network.transaction(by: account, [body])
        return try await network.apply(try network.sign(transaction, account))
    }

    @discardableResult
    func expect(
        _ expected: OperationResultTr, _ body: OperationBody, by account: TestAccount,
        location: SourceLocation = #_sourceLocation
    ) async throws -> JSON {
        let applied = try await send(body, by: account)
        let result = try TransactionResult(base64: applied["resultXdr"].string ?? "").result
        let results: [OperationResult] = [.inner(expected)]
        #expect(
            result == .success(results) || result == .failed(results), sourceLocation: location)
        return applied
    }
}

extension Chain {
    /// Changes an account behind the network's back.
    func edit(_ id: AccountID, _ change: @Sendable (inout AccountEntry) -> Void) throws {
        guard var account = state.account(id) else { return }
        change(&account)
        state.put(account)
        try state.settle(state.unsettledChanges, costs: costs)
    }
}
