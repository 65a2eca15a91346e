import Travel

private typealias Values = ManifestValues

extension DeploymentManifest.Season {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["first_days", "days"]) else { return nil }
        let first = group.required("first_days", Values.number(0...30))
        let days = group.required("days", Values.number(0...360))
        guard let first, let days else { return nil }
        return Self(firstDays: min(first, days), days: days)
    }
}

extension DeploymentManifest.Airline {
    private static let placeholder = try? AirlineCode(parsing: "ZZ")

    /// All but the code, which is the airline's key.
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        let keys = ["name", "owner", "bond", "fare_rules", "routes"]
        guard let group = reader.group(node, path, keys) else { return nil }
        let name = group.required("name", Values.text())
        let owner = group.required("owner", Values.role)
        let bond = group.required("bond", Values.amount())
        let rules = group.required("fare_rules") { $2.list($0, $1, 1...20, Values.text()) }
        let routes = group.required("routes") {
            $2.list($0, $1, 0...500, DeploymentManifest.Route.read)
        }
        guard let name, let owner, let bond, let rules, let routes, let placeholder else {
            return nil
        }
        return Self(
            code: placeholder, name: name, owner: owner, bond: bond, rules: rules, routes: routes)
    }
}

extension DeploymentManifest.Route {
    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        let keys = ["number", "from", "to", "leaves", "lasts", "fares"]
        guard let group = reader.group(node, path, keys) else { return nil }
        let number = group.required("number", Values.number(1...9_999))
        let origin = group.required("from", Values.airport)
        let destination = group.required("to", Values.airport)
        let leaves = group.required("leaves", Values.clock)
        let seconds = group.required("lasts", Values.duration(600...86_400))
        let fares = group.required("fares") {
            $2.named($0, $1, 1...8, DeploymentManifest.Fare.read)
        }
        guard let number, let origin, let destination, let leaves, let seconds, let fares else {
            return nil
        }
        if origin.code == destination.code {
            reader.fault(node, path, "it would end where it begins")
        }
        return Self(
            number: number, origin: origin, destination: destination, leaves: leaves,
            seconds: seconds,
            fares: fares.map { entry in
                var fare = entry.value
                fare.cabin = entry.name
                if !DeploymentManifest.Fare.cabins.contains(entry.name) {
                    reader.fault(
                        node, path,
                        "“\(entry.name)” is no cabin: use \(DeploymentManifest.Fare.cabins.joined(separator: ", "))"
                    )
                }
                return fare
            })
    }
}

extension DeploymentManifest.Fare {
    /// What cabins are called on the ledger.
    static let cabins = ["economy", "premium", "business", "first"]

    static func read(_ node: YAMLNode, _ path: String, _ reader: ManifestReader) -> Self? {
        guard let group = reader.group(node, path, ["price", "seats", "rule"]) else { return nil }
        let price = group.required("price", Values.amount())
        let seats = group.required("seats", Values.number(1...1_000))
        let rule = group.required("rule", Values.text())
        guard let price, let seats, let rule else { return nil }
        return Self(cabin: "", price: price, seats: UInt32(seats), rule: rule)
    }
}
