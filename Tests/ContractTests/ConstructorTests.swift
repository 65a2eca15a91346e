import SorobanHost
import StellarXDR
import Testing
import TraqoraContracts

/// What no contract is deployed with, and why: the host says only that its constructor failed.
@Suite(.builds()) struct ConstructorTests {
    private let token: TokenWorld
    private let (admin, address): (SCVal, SCVal)

    init() throws {
        token = try TokenWorld()
        (admin, address) = (token.admin.value, .address(token.token))
    }

    /// The errors of constructors with these arguments.
    private func errors(_ code: ContractCode, _ arguments: [SCVal]...) -> Set<UInt32> {
        let book = ErrorBook()
        ErrorBook.$current.withValue(book) {
            for arguments in arguments {
                #expect(throws: HostError.self) {
                    try token.world.deploy(code.wasm, salt: 9, arguments)
                }
            }
        }
        for error in book.errors { ErrorBook.current?.note(error) }
        return Set(book.errors.map(\.number))
    }

    @Test func `a token has a cap, few decimals and few holders, who have something`() {
        let admin = token.admin
        let holder = TokenWorld.holder(token.alice, 1)
        let nothing = TokenWorld.holder(token.alice, 0)
        #expect(
            errors(
                .token, TokenWorld.constructor(admin, cap: 0, holders: []),
                TokenWorld.constructor(admin, decimals: 19, holders: []),
                TokenWorld.constructor(admin, holders: Array(repeating: holder, count: 21)))
                == [105])
        #expect(errors(.token, TokenWorld.constructor(admin, holders: [nothing])) == [100])
        #expect(
            errors(.token, TokenWorld.constructor(admin, cap: 1, holders: [holder, holder]))
                == [104])
    }

    @Test func `a bond is withdrawn after a day at the least, ninety at the most`() {
        let wrong = [86_399, 90 * 86_400 + 1].map { time in
            [admin, .void, address, .u64(time)]
        }
        #expect(errors(.airline, wrong[0], wrong[1]) == [209])
    }

    @Test func `oracles agree by more than half of them, each counted once`() {
        func panel(_ oracles: [SCVal], _ quorum: UInt32) -> [SCVal] {
            [admin, .void, address, address, address, .list(oracles), .u32(quorum)]
        }
        let (alice, bob) = (token.alice.value, token.bob.value)
        #expect(
            errors(
                .flightRegistry, panel([], 1), panel([alice], 0), panel([alice, bob], 1),
                panel([alice, alice], 2), panel([alice], 2)) == [319])
    }

    @Test func `an escrow has terms within their bounds, and at most eight tokens`() {
        let others = SCVal.fields([
            "airline": address, "flights": address, "loyalty": address, "refund": address,
        ])
        func escrow(fee: UInt32, tokens: Int) -> [SCVal] {
            [
                admin, .void, PlatformWorld.settings(admin, fee: fee),
                .list(Array(repeating: address, count: tokens)), others,
            ]
        }
        #expect(errors(.booking, escrow(fee: 1_001, tokens: 1)) == [416])
        #expect(errors(.booking, escrow(fee: 1_000, tokens: 9)) == [418])
    }

    @Test func `points have tiers, and are worth something`() {
        func points(_ tiers: SCVal, _ rate: Int128) -> [SCVal] {
            LoyaltyWorld.constructor(
                admin, booking: token.bob, token: token.token, tiers: tiers, redemption: rate)
        }
        #expect(errors(.loyalty, points(LoyaltyWorld.tiers([]), 1)) == [608])
        #expect(
            errors(
                .loyalty, points(LoyaltyWorld.tiers(), 0),
                points(LoyaltyWorld.tiers(), 10_000_001)) == [609])
    }

    @Test func `who governs does so within bounds`() {
        let wrong = [
            GovernanceWorld.settings(delay: 59), GovernanceWorld.settings(quorum: 0),
            GovernanceWorld.settings(threshold: 0),
        ].map { [address, .void, $0] }
        #expect(errors(.governance, wrong[0], wrong[1], wrong[2]) == [712])
    }
}
