import Cryptography
import Deployment
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

extension Tour {
    /// A published flight.
    struct Flight {
        var id: UInt64
        var number: Int
        var departs: UInt64
        var arrives: UInt64
        var policy: UInt32
    }

    /// Registers an airline with its bond, and has it approved by vote.
    func foundAirline() async throws {
        say("An airline. \(code) “Demo Air” registers and puts down a bond for its passengers.")
        guard let friendbot = try await demo.rpc.network().friendbotUrl else {
            throw DemoError("this network has no friendbot")
        }
        _ = try await Friendbot(url: friendbot, client: demo.client).fund(owner.accountID)
        _ = try await demo.api.testDollars(for: owner.address)
        let address = SCAddress.account(owner.accountID)
        try await ledger.call(
            airlines.register(
                owner: address, code: code, name: "Demo Air", payout: address,
                metadataHash: .zero), by: owner)
        try await ledger.watch(dollar, [airline, bonds], expecting: [-Self.bond, Self.bond]) {
            try await ledger.call(
                airlines.depositBond(
                    from: address, code: code, token: .contract(dollar), amount: Self.bond),
                by: owner)
        }
        try await check(!isActive(), "an airline that nobody approved may sell")
        say("  It may not sell yet: that is for the holders of TRQ to decide.")
        try await pass(
            "approve \(code)",
            .init(
                args: [code.scVal], contract: .contract(ledger.contracts.airline),
                function: "approve"))
        try await check(isActive(), "the vote passed, but the airline may not sell")
        try await ledger.call(
            airlines.setOperator(code: code, operator: address, enabled: true), by: owner)
        say("  \(code) may sell now.\n")
    }

    private func isActive() async throws -> Bool {
        try await airlines.isActive(code: code).read(from: demo.rpc)
    }

    /// Publishes a flight from Porto to Funchal, full refund until departure.
    func publish(number: UInt32, departsIn seconds: UInt64) async throws -> Flight {
        let address = SCAddress.account(owner.accountID)
        let refund = RefundContract(ledger.contracts.refund)
        let policy = try await ledger.call(
            refund.publishPolicy(
                operator: address, carrier: code,
                policy: RefundContract.Policy(
                    graceMinLeadSeconds: 0, graceSeconds: 0,
                    tiers: [RefundContract.Tier(refundBps: 10_000, secondsBefore: 0)])),
            by: owner)
        let departs = try await ledger.time() + seconds
        let flight = FlightRegistryContract.Flight(
            arrives: departs + Self.flightSeconds, carrier: code, departs: departs,
            destination: "FNC",
            fares: [
                FlightRegistryContract.Fare(
                    cabin: "economy", policy: policy, price: Self.price, seats: 9,
                    token: .contract(dollar))
            ], number: number, origin: "OPO")
        let id = try await ledger.call(
            registry.publish(operator: address, flight: flight), by: owner)
        let leaves = try ZonedTime(Instant(seconds: Int64(departs)), in: "Europe/Lisbon").local
        say(
            "\(code)\(number) is published on the ledger as flight \(id): OPO–FNC, \(leaves.date) "
                + "\(leaves.clock), \(TourLedger.text(Self.price)) TUSD a seat, all of it back until "
                + "departure.")
        return Flight(
            id: id, number: Int(number), departs: departs, arrives: flight.arrives,
            policy: policy)
    }

    /// Proposes, votes, waits, and has it done.
    func pass(_ what: String, _ action: GovernanceContract.Action) async throws {
        let governance = GovernanceContract(ledger.contracts.governance)
        let settings = try await governance.settings().read(from: demo.rpc)
        // Votes count as they were a second ago.
        try await ledger.move(to: ledger.time() + 2)
        let voters = try manifest.voters.map { try roles.key($0) }
        guard let proposer = voters.first else { throw DemoError("nobody holds TRQ") }
        let id = try await ledger.call(
            governance.propose(
                proposer: .account(proposer.accountID), actions: [action],
                descriptionHash: Hash(fitting: SHA256.hash(Array(what.utf8)))), by: proposer)
        try await ledger.move(to: ledger.time() + settings.delay + 1)
        var weight: Int128 = 0
        for voter in voters.prefix(2) {
            weight += try await ledger.call(
                governance.vote(voter: .account(voter.accountID), id: id, support: 1), by: voter)
        }
        try await ledger.move(to: ledger.time() + settings.period + 1)
        try await ledger.call(governance.queue(id: id), by: demo.key)
        try await ledger.move(to: ledger.time() + settings.timelock + 1)
        try await ledger.call(governance.execute(id: id), by: demo.key)
        let state = try await governance.state(id: id).read(from: demo.rpc)
        try check(state == .executed, "proposal \(id) is \(state)")
        say(
            "  Proposal \(id), “\(what)”: \(TourLedger.text(weight)) TRQ for, none against, timelock "
                + "over, done.")
    }

    func check(_ holds: Bool, _ reason: @autoclosure () -> String) throws {
        guard holds else { throw DemoError(reason()) }
    }
}
