import FareRules
import Travel

private typealias Values = ManifestValues

private let day: UInt64 = 86_400

extension DeploymentManifest.Token {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["name", "symbol", "cap", "holders"]) else {
            return nil
        }
        let name = group.required("name", Values.text(1...32))
        let symbol = group.required("symbol", Values.text(1...12))
        let cap = group.required("cap", Values.amount())
        let holders = group.optional("holders", []) { node, path, reader in
            reader.named(node, path, 0...20, Values.amount())
        }
        guard let name, let symbol, let cap, let holders else { return nil }
        let shares = holders.compactMap { holder in
            Values.role(YAMLNode(value: .text(holder.name), line: node.line), path, reader)
                .map { DeploymentManifest.Share(role: $0, amount: holder.value) }
        }
        return Self(name: name, symbol: symbol, cap: cap, holders: shares)
    }
}

extension DeploymentManifest.Governance {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        let keys = [
            "guardian", "delay", "period", "timelock", "grace", "pause", "quorum", "threshold",
        ]
        guard let group = reader.group(node, path, keys) else { return nil }
        let guardian = group.required("guardian", Values.role)
        let delay = group.required("delay", Values.duration(60...30 * day))
        let period = group.required("period", Values.duration(3_600...30 * day))
        let timelock = group.required("timelock", Values.duration(3_600...30 * day))
        let grace = group.required("grace", Values.duration(day...30 * day))
        let pause = group.required("pause", Values.duration(3_600...14 * day))
        let quorum = group.required("quorum", Values.share(max: 5_000))
        let threshold = group.required("threshold", Values.amount())
        guard let guardian, let delay, let period, let timelock, let grace, let pause, let quorum,
            let threshold
        else { return nil }
        return Self(
            guardian: guardian, delay: delay, period: period, timelock: timelock, grace: grace,
            pause: pause, quorumBps: quorum, threshold: threshold)
    }
}

extension DeploymentManifest.Booking {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        let keys = [
            "fee", "treasury", "arbiters", "ticket_window", "dispute_window", "resolve_window",
            "stale_window",
        ]
        guard let group = reader.group(node, path, keys) else { return nil }
        let fee = group.required("fee", Values.share(max: 1_000))
        let treasury = group.required("treasury", Values.role)
        let arbiters = group.required("arbiters") { $2.list($0, $1, 1...20, Values.role) }
        let ticket = group.required("ticket_window", Values.duration(600...7 * day))
        let dispute = group.required("dispute_window", Values.duration(3_600...30 * day))
        let resolve = group.required("resolve_window", Values.duration(day...60 * day))
        let stale = group.required("stale_window", Values.duration(3 * day...90 * day))
        guard let fee, let treasury, let arbiters, let ticket, let dispute, let resolve, let stale
        else { return nil }
        return Self(
            feeBps: fee, treasury: treasury, arbiters: arbiters, ticketWindow: ticket,
            disputeWindow: dispute, resolveWindow: resolve, staleWindow: stale)
    }
}

extension DeploymentManifest.Oracles {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["oracles", "quorum"]) else { return nil }
        let roles = group.required("oracles") { $2.list($0, $1, 1...9, Values.role) }
        let quorum = group.required("quorum", Values.number(1...9))
        guard let roles, let quorum else { return nil }
        return Self(roles: roles, quorum: UInt32(quorum))
    }
}

extension DeploymentManifest.Delays {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["notice", "amounts"]) else { return nil }
        let notice = group.required("notice", Values.duration(0...365 * day))
        let bands = group.required("amounts") { $2.list($0, $1, 1...8, Band.read) }
        guard let notice, let bands else { return nil }
        for (one, next) in zip(bands, bands.dropFirst())
        where next.late <= one.late || next.amount <= one.amount {
            reader.fault(node, path, "each amount is for a longer delay, and more than the last")
        }
        return Self(notice: notice, bands: bands)
    }
}

extension DeploymentManifest.Delays.Band {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["late", "amount"]) else { return nil }
        let late = group.required("late", Values.duration(1...7 * day))
        let amount = group.required("amount", Values.amount())
        guard let late, let amount else { return nil }
        return Self(late: late, amount: amount)
    }
}

extension DeploymentManifest.Loyalty {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        let keys = ["points_per_dollar", "token_per_point", "pool", "tiers"]
        guard let group = reader.group(node, path, keys) else { return nil }
        let points = group.required("points_per_dollar", Values.number(1...1_000_000_000))
        let units = group.required("token_per_point", Values.amount())
        let pool = group.required("pool", DeploymentManifest.Share.read)
        let tiers = group.required("tiers") { $2.list($0, $1, 1...8, Tier.read) }
        guard let points, let units, let pool, let tiers else { return nil }
        if units > 10_000_000 { reader.fault(node, path, "token_per_point is at most 1") }
        if tiers[0].from != 0 { reader.fault(node, path, "the first tier begins at 0") }
        for (one, next) in zip(tiers, tiers.dropFirst()) where next.from <= one.from {
            reader.fault(node, path, "tiers ascend")
        }
        return Self(
            pointsPerDollar: UInt64(points), unitsPerPoint: units, pool: pool, tiers: tiers)
    }
}

extension DeploymentManifest.Loyalty.Tier {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["from", "multiplier"]) else { return nil }
        let from = group.required("from", Values.number(0...1_000_000_000))
        let multiplier = group.required("multiplier", Values.share(max: 100_000))
        guard let from, let multiplier else { return nil }
        if multiplier == 0 { reader.fault(node, path, "a multiplier is above 0 %") }
        return Self(from: Int128(from), multiplierBps: multiplier)
    }
}

extension DeploymentManifest.Share {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["from", "amount"]) else { return nil }
        let role = group.required("from", Values.role)
        let amount = group.required("amount", Values.amount())
        guard let role, let amount else { return nil }
        return Self(role: role, amount: amount)
    }
}

extension DeploymentManifest.Rule {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["grace", "grace_lead", "tiers"]) else {
            return nil
        }
        let grace = group.required("grace", Values.duration(0...400 * day))
        let lead = group.required("grace_lead", Values.duration(0...400 * day))
        let tiers = group.required("tiers") { node, path, reader in
            reader.list(node, path, 1...8) { node, path, reader -> RefundTier? in
                guard let group = reader.group(node, path, ["before", "refund"]) else { return nil }
                let before = group.required("before", Values.duration(0...400 * day))
                let refund = group.required("refund", Values.share(max: 10_000))
                guard let before, let refund else { return nil }
                return RefundTier(secondsBefore: before, refundBasisPoints: refund)
            }
        }
        guard let grace, let lead, let tiers else { return nil }
        let rule = RefundRule(tiers: tiers, graceSeconds: grace, graceMinLeadSeconds: lead)
        if !rule.isValid {
            reader.fault(node, path, "tiers go from far before departure to near, and give less")
        }
        return Self(name: "", tiers: tiers, grace: grace, graceLead: lead)
    }
}
