public import FlightSupply
public import HTTP
import TraqoraAPI

extension SupplyError {
    /// What the API calls it.
    var problemCode: ProblemCode {
        switch self {
        case .sameAirport: .sameAirport
        case .dateOutOfRange: .dateOutOfRange
        case .unknownOffer: .unknownOffer
        case .offerExpired: .offerExpired
        case .offerGone: .offerGone
        }
    }
}

/// Lets what a supplier refuses become an answer.
extension SupplyError: ProblemConvertible {
    /// The same, as a problem.
    public var problem: Problem {
        problemCode.problem(description.prefix(1).uppercased() + description.dropFirst() + ".")
    }
}
