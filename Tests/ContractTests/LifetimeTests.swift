import SorobanHost
import Stellar
import StellarXDR
import Testing

private typealias World = BookingWorld

/// Thirty days and a hundred and twenty, in ledgers of five seconds.
private let threshold: UInt32 = 518_400
private let target: UInt32 = 2_073_600

@Suite(.builds()) struct LifetimeTests {
    /// For how many ledgers an entry of the contract still lives; `nil` if there is none.
    private func life(of key: SCVal, of contract: SCAddress, in world: ContractWorld) -> UInt32? {
        let key = LedgerKey.contractData(
            LedgerKeyContractData(contract: contract, key: key, durability: .persistent))
        let last = world.snapshot.entries[key]?.liveUntilLedger
        return last.map { $0 - world.ledger.sequence + 1 }
    }

    @Test func `a booking, its contract and what it moved live for 120 days`() throws {
        let world = try World()
        world.world.ledger.minPersistentTTL = 4_096
        try world.book()
        let keys: [SCVal] = [
            .list([.symbol("bookings"), .u64(world.world.bookings.number(1))]),
            .ledgerKeyContractInstance,
            .list([.symbol("quotes"), world.seller.value, .u64(1)]),
            .list([.symbol("escrowed"), .address(world.token)]),
        ]
        for key in keys {
            let left = try #require(life(of: key, of: world.booking, in: world.world))
            // The contract itself was extended a few ledgers ago, when it was deployed.
            #expect(left <= target && left > target - 30)
        }
        let balance = SCVal.list([.symbol("balances"), .address(world.booking)])
        #expect(life(of: balance, of: world.token, in: world.world) == target)
    }

    @Test func `a keeper extends what has less than 30 days left`() throws {
        let world = try World()
        try world.book()
        let key = SCVal.list([.symbol("bookings"), .u64(world.world.bookings.number(1))])
        world.world.advance(to: World.now + 89 * World.day)
        try world.call("extend", [.list([.u64(1)])])
        #expect(try #require(life(of: key, of: world.booking, in: world.world)) < target)
        world.world.advance(to: World.now + 91 * World.day)
        try world.call("extend", [.list([.u64(1)])])
        #expect(life(of: key, of: world.booking, in: world.world) == target)
    }

    @Test func `a keeper extends at most fifty, and only what there is`() throws {
        let world = try World()
        try world.book()
        try world.call("extend", [.list(Array(repeating: .u64(1), count: 50))])
        let many = SCVal.list(Array(repeating: .u64(1), count: 51))
        #expect(try world.error("extend", [many]) == "#418")
        #expect(try world.error("extend", [.list([.u64(1), .u64(2)])]) == "#400")
    }

    @Test func `no entry is extended beyond what the network allows`() throws {
        let world = try World()
        // A network that keeps nothing for 120 days.
        world.world.ledger.minPersistentTTL = 4_096
        world.world.ledger.maxEntryTTL = 1_000_000
        try world.book()
        let key = SCVal.list([.symbol("bookings"), .u64(world.world.bookings.number(1))])
        // A ledger has passed since.
        #expect(life(of: key, of: world.booking, in: world.world) == 999_999)
    }
}
