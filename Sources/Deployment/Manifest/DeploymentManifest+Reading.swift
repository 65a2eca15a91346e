import FareRules
import Travel

extension DeploymentManifest {
    /// Reads a manifest.
    /// - Parameter name: what to call it when something is wrong.
    /// - Throws: ``ManifestFaults`` with all that is wrong.
    public init(parsing text: String, name: String) throws(ManifestFaults) {
        let reader = ManifestReader()
        let root: YAMLNode
        do throws(YAMLError) {
            root = try YAMLParser.parse(text)
        } catch {
            let fault = ManifestFault(line: error.line, path: "", reason: error.reason)
            throw ManifestFaults(name: name, faults: [fault])
        }
        let manifest = Self.read(root, reader)
        if let manifest { manifest.check(root, reader) }
        guard reader.faults.isEmpty, let manifest else {
            throw ManifestFaults(
                name: name, faults: reader.faults.sorted { ($0.line, $0.path) < ($1.line, $1.path) }
            )
        }
        self = manifest
    }

    private static let keys = [
        "token", "test_dollar", "governance", "booking", "flights", "airlines_contract", "delays",
        "loyalty", "fare_rules", "season", "airlines", "carriers",
    ]

    private static func read(_ root: YAMLNode, _ reader: ManifestReader) -> DeploymentManifest? {
        guard let group = reader.group(root, "", keys) else { return nil }
        // All parts are read before any is missed, so that all faults are found.
        let parts = (
            token: group.required("token", Token.read),
            dollar: group.required("test_dollar", Token.read),
            governance: group.required("governance", Governance.read),
            booking: group.required("booking", Booking.read),
            oracles: group.required("flights", Oracles.read),
            coolingOff: group.required("airlines_contract", coolingOff),
            delays: group.required("delays", Delays.read),
            loyalty: group.required("loyalty", Loyalty.read),
            rules: group.required("fare_rules", rules),
            season: group.required("season", Season.read),
            airlines: group.required("airlines", airlines),
            carriers: group.required("carriers", carriers)
        )
        guard let token = parts.token, let dollar = parts.dollar,
            let governance = parts.governance, let booking = parts.booking,
            let oracles = parts.oracles, let coolingOff = parts.coolingOff,
            let delays = parts.delays, let loyalty = parts.loyalty, let rules = parts.rules,
            let season = parts.season, let airlines = parts.airlines, let carriers = parts.carriers
        else { return nil }
        return DeploymentManifest(
            token: token, dollar: dollar, governance: governance, booking: booking,
            oracles: oracles, coolingOff: coolingOff, delays: delays, loyalty: loyalty,
            rules: rules, season: season, airlines: airlines, carrierOwner: carriers.owner,
            carriers: carriers.list)
    }

    private static func coolingOff(
        _ node: YAMLNode, _ path: String, _ reader: ManifestReader
    ) -> UInt64? {
        reader.group(node, path, ["cooling_off"])?
            .required("cooling_off", ManifestValues.duration(86_400...90 * 86_400))
    }

    private static func rules(
        _ node: YAMLNode, _ path: String, _ reader: ManifestReader
    ) -> [Rule]? {
        reader.named(node, path, 1...50, Rule.read)?.map { entry in
            var rule = entry.value
            rule.name = entry.name
            return rule
        }
    }

    private static func airlines(
        _ node: YAMLNode, _ path: String, _ reader: ManifestReader
    ) -> [Airline]? {
        reader.named(node, path, 1...100) { node, path, reader in
            (node: node, airline: Airline.read(node, path, reader))
        }?.compactMap { entry in
            let code = ManifestValues.carrier(
                YAMLNode(value: .text(entry.name), line: entry.value.node.line), path, reader)
            guard var airline = entry.value.airline, let code else { return nil }
            airline.code = code
            return airline
        }
    }

    private static func carriers(
        _ node: YAMLNode, _ path: String, _ reader: ManifestReader
    ) -> (owner: String, list: [Carrier])? {
        guard let group = reader.group(node, path, ["owner", "names"]) else { return nil }
        let owner = group.required("owner", ManifestValues.role)
        let names = group.required("names") { node, path, reader in
            reader.named(node, path, 0...500) { node, path, reader in
                ManifestValues.text()(node, path, reader).map { (node, $0) }
            }
        }
        guard let owner, let names else { return nil }
        let list = names.compactMap { entry in
            ManifestValues.carrier(
                YAMLNode(value: .text(entry.name), line: entry.value.0.line), "\(path).names",
                reader
            ).map { Carrier(code: $0, name: entry.value.1) }
        }
        return (owner, list)
    }

    /// What no single value shows.
    private func check(_ root: YAMLNode, _ reader: ManifestReader) {
        guard case .fields(let fields) = root.value else { return }
        func fault(_ key: String, _ reason: String) {
            let node = fields.first { $0.name == key }?.node ?? root
            reader.fault(node, key, reason)
        }
        let names = Set(rules.map(\.name))
        for airline in airlines {
            for rule in airline.rules where !names.contains(rule) {
                fault("airlines", "\(airline.code) names “\(rule)”, which is no fare rule")
            }
            for fare in airline.routes.flatMap(\.fares) where !airline.rules.contains(fare.rule) {
                fault("airlines", "\(airline.code) sells under “\(fare.rule)”: list it there")
            }
        }
        var codes: Set<AirlineCode> = []
        for code in airlines.map(\.code) + carriers.map(\.code)
        where !codes.insert(code).inserted {
            fault("carriers", "\(code) is there twice")
        }
        let held = token.holders.reduce(0) { $0 + $1.amount }
        if held > token.cap { fault("token", "the holders have more than the cap") }
        let reserve = token.holders.first { $0.role == loyalty.pool.role }?.amount ?? 0
        if reserve < loyalty.pool.amount {
            fault("loyalty", "\(loyalty.pool.role) holds less than the pool is to get")
        }
        if oracles.quorum * 2 <= UInt32(oracles.roles.count) {
            fault("flights", "the quorum is more than half of the oracles")
        }
        if booking.staleWindow < booking.disputeWindow {
            fault("booking", "stale_window is no less than dispute_window")
        }
        let flights = airlines.map(\.routes.count).reduce(0, +) * season.days
        if flights > Self.flightsMax {
            fault("season", "that is \(flights) flights: \(Self.flightsMax) at most")
        }
    }

    /// How many flights a season has at most.
    static let flightsMax = 5_000
}
