public import FlightSupply
public import HTTP
import TraqoraAPI

extension SupplyError {
    /// What the API calls it.
    var problemCode: ProblemCode {
        switch self {
        case .sameAirport: .sameAirport
        case .dateOutOfRange: .dateOutOfRange
        case .datesOutOfOrder: .datesOutOfOrder
        case .journeyCount: .journeyCount
        case .unknownOffer: .unknownOffer
        case .offerExpired: .offerExpired
        case .offerGone: .offerGone
        case .priceChanged: .priceChanged
        case .detailsMissing: .detailsMissing
        case .seatUnavailable: .seatUnavailable
        case .agesDiffer: .agesDiffer
        case .notSupported: .supplierLacksThis
        case .unreachable: .supplierUnreachable
        case .timedOut: .supplierTimedOut
        case .interrupted: .supplierInterrupted
        case .throttled: .supplierThrottled
        case .quotaUsedUp: .supplierQuotaUsedUp
        case .unauthorized: .supplierUnauthorized
        case .failed: .supplierFailed
        case .unreadable: .supplierUnreadable
        case .rejected: .supplierRejected
        case .orderUnconfirmed: .orderUnconfirmed
        }
    }

    /// What people are told: of faults of a supplier no more than what they are.
    private var detail: String? {
        switch self {
        case .unreachable, .interrupted, .unauthorized, .failed, .unreadable:
            "Other suppliers may have what you are looking for; else try again later."
        default: description.prefix(1).uppercased() + description.dropFirst() + "."
        }
    }
}

/// Lets what a supplier refuses become an answer.
extension SupplyError: ProblemConvertible {
    /// The same, as a problem.
    public var problem: Problem {
        var problem = problemCode.problem(detail)
        if case .throttled(let seconds) = self {
            problem.headers["Retry-After"] = "\(seconds ?? 5)"
        }
        return problem
    }
}
