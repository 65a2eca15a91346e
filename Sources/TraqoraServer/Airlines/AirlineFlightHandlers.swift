import HTTP
import TraqoraAPI
import Travel

/// The flights of an airline over HTTP, for those who act for it.
struct AirlineFlightHandlers: Sendable {
    let door: AirlineDoor
    let operate: OperateAirline

    private var airlines: AirlineRepository { door.airlines }

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.airlineFlights, list), (.publishFlight, publish), (.changeFare, changeFare),
            (.closeFlight, close), (.reportStatus, report),
        ]
    }

    /// `GET /api/v1/airlines/{code}/flights`
    func list(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let page = try await airlines.flights(
            AirlineFlightSearch(request.query, of: member.code))
        return try .json(
            AirlineFlightsResponse(
                flights: page.items, nextCursor: page.cursor?.description),
            headers: AirlineDoor.secrecy)
    }

    /// `POST /api/v1/airlines/{code}/flights`
    func publish(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let wanted = try request.json(as: PublishFlightRequest.self)
        return try .toSign(try await operate.publish(wanted, by: member))
    }

    /// `POST /api/v1/airlines/{code}/flights/{id}/fares`
    func changeFare(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let flight = try await flight(of: request, member)
        let wanted = try request.json(as: ChangeFareRequest.self)
        return try .toSign(try await operate.change(wanted, of: flight, by: member))
    }

    /// `POST /api/v1/airlines/{code}/flights/{id}/closing`
    func close(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let flight = try await flight(of: request, member)
        return try .toSign(try await operate.close(flight, by: member))
    }

    /// `POST /api/v1/airlines/{code}/flights/{id}/status`
    func report(_ request: HTTPRequest) async throws -> HTTPResponse {
        let member = try await door.admit(request)
        let flight = try await flight(of: request, member)
        let wanted = try request.json(as: ReportStatusRequest.self)
        return try .toSign(try await operate.report(wanted, of: flight, by: member))
    }

    private func flight(of request: HTTPRequest, _ member: AirlineDoor.Member) async throws
        -> NamedFlight
    {
        let id: UInt64 = try request.parameters.require("id")
        guard let flight = try await airlines.flight(id, of: member.code) else {
            throw ProblemCode.flightUnknown.problem()
        }
        return flight
    }
}
