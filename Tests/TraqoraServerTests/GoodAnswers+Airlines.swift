import FareRules
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

@testable import TraqoraServer

extension GoodAnswers {
    /// What airlines do is asked of a world that has one.
    mutating func flyForAirline() async throws {
        let airline = try await AirlineWorld()
        _ = try await airline.book(5)
        let owner = try await airline.world.signIn(airline.owner, to: airline.server).headers
        let departs = airline.departs.adding(seconds: 86_400)
        let fare = PublishedFareRequest(
            cabin: .economy, price: TokenAmount(baseUnits: 10_000_000), seats: 9, policy: 1)
        let flight = PublishFlightRequest(
            number: 102, origin: try AirportCode(parsing: "LIS"),
            destination: try AirportCode(parsing: "ZRH"), departs: departs,
            arrives: departs.adding(seconds: 9_000), fares: [fare])
        let rule = PublishFareRuleRequest(
            tiers: [.init(secondsBefore: 0, refundBasisPoints: 0)], graceSeconds: 0,
            graceMinLeadSeconds: 0)
        let change = ChangeFareRequest(cabin: .economy, price: fare.price, seats: 12)
        let `operator` = SetOperatorRequest(account: airline.owner.address, enabled: true)
        let payout = SetPayoutRequest(address: airline.owner.address)
        let heir = ProposeOwnerRequest(account: airline.operator.address)
        await airline.world.ledger.set(heir: airline.operator.accountID)
        let bond = BondRequest(amount: fare.price)
        let (id, number) = (["id": "17"], ["number": "5"])
        let asked: [(Route, [String: String], String, (any Encodable)?, HTTPHeaders?)] = [
            (.airlines, [:], "?cursor=AA&limit=1", nil, [:]), (.airline, [:], "", nil, [:]),
            (.airlineOperators, [:], "", nil, [:]), (.setOperator, [:], "", `operator`, owner),
            (.publishFareRule, [:], "", rule, nil), (.publishFlight, [:], "", flight, nil),
            (
                .airlineFlights, [:],
                "?from=2026-12-01&until=2026-12-31&status=scheduled&limit=1&cursor=1~1", nil, nil
            ),
            (.changeFare, id, "", change, nil), (.closeFlight, id, "", nil, nil),
            (
                .reportStatus, id, "",
                ReportStatusRequest(status: .delayed, time: departs), nil
            ),
            (.airlineBookings, [:], "?flight=17&state=paid&cursor=9~9&limit=1", nil, nil),
            (.cancelForAirline, number, "", nil, nil), (.ticketForAirline, number, "", nil, nil),
            (.answerDispute, number, "", AnswerDisputeRequest(statement: "A strike."), nil),
            (.flightSettlements, [:], "?from=2026-12-01&limit=1", nil, nil),
            (.daySettlements, [:], "?from=2026-11-01&until=2026-12-31", nil, nil),
            (.setPayout, [:], "", payout, owner), (.proposeOwner, [:], "", heir, owner),
            (.acceptOwner, [:], "", nil, nil), (.depositBond, [:], "", bond, nil),
            (.requestBondWithdrawal, [:], "", bond, owner),
            (.withdrawBond, [:], "", BondWithdrawalRequest(), owner),
        ]
        for (route, places, query, body, headers) in asked {
            if route == .answerDispute { try await airline.dispute(5) }
            let answer = try await airline.ask(
                route, places, query: query, body: body, headers: headers)
            seen[route, default: []].insert(answer.status.code)
        }
        await airline.world.close()
    }
}
