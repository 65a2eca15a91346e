import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// The flights of the airlines that sell on the ledger.
extension StandaloneDeployment {
    /// A flight is not published when it leaves sooner than that.
    private static let leadSeconds: Int64 = 7_200

    /// How many days of flights are published before the network is said to be up.
    public var firstDays: Range<Int> { 1..<(manifest.season.firstDays + 1) }

    /// The days of the season, counted from today.
    public var days: Range<Int> { 0..<(manifest.season.days + 1) }

    /// Publishes the flights of these days that are not there yet.
    /// - Parameter pause: between two of them, so that others get their turn.
    /// - Returns: how many were new.
    @discardableResult
    public func publishFlights(
        on days: Range<Int>, pause: Duration = .zero
    ) async throws -> Int {
        var count = 0
        for day in days {
            for airline in manifest.airlines {
                for route in airline.routes where try await publish(route, of: airline, on: day) {
                    count += 1
                    if pause > .zero { try await Task.sleep(for: pause) }
                }
            }
        }
        return count
    }

    private func publish(
        _ route: DeploymentManifest.Route, of airline: DeploymentManifest.Airline, on day: Int
    ) async throws -> Bool {
        let time = now()
        let today = try ZonedTime(time, in: route.origin.timeZone).local.date
        guard
            let local = LocalTime(date: today.adding(days: day), secondOfDay: route.leaves),
            // An hour that the clocks leave out has no flight.
            let departs = try? ZonedTime(local: local, in: route.origin.timeZone).instant,
            departs.seconds > time.seconds + Self.leadSeconds
        else { return false }
        let registry = FlightRegistryContract(contracts.flights)
        let (code, leaves) = (SCSymbol(airline.code.text), UInt64(departs.seconds))
        let known = try await registry.find(
            carrier: code, number: UInt32(route.number), departs: leaves
        ).read(from: rpc)
        guard known == nil else { return false }
        let owner = try roles.key(airline.owner)
        let flight = FlightRegistryContract.Flight(
            arrives: leaves + route.seconds, carrier: code, departs: leaves,
            destination: SCSymbol(route.destination.code.text),
            fares: fares(of: route, airline), number: UInt32(route.number),
            origin: SCSymbol(route.origin.code.text))
        try await sender.send(
            registry.publish(operator: .account(owner.accountID), flight: flight).operation,
            by: owner)
        return true
    }

    private func fares(
        of route: DeploymentManifest.Route, _ airline: DeploymentManifest.Airline
    ) -> [FlightRegistryContract.Fare] {
        route.fares.compactMap { fare in
            manifest.numberedRules
                .first { $0.airline.code == airline.code && $0.rule.name == fare.rule }
                .map { numbered in
                    FlightRegistryContract.Fare(
                        cabin: SCSymbol(fare.cabin), policy: numbered.number, price: fare.price,
                        seats: fare.seats, token: .contract(contracts.dollar))
                }
        }
    }
}
