import FareRules
import FlightSupply
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// What an airline does on the ledger, as transactions for the right account to sign. Nothing has
/// happened until a ledger says so.
struct OperateAirline: Sendable {
    let transactions: AccountTransactions
    let contracts: RegistryContracts
    let booking: ContractID
    let token: ContractID
    let tokenSymbol: String
    let now: @Sendable () -> Instant

    private var flights: FlightRegistryContract { FlightRegistryContract(contracts.flights) }
    private var escrow: BookingContract { BookingContract(booking) }

    /// Lets an account act for the airline, or not any more.
    func setOperator(_ wanted: SetOperatorRequest, by owner: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        guard let account = try? SCAddress(parsing: wanted.account) else {
            throw ProblemCode.malformedAccount.problem("Use an account, `G…` or `C…`.")
        }
        return try await transactions.offer(
            AirlineContract(contracts.airline).setOperator(
                code: owner.symbol, operator: account, enabled: wanted.enabled
            ).operation,
            for: .setOperator, about: "airline.\(owner.code)", by: owner.account,
            summary: [
                wanted.enabled
                    ? "Let \(wanted.account) act for \(owner.code): publish flights, change them, "
                        + "report what becomes of them, ticket and cancel bookings."
                    : "\(wanted.account) acts for \(owner.code) no more."
            ])
    }

    /// Publishes a fare rule.
    func publish(_ rule: PublishFareRuleRequest, by member: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        let policy = RefundContract.Policy(
            graceMinLeadSeconds: rule.graceMinLeadSeconds, graceSeconds: rule.graceSeconds,
            tiers: rule.tiers.map {
                .init(refundBps: $0.refundBasisPoints, secondsBefore: $0.secondsBefore)
            })
        let steps = rule.tiers.map {
            "\($0.refundBasisPoints) of 10,000 parts until \($0.secondsBefore) seconds before "
                + "departure"
        }
        return try await transactions.offer(
            RefundContract(contracts.refund).publishPolicy(
                operator: member.address, carrier: member.symbol, policy: policy
            ).operation,
            for: .publishFareRule, about: "airline.\(member.code)", by: member.account,
            summary: [
                "Publish a fare rule of \(member.code). A published one never changes.",
                "Who cancels gets back \(steps.joined(separator: ", ")).",
                rule.graceSeconds == 0
                    ? "There is no time of grace after booking."
                    : "Within \(rule.graceSeconds) seconds of booking all of it comes back, if the "
                        + "flight leaves in \(rule.graceMinLeadSeconds) seconds or later.",
            ])
    }

    /// Publishes a flight.
    func publish(_ wanted: PublishFlightRequest, by member: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        let flight = FlightRegistryContract.Flight(
            arrives: wanted.arrives.ledgerTime, carrier: member.symbol,
            departs: wanted.departs.ledgerTime,
            destination: SCSymbol(wanted.destination.description),
            fares: wanted.fares.map { fare in
                FlightRegistryContract.Fare(
                    cabin: SCSymbol(fare.cabin.ledgerName), policy: fare.policy,
                    price: Int128(fare.price.baseUnits), seats: fare.seats,
                    token: .contract(token))
            }, number: wanted.number, origin: SCSymbol(wanted.origin.description))
        let fares = wanted.fares.map {
            "\($0.seats) seats in \($0.cabin.rawValue) for \($0.price.shortText) \(tokenSymbol) "
                + "each, under fare rule \($0.policy)"
        }
        return try await transactions.offer(
            flights.publish(operator: member.address, flight: flight).operation,
            for: .publishFlight, about: "airline.\(member.code)", by: member.account,
            summary: [
                "Publish \(member.code)\(wanted.number) from \(wanted.origin) to "
                    + "\(wanted.destination), leaving \(wanted.departs) and arriving "
                    + "\(wanted.arrives). It can be booked at once.",
                "Sell \(fares.joined(separator: "; ")).",
            ])
    }

    /// Changes what is sold of a flight.
    func change(_ fare: ChangeFareRequest, of flight: NamedFlight, by member: AirlineDoor.Member)
        async throws -> UnsignedTransactionResponse
    {
        try await transactions.offer(
            flights.setFare(
                operator: member.address, id: flight.id,
                cabin: SCSymbol(fare.cabin.ledgerName),
                price: Int128(fare.price.baseUnits), seats: fare.seats
            ).operation,
            for: .changeFare, about: "flight.\(flight.id)", by: member.account,
            summary: [
                "Sell at most \(fare.seats) seats in \(fare.cabin.rawValue) of \(flight.name), "
                    + "flight \(flight.id), for \(fare.price.shortText) \(tokenSymbol) each.",
                "What was booked before stays as it was booked.",
            ])
    }

