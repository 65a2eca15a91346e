public import HTTP

/// Every problem the API names beside those of `HTTP` and `TravelError`: what programs look at.
public enum ProblemCode: String, CaseIterable, Sendable {
    case sameAirport = "flights.same_airport"
    case dateOutOfRange = "flights.date_out_of_range"
    case unknownOffer = "offers.unknown"
    case offerExpired = "offers.expired"
    case offerGone = "offers.gone"
    case priceChanged = "offers.price_changed"
    case passengersDiffer = "bookings.passengers_differ"
    case keyMissing = "bookings.idempotency_key_missing"
    case keyMalformed = "bookings.idempotency_key_malformed"
    case keyReused = "bookings.idempotency_key_reused"
    case keyInUse = "bookings.idempotency_key_in_use"
    case tokenMissing = "bookings.token_missing"
    case bookingNotFound = "bookings.not_found"
    case holdExpired = "bookings.hold_expired"
    case alreadyPaid = "bookings.already_paid"
    case notCancellable = "bookings.not_cancellable"
    case departed = "bookings.departed"
    case malformedAccount = "payments.malformed_account"
    case unknownAccount = "payments.unknown_account"
    case malformedTransaction = "payments.malformed_transaction"
    case otherTransaction = "payments.other_transaction"
    case wrongNetwork = "payments.wrong_network"
    case notSigned = "payments.not_signed"
    case wrongSignature = "payments.wrong_signature"
    case transactionExpired = "payments.transaction_expired"
    case tooLittleMoney = "payments.too_little_money"
    case refusedByContract = "payments.refused_by_contract"
    case ledgerUnavailable = "ledger.unavailable"

    /// The status it is answered with.
    public var status: HTTPStatus {
        switch self {
        case .sameAirport, .dateOutOfRange, .passengersDiffer, .malformedAccount, .unknownAccount,
            .otherTransaction, .wrongNetwork, .notSigned, .wrongSignature, .tooLittleMoney,
            .refusedByContract, .keyReused:
            .unprocessableContent
        case .keyMissing, .keyMalformed, .malformedTransaction: .badRequest
        case .tokenMissing: .unauthorized
        case .unknownOffer, .bookingNotFound: .notFound
        case .offerExpired, .offerGone, .holdExpired, .transactionExpired: .gone
        case .priceChanged, .keyInUse, .alreadyPaid, .notCancellable, .departed: .conflict
        case .ledgerUnavailable: .serviceUnavailable
        }
    }

    /// What kind of thing went wrong.
    public var title: String {
        switch self {
        case .sameAirport: "A flight cannot end where it begins"
        case .dateOutOfRange: "There are no flights on sale for that day"
        case .unknownOffer: "There is no such offer"
        case .offerExpired: "The offer has expired"
        case .offerGone: "The offer has been sold"
        case .priceChanged: "The price has changed"
        case .passengersDiffer: "The passengers are not those the offer is for"
        case .keyMissing: "An Idempotency-Key is needed"
        case .keyMalformed: "The Idempotency-Key cannot be used"
        case .keyReused: "The Idempotency-Key was used for another request"
        case .keyInUse: "The request with this Idempotency-Key is still being worked on"
        case .tokenMissing: "The booking's token is needed"
        case .bookingNotFound: "There is no such booking for this token"
        case .holdExpired: "The price is no longer held"
        case .alreadyPaid: "The booking has been paid"
        case .notCancellable: "There is nothing to cancel"
        case .departed: "The flight has departed"
        case .malformedAccount: "That is no Stellar account"
        case .unknownAccount: "The account does not exist on this network"
        case .malformedTransaction: "The transaction cannot be read"
        case .otherTransaction: "That is not the transaction that was offered"
        case .wrongNetwork: "The transaction was signed for another network"
        case .notSigned: "The transaction is not signed"
        case .wrongSignature: "The signature is not the payer's"
        case .transactionExpired: "The transaction can no longer be sent"
        case .tooLittleMoney: "The account has too little money"
        case .refusedByContract: "The contract would refuse this"
        case .ledgerUnavailable: "The ledger cannot be reached"
        }
    }

    /// The problem, with what to do about it this time.
    public func problem(_ detail: String? = nil, members: [String: String] = [:]) -> Problem {
        var headers: HTTPHeaders = [:]
        if self == .tokenMissing { headers["WWW-Authenticate"] = "Bearer" }
        if self == .ledgerUnavailable || self == .keyInUse { headers["Retry-After"] = "1" }
        return Problem(
            rawValue, status: status, title: title, detail: detail, members: members,
            headers: headers)
    }
}
