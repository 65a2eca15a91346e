/// The errors of the Booking contract by their numbers, in its README.
public enum BookingContractError: UInt32, Error, Hashable, CaseIterable, Sendable {
    case noProposedAdmin = 1
    case paused = 2
    case notAllowed = 3
    case notFound = 400
    case notPassenger
    case notSeller
    case notOpen
    case departed
    case deadlinePassed
    case deadlineNotReached
    case unknownSeller
    case tokenNotAccepted
    case unknownPolicy
    case seatsOutOfRange
    case priceOutOfRange
    case timesOutOfRange
    case quoteExpired
    case quoteUsed
    case nothingToWithdraw
    case settingsOutOfRange
    case policyOutOfRange
    case tooMany

    /// What it means, for people.
    public var sentence: String {
        switch self {
        case .noProposedAdmin: "nobody is proposed as admin"
        case .paused: "no bookings are taken at the moment"
        case .notAllowed: "only admin and guardian may pause"
        case .notFound: "the contract knows no such booking"
        case .notPassenger: "the booking is somebody else's"
        case .notSeller: "only who sold it may ticket it"
        case .notOpen: "the booking is over already"
        case .departed: "the flight has departed"
        case .deadlinePassed: "the deadline for the ticket has passed"
        case .deadlineNotReached: "the deadline for the ticket has not come yet"
        case .unknownSeller: "the seller is not registered with the contract"
        case .tokenNotAccepted: "the contract does not take this token"
        case .unknownPolicy: "the contract does not know the refund policy"
        case .seatsOutOfRange: "the number of seats is not possible"
        case .priceOutOfRange: "the price is not possible"
        case .timesOutOfRange: "departure or arrival are not possible"
        case .quoteExpired: "the quote has expired"
        case .quoteUsed: "the quote has been used"
        case .nothingToWithdraw: "there is nothing to withdraw"
        case .settingsOutOfRange: "the settings are not possible"
        case .policyOutOfRange: "the refund policy is not possible"
        case .tooMany: "there are too many tokens or policies"
        }
    }
}