    /// Sells no more of a flight.
    func close(_ flight: NamedFlight, by member: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        try await transactions.offer(
            flights.close(operator: member.address, id: flight.id).operation,
            for: .closeFlight, about: "flight.\(flight.id)", by: member.account,
            summary: [
                "Sell no more of \(flight.name), flight \(flight.id). This cannot be undone; what "
                    + "was sold stays sold."
            ])
    }

    /// Says what became of a flight.
    /// - Throws: `Problem`, for a delay without the arrival that is expected now.
    func report(
        _ report: ReportStatusRequest, of flight: NamedFlight, by member: AirlineDoor.Member
    )
        async throws -> UnsignedTransactionResponse
    {
        let time = try await timeOf(report, flight)
        return try await transactions.offer(
            flights.report(
                reporter: member.address, id: flight.id, status: .init(report.status),
                time: time.ledgerTime
            ).operation,
            for: .reportStatus, about: "flight.\(flight.id)", by: member.account,
            summary: [
                "Say that \(flight.name), flight \(flight.id), is \(report.status.rawValue), with "
                    + "the time \(time).",
                report.status == .cancelled
                    ? "Everybody who booked it gets all the money back. This cannot be undone."
                    : "Oracles may say otherwise, and are then believed.",
            ])
    }

    /// The time that goes with a status. What has happened has happened by the ledger's clock:
    /// ours may be ahead of it, and the contract takes no time that has not come.
    private func timeOf(_ report: ReportStatusRequest, _ flight: NamedFlight) async throws
        -> Instant
    {
        if let time = report.time { return time }
        switch report.status {
        case .scheduled: return flight.arrives
        case .delayed:
            throw Problem.invalidField(
                "time", "say when the flight is expected to arrive: later than \(flight.arrives).")
        case .departed, .arrived, .cancelled, .diverted: break
        }
        let unavailable = ProblemCode.ledgerUnavailable.problem(
            "Nobody can be asked for the ledger's time now. Send `time`, or try again in a moment.")
        guard let latest = try? await transactions.escrow.rpc.latestLedger(),
            let closed = latest.closeTime
        else { throw unavailable }
        return Instant(clamping: closed)
    }

    /// Gives all of a booking's money back.
    func cancel(_ booking: AirlineBooking, by member: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        try await transactions.offer(
            escrow.carrierCancel(operator: member.address, id: booking.number).operation,
            for: .airlineCancellation, about: "escrow.\(booking.number)", by: member.account,
            summary: [
                "Cancel booking \(booking.number) of \(booking.flight): all "
                    + "\(booking.escrowed.shortText) \(tokenSymbol) go back to \(booking.payer). "
                    + "This cannot be undone."
            ])
    }

    /// Says that there is a ticket; the ledger gets `hash` to see of it.
    func ticket(_ booking: AirlineBooking, hash: Hash, by member: AirlineDoor.Member)
        async throws -> UnsignedTransactionResponse
    {
        try await transactions.offer(
            escrow.ticket(operator: member.address, id: booking.number, ticketHash: hash)
                .operation,
            for: .ticket, about: "escrow.\(booking.number)", by: member.account,
            summary: [
                "Say that booking \(booking.number) of \(booking.flight) has its tickets: "
                    + "\(booking.seats) \(booking.seats == 1 ? "seat" : "seats"). The money stays "
                    + "in escrow until it was flown."
            ])
    }
}

/// A flight of the registry with what people call it.
struct NamedFlight: Sendable {
    var id: UInt64
    var name: String
    /// As planned.
    var arrives: Instant
}

extension Instant {
    /// As the ledger counts it.
    fileprivate var ledgerTime: UInt64 { UInt64(max(0, seconds)) }
}

extension FlightRegistryContract.FlightStatus {
    init(_ status: PublishedFlightStatus) {
        self =
            switch status {
            case .scheduled: .scheduled
            case .delayed: .delayed
            case .departed: .departed
            case .arrived: .arrived
            case .cancelled: .cancelled
            case .diverted: .diverted
            }
    }
}
