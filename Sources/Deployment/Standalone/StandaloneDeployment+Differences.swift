import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// Something that the ledger has otherwise than the manifest.
public struct Difference: Hashable, Sendable, CustomStringConvertible {
    /// Which setting of the manifest.
    public var path: String
    /// What it says.
    public var manifest: String
    /// What the ledger says.
    public var ledger: String

    /// `booking.fee: the manifest says 2 %, the ledger 1 %`
    public var description: String {
        "\(path): the manifest says \(manifest), the ledger \(ledger)"
    }
}

extension StandaloneDeployment {
    /// What the ledger has otherwise than the manifest: because the manifest was changed, or
    /// because it was voted so. What is deployed stays; only Governance changes it.
    public func differences() async throws -> [Difference] {
        var found = Findings()
        let booking = BookingContract(contracts.booking)
        found.compare(try bookingSettings, try await booking.settings().read(from: rpc))
        for arbiter in manifest.booking.arbiters {
            let address = try roles.address(arbiter)
            let isArbiter = try await booking.isArbiter(address: address).read(from: rpc)
            found.compare("booking.arbiters: \(arbiter)", "yes", isArbiter ? "yes" : "no")
        }
        try await compareTokens(&found)
        try await compareGovernance(&found)
        try await compareMoney(&found)
        try await compareAirlines(&found)
        return found.differences
    }

    private func compareTokens(_ found: inout Findings) async throws {
        for (path, wanted, id) in [
            ("token", manifest.token, contracts.token),
            ("test_dollar", manifest.dollar, contracts.dollar),
        ] {
            let token = TokenContract(id)
            found.compare("\(path).name", wanted.name, try await token.name().read(from: rpc))
            found.compare("\(path).symbol", wanted.symbol, try await token.symbol().read(from: rpc))
            found.compare(
                "\(path).cap", amount(wanted.cap), amount(try await token.cap().read(from: rpc)))
        }
    }

    private func compareGovernance(_ found: inout Findings) async throws {
        let settings = try await GovernanceContract(contracts.governance).settings().read(from: rpc)
        let wanted = manifest.governance
        let times = [
            ("delay", wanted.delay, settings.delay), ("period", wanted.period, settings.period),
            ("timelock", wanted.timelock, settings.timelock),
            ("grace", wanted.grace, settings.grace), ("pause", wanted.pause, settings.pause),
        ]
        for (name, one, other) in times {
            found.compare("governance.\(name)", time(one), time(other))
        }
        found.compare("governance.quorum", share(wanted.quorumBps), share(settings.quorumBps))
        found.compare("governance.threshold", amount(wanted.threshold), amount(settings.threshold))
        let panel = try await FlightRegistryContract(contracts.flights).oracles().read(from: rpc)
        let oracles = Set(try manifest.oracles.roles.map(roles.address))
        found.compare(
            "flights.oracles", manifest.oracles.roles.joined(separator: ", "),
            Set(panel.oracles) == oracles
                ? manifest.oracles.roles.joined(separator: ", ") : "\(panel.oracles.count) others")
        found.compare("flights.quorum", "\(manifest.oracles.quorum)", "\(panel.quorum)")
    }

    private func compareMoney(_ found: inout Findings) async throws {
        let loyalty = LoyaltyContract(contracts.loyalty)
        let dollar = SCAddress.contract(contracts.dollar)
        found.compare(
            "loyalty.points_per_dollar", "\(manifest.loyalty.pointsPerDollar)",
            "\(try await loyalty.rate(token: dollar).read(from: rpc))")
        found.compare(
            "loyalty.token_per_point", amount(manifest.loyalty.unitsPerPoint),
            amount(try await loyalty.redemption().read(from: rpc)))
        let tiers = { (tiers: [LoyaltyContract.Tier]) in
            tiers.map { "\($0.minPoints): \(share($0.multiplierBps))" }.joined(separator: ", ")
        }
        found.compare(
            "loyalty.tiers", tiers(manifest.loyalty.contractTiers),
            tiers(try await loyalty.tiers().read(from: rpc)))
        let schedule = try await RefundContract(contracts.refund)
            .schedule(token: dollar, time: .max).read(from: rpc)
        found.compare(
            "delays.notice", time(manifest.delays.notice), time(schedule?.noticeSeconds ?? 0))
        found.compare(
            "delays.amounts",
            manifest.delays.bands.map { "\(amount($0.amount)) after \(time($0.late))" }
                .joined(separator: ", "),
            (schedule?.bands ?? []).map { "\(amount($0.amount)) after \(time($0.minDelaySeconds))" }
                .joined(separator: ", "))
    }

    private func compareAirlines(_ found: inout Findings) async throws {
        let airlines = AirlineContract(contracts.airline)
        let codes =
            manifest.airlines.map { ("airlines", $0.code, $0.name) }
            + manifest.carriers.map { ("carriers", $0.code, $0.name) }
        for (path, code, name) in codes {
            var ledger = "none of that code"
            do {
                let airline = try await airlines.airline(code: SCSymbol(code.text)).read(from: rpc)
                ledger = airline.standing == .active ? airline.name : "\(airline.standing)"
            } catch RPCError.simulationFailed {}
            found.compare("\(path).\(code)", name, ledger)
        }
        let refund = RefundContract(contracts.refund)
        for (number, airline, rule) in manifest.numberedRules {
            let wanted = RefundContract.PublishedPolicy(
                carrier: SCSymbol(airline.code.text), policy: rule.policy)
            var isThere = false
            do {
                isThere = try await refund.policy(id: number).read(from: rpc) == wanted
            } catch RPCError.simulationFailed {}
            found.compare(
                "fare_rules.\(rule.name) of \(airline.code)", "number \(number)",
                isThere ? "number \(number)" : "has another there")
        }
    }
}

/// What was compared and is not the same.
private struct Findings {
    var differences: [Difference] = []

    mutating func compare(_ path: String, _ manifest: String, _ ledger: String) {
        guard manifest != ledger else { return }
        differences.append(Difference(path: path, manifest: manifest, ledger: ledger))
    }

    mutating func compare(_ wanted: BookingContract.Settings, _ found: BookingContract.Settings) {
        compare("booking.fee", share(wanted.feeBps), share(found.feeBps))
        compare("booking.treasury", "\(wanted.treasury)", "\(found.treasury)")
        let times = [
            ("ticket_window", wanted.ticketWindow, found.ticketWindow),
            ("dispute_window", wanted.disputeWindow, found.disputeWindow),
            ("resolve_window", wanted.resolveWindow, found.resolveWindow),
            ("stale_window", wanted.staleWindow, found.staleWindow),
        ]
        for (name, one, other) in times { compare("booking.\(name)", time(one), time(other)) }
    }
}

private func amount(_ units: Int128) -> String {
    Int64(exactly: units).map { TokenAmount(baseUnits: $0).shortText } ?? "\(units) units"
}

private func share(_ points: UInt32) -> String {
    "\(Money(minorUnits: Int64(points), currency: .usd).amount) %"
}

private func time(_ seconds: UInt64) -> String { ManifestValues.words(seconds) }
