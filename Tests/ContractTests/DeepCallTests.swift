import SorobanHost
import Stellar
import StellarXDR
import Testing
import TraqoraContracts

/// The host lets a hundred calls stand within one another: who calls a contract from the hundredth
/// keeps it from calling any other. Nothing may be had that way: neither a payment held back, nor
/// seats, nor points that somebody else goes without.
@Suite(.builds()) struct DeepCallTests {
    /// Calls a contract through as many others as there can be above it and one that it calls, or
    /// one more.
    private struct Chain {
        let world: ContractWorld
        let towers: [SCAddress]
        private static let deepest = 98

        init(_ world: ContractWorld) throws {
            self.world = world
            towers = try (0..<Self.deepest).map { index in
                try world.deploy(
                    SpecimenWorld.wasm(TowerWasm.base64), salt: 100 + UInt8(index), [])
            }
        }

        func call(
            _ contract: SCAddress, _ function: String, _ arguments: [SCVal],
            by person: Person? = nil, isTooDeep: Bool
        ) throws {
            let chain = towers.dropLast(isTooDeep ? 0 : 1)
            let arguments = world.bookings.arguments(arguments, of: function, contract)
            let inner = InvokeContractArgs(
                contractAddress: contract, functionName: SCSymbol(function), args: arguments)
            let consent = SorobanAuthorizedInvocation(
                function: .contractFn(inner), subInvocations: [])
            let outer = InvokeContractArgs(
                contractAddress: chain[0], functionName: "pass",
                args: [
                    .list(chain.dropFirst().map(SCVal.address)), .address(contract),
                    .symbol(SCSymbol(function)), .list(arguments),
                ])
            try world.call(outer, person.map { [try world.signed(consent, by: $0)] } ?? [])
        }
    }

    /// Makes a call too deep, which changes nothing, and then one that is not.
    private func tryBoth(
        _ chain: Chain, _ contract: SCAddress, _ function: String, _ arguments: [SCVal],
        by person: Person? = nil
    ) throws {
        let world = chain.world
        try chain.call(contract, "version", [], isTooDeep: true)
        let before = world.snapshot.entries.mapValues(\.entry)
        let error = #expect(throws: HostError.self, "\(function)") {
            try chain.call(contract, function, arguments, by: person, isTooDeep: true)
        }
        #expect(world.snapshot.entries.mapValues(\.entry) == before)
        if error == .contract(417) {
            ErrorBook.current?.note(CallError("Booking", function, 417))
        }
        try chain.call(contract, function, arguments, by: person, isTooDeep: false)
        #expect(!world.events.contains { $0.topics.first == .symbol("credited") })
    }

    @Test func `an expired booking's seats come back, and its money`() throws {
        let world = try PlatformWorld()
        try world.publish()
        try world.book()
        world.world.advance(to: PlatformWorld.now + 2 * PlatformWorld.hour)
        try tryBoth(Chain(world.world), world.booking, "expire", [.u64(1)])
        let left = try world.call(world.flights, "availability", [.u64(1), .symbol("economy")])
        #expect(left == .u32(10))
        #expect(try world.balance(world["alice"]) == PlatformWorld.balance)
    }

    @Test func `a judged booking is paid to where the carrier's money goes today`() throws {
        let world = try PlatformWorld.ticketed()
        let dispute = [world["alice"], SCVal.u64(1), .bytes(6)]
        try world.call(world.booking, "dispute", dispute, by: "alice")
        let response = [world["operator"], SCVal.u64(1), .bytes(6)]
        try world.call(world.booking, "respond", response, by: "operator")
        try world.call(
            world.airline, "set_payout", [PlatformWorld.code, world["bob"]], by: "owner")
        let before = try (world.balance(world["owner"]), world.balance(world["bob"]))
        world.world.advance(to: PlatformWorld.now + 15 * PlatformWorld.day)
        try tryBoth(Chain(world.world), world.booking, "resolve_expired", [.u64(1)])
        #expect(try world.balance(world["owner"]) == before.0)
        #expect(try world.balance(world["bob"]) > before.1)
    }

    @Test func `a quote is settled with its points, cancelled by its seller, and judged`() throws {
        let world = try BookingWorld()
        let chain = try Chain(world.world)
        for nonce in 1...3 as ClosedRange<UInt64> { try world.book(world.quote(nonce: nonce)) }
        for id in 1...2 as ClosedRange<UInt64> {
            let ticket = [world.seller.value, SCVal.u64(id), .bytes(5)]
            try world.call("ticket", ticket, by: world.seller)
        }
        let arbiter = world.bob
        try world.call("set_arbiter", [arbiter.value, .bool(true)], by: world.admin)
        try tryBoth(
            chain, world.booking, "carrier_cancel", [world.seller.value, .u64(3)],
            by: world.seller)
        let dispute = [world.alice.value, SCVal.u64(2), .bytes(6)]
        try world.call("dispute", dispute, by: world.alice)
        try tryBoth(
            chain, world.booking, "resolve", [arbiter.value, .u64(2), .u32(5_000)],
            by: arbiter)
        world.world.advance(to: BookingWorld.departs + 30 * BookingWorld.day)
        try tryBoth(chain, world.booking, "settle_stale", [.u64(1)])
        #expect(try world.escrowed() == 0)
    }

    /// These ask another contract before they change anything.
    @Test func `what is cancelled or flown is paid, or nothing happens`() throws {
        let world = try PlatformWorld.ticketed()
        let chain = try Chain(world.world)
        let cancel = [world["alice"], SCVal.u64(1), .u32(1)]
        try tryBoth(chain, world.booking, "cancel", cancel, by: world.people["alice"])
        world.world.advance(to: PlatformWorld.arrives)
        try world.report(3, at: PlatformWorld.arrives, by: "operator")
        world.world.advance(to: PlatformWorld.arrives + 2 * PlatformWorld.day)
        try tryBoth(chain, world.booking, "settle", [.u64(1)])
        #expect(try world.isBalanced(escrow: 0))
    }

    /// A transaction names the entries that it touches. One that leaves out the receiver's fails.
    @Test func `who names too few entries makes no payment a credit`() throws {
        let world = try PlatformWorld.ticketed()
        world.world.advance(to: PlatformWorld.arrives)
        try world.report(3, at: PlatformWorld.arrives, by: "operator")
        world.world.advance(to: PlatformWorld.arrives + 2 * PlatformWorld.day)
        let call = InvokeContractArgs(
            contractAddress: world.booking, functionName: "settle",
            args: [.u64(world.world.bookings.number(1))])
        let whole = world.world.outcome(.invokeContract(call), [])
        _ = try whole.result.get()
        for key in whole.footprint.readWrite {
            var footprint = whole.footprint
            footprint.readWrite = footprint.readWrite.filter { $0 != key }
            var invocation = world.world.invocation(.invokeContract(call), .enforcing([]))
            invocation.footprint = .enforcing(footprint, restored: [])
            let outcome = world.world.machines.invoke(invocation, on: world.world.snapshot)
            guard case .failure(let error) = outcome.result else {
                Issue.record("it does without \(key)")
                continue
            }
            #expect(error.description == "Error(Storage, ExceededLimit)", "\(key)")
        }
    }
}
