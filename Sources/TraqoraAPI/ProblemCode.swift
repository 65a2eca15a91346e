public import HTTP

/// Every problem the API names beside those of `HTTP` and `TravelError`: what programs look at.
public enum ProblemCode: String, CaseIterable, Sendable {
    case sameAirport = "flights.same_airport"
    case dateOutOfRange = "flights.date_out_of_range"
    case datesOutOfOrder = "flights.dates_out_of_order"
    case journeyCount = "flights.journey_count"
    case unknownOffer = "offers.unknown"
    case offerExpired = "offers.expired"
    case offerGone = "offers.gone"
    case priceChanged = "offers.price_changed"
    case seatUnavailable = "offers.seat_unavailable"
    case agesDiffer = "offers.ages_differ"
    case supplierUnreachable = "suppliers.unreachable"
    case supplierTimedOut = "suppliers.timed_out"
    case supplierInterrupted = "suppliers.interrupted"
    case supplierThrottled = "suppliers.throttled"
    case supplierQuotaUsedUp = "suppliers.quota_used_up"
    case supplierUnauthorized = "suppliers.unauthorized"
    case supplierFailed = "suppliers.failed"
    case supplierUnreadable = "suppliers.unreadable"
    case supplierRejected = "suppliers.rejected"
    case supplierLacksThis = "suppliers.not_supported"
    case orderUnconfirmed = "suppliers.order_unconfirmed"
    case detailsMissing = "bookings.details_missing"
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
    case notDisputable = "bookings.not_disputable"
    case statementMalformed = "bookings.statement_malformed"
    case notClaimable = "bookings.not_claimable"
    case tooManyListeners = "bookings.too_many_listeners"
    case orderNotUncertain = "orders.not_uncertain"
    case orderNotOurs = "orders.not_ours"
    case changeUnknown = "changes.unknown"
    case changeDecided = "changes.decided"
    case changeNotAcceptable = "changes.not_acceptable"
    case webhookAddress = "webhooks.address_refused"
    case webhookUnknown = "webhooks.unknown"
    case topicUnknown = "webhooks.topic_unknown"
    case eventUnknown = "webhooks.event_unknown"
    case tooManyWebhooks = "webhooks.too_many"
    case malformedAccount = "payments.malformed_account"
    case unknownAccount = "payments.unknown_account"
    case contractAccount = "payments.contract_account"
    case signInContract = "auth.contract_account"
    case malformedTransaction = "payments.malformed_transaction"
    case otherTransaction = "payments.other_transaction"
    case wrongNetwork = "payments.wrong_network"
    case notSigned = "payments.not_signed"
    case wrongSignature = "payments.wrong_signature"
    case transactionExpired = "payments.transaction_expired"
    case transactionUnknown = "transactions.unknown"
    case tooLittleMoney = "payments.too_little_money"
    case accountUsedUp = "payments.account_used_up"
    case refusedByContract = "payments.refused_by_contract"
    case malformedAuthorization = "payments.malformed_authorization"
    case otherAuthorization = "payments.other_authorization"
    case sponsoringOff = "sponsoring.off"
    case sponsoringLimit = "sponsoring.limit_reached"
    case sponsoringImpossible = "sponsoring.not_possible"
    case notReadYet = "ledger.not_read_yet"
    case notEnoughPoints = "loyalty.not_enough_points"
    case proposalUnknown = "governance.proposal_unknown"
    case proposalMalformed = "governance.proposal_malformed"
    case nothingWaits = "refunds.nothing_waits"
    case ledgerUnavailable = "ledger.unavailable"
    case signInMalformed = "auth.malformed"
    case signInAccount = "auth.malformed_account"
    case challengeUnknown = "auth.challenge_unknown"
    case signatureRefused = "auth.signature_refused"
    case signInNeeded = "auth.token_missing"
    case tokenRefused = "auth.token_refused"
    case refreshRefused = "auth.refresh_refused"
    case sessionUnknown = "auth.session_unknown"
    case airlineUnknown = "airlines.unknown"
    case notOperator = "airlines.not_allowed"
    case flightUnknown = "airlines.flight_unknown"
    case airlineBookingUnknown = "airlines.booking_unknown"
    case adminRefused = "admin.refused"
    case jobUnknown = "admin.job_unknown"
    case maintenance = "service.maintenance"
    case tooManyRequests = "limits.too_many_requests"

    /// The status it is answered with.
    public var status: HTTPStatus {
        switch self {
        case .sameAirport, .dateOutOfRange, .datesOutOfOrder, .journeyCount, .detailsMissing,
            .agesDiffer,
            .supplierRejected, .passengersDiffer, .malformedAccount, .unknownAccount,
            .otherTransaction, .wrongNetwork, .notSigned, .wrongSignature, .tooLittleMoney,
            .accountUsedUp,
            .refusedByContract, .keyReused, .signInAccount, .statementMalformed,
            .webhookAddress, .otherAuthorization, .sponsoringImpossible, .notEnoughPoints,
            .proposalMalformed, .nothingWaits, .orderNotOurs, .contractAccount, .signInContract,
            .topicUnknown, .eventUnknown:
            .unprocessableContent
        case .keyMissing, .keyMalformed, .malformedTransaction, .malformedAuthorization,
            .signInMalformed:
            .badRequest
        case .tokenMissing, .signatureRefused, .signInNeeded, .tokenRefused, .refreshRefused,
            .adminRefused:
            .unauthorized
        case .unknownOffer, .supplierLacksThis, .bookingNotFound, .sessionUnknown, .webhookUnknown,
            .transactionUnknown, .proposalUnknown, .jobUnknown, .airlineUnknown, .flightUnknown,
            .airlineBookingUnknown, .changeUnknown:
            .notFound
        case .offerExpired, .offerGone, .holdExpired, .transactionExpired, .challengeUnknown: .gone
        case .priceChanged, .seatUnavailable, .keyInUse, .alreadyPaid, .notCancellable, .departed,
            .notDisputable, .notClaimable, .tooManyWebhooks, .sponsoringOff, .sponsoringLimit,
            .orderNotUncertain, .changeDecided, .changeNotAcceptable:
            .conflict
        case .ledgerUnavailable, .notReadYet, .supplierThrottled, .supplierQuotaUsedUp,
            .tooManyListeners,
            .maintenance:
            .serviceUnavailable
        case .supplierTimedOut: .gatewayTimeout
        case .supplierUnreachable, .supplierInterrupted, .supplierUnauthorized, .supplierFailed,
            .supplierUnreadable, .orderUnconfirmed:
            .badGateway
        case .notOperator: .forbidden
        case .tooManyRequests: .tooManyRequests
        }
    }

    /// What kind of thing went wrong.
    public var title: String {
        switch self {
        case .sameAirport: "A flight cannot end where it begins"
        case .dateOutOfRange: "There are no flights on sale for that day"
        case .datesOutOfOrder: "The journeys are not in order"
        case .journeyCount: "A trip has one to six journeys"
        case .unknownOffer: "There is no such offer"
        case .offerExpired: "The offer has expired"
        case .offerGone: "The offer has been sold"
        case .priceChanged: "The price has changed"
        case .seatUnavailable: "The seat cannot be had"
        case .agesDiffer: "The offer was made for people of other ages"
        case .supplierUnreachable: "The supplier cannot be reached"
        case .supplierTimedOut: "The supplier did not answer in time"
        case .supplierInterrupted: "The connection to the supplier broke"
        case .supplierThrottled: "The supplier takes no more questions for a while"
        case .supplierQuotaUsedUp: "The supplier's quota is used up"
        case .supplierUnauthorized: "The supplier does not accept our key"
        case .supplierFailed: "The supplier failed"
        case .supplierUnreadable: "The supplier's answer cannot be read"
        case .supplierRejected: "The supplier refuses this"
        case .supplierLacksThis: "The supplier has no such thing"
        case .orderUnconfirmed: "The supplier has not said yet whether there is an order"
        case .detailsMissing: "The airline has to know more of the passengers"
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
        case .notDisputable: "There is nothing to dispute"
        case .statementMalformed: "What went wrong is not said"
        case .notClaimable: "There is nothing to claim"
        case .tooManyListeners: "Too many listen already"
        case .orderNotUncertain: "What became of the order is known"
        case .orderNotOurs: "That is not the order of this booking"
        case .changeUnknown: "The trip has no such change"
        case .changeDecided: "Something has been said to the change"
        case .changeNotAcceptable: "The change cannot be accepted here"
        case .webhookAddress: "That address cannot be told"
        case .topicUnknown: "Nobody is told of that"
        case .eventUnknown: "That is no event"
        case .webhookUnknown: "The account has no such address"
        case .tooManyWebhooks: "The account has as many addresses as it may"
        case .malformedAccount: "That is no Stellar account"
        case .contractAccount: "A contract account sends no transactions"
        case .signInContract: "A contract account cannot sign in here"
        case .unknownAccount: "The account does not exist on this network"
        case .malformedTransaction: "The transaction cannot be read"
        case .otherTransaction: "That is not the transaction that was offered"
        case .malformedAuthorization: "The authorization cannot be read"
        case .otherAuthorization: "That is not the authorization that was offered"
        case .sponsoringOff: "The network's fee is paid for nobody here"
        case .sponsoringLimit: "The network's fee is not paid for you now"
        case .sponsoringImpossible: "One authorization is not enough for this"
        case .notReadYet: "The ledger is still being read"
        case .notEnoughPoints: "There are not so many points"
        case .proposalUnknown: "There is no such proposal"
        case .proposalMalformed: "That cannot be proposed"
        case .nothingWaits: "Nothing waits for the address"
        case .wrongNetwork: "The transaction was signed for another network"
        case .notSigned: "The transaction is not signed"
        case .wrongSignature: "The signature is not the payer's"
        case .transactionExpired: "The transaction can no longer be sent"
        case .transactionUnknown: "No such transaction was offered here"
        case .tooLittleMoney: "The account has too little money"
        case .accountUsedUp: "The account can send nothing more"
        case .refusedByContract: "The contract would refuse this"
        case .ledgerUnavailable: "The ledger cannot be reached"
        case .signInMalformed: "The answer to the challenge cannot be read"
        case .signInAccount: "That is no account that can sign in"
        case .challengeUnknown: "The challenge has been answered, is over, or is none"
        case .signatureRefused: "The signature does not sign in to this account"
        case .signInNeeded: "Sign in first"
        case .tokenRefused: "The access token is over, or its sign-in has ended"
        case .refreshRefused: "The refresh token opens nothing any more"
        case .sessionUnknown: "The account has no such sign-in"
        case .airlineUnknown: "There is no such airline"
        case .notOperator: "The account does not act for this airline"
        case .flightUnknown: "The airline has published no such flight"
        case .airlineBookingUnknown: "The airline's flights have no such booking"
        case .adminRefused: "The key of administration is missing or wrong"
        case .jobUnknown: "There is no such job"
        case .maintenance: "Nothing is changed during maintenance"
        case .tooManyRequests: "There were too many requests"
        }
    }

    /// The problem, with what to do about it this time.
    public func problem(_ detail: String? = nil, members: [String: String] = [:]) -> Problem {
        var headers: HTTPHeaders = [:]
        headers["WWW-Authenticate"] = challenge
        if self == .ledgerUnavailable || self == .keyInUse { headers["Retry-After"] = "1" }
        return Problem(
            rawValue, status: status, title: title, detail: detail, members: members,
            headers: headers)
    }

    /// What a 401 has to name (RFC 9110 section 11.6.1): a scheme that would open. `nil` for any
    /// other status.
    public var challenge: String? {
        guard status == .unauthorized else { return nil }
        return switch self {
        // No registered scheme carries a key in a field of its own.
        case .adminRefused: #"ApiKey realm="administration", header="X-Admin-Key""#
        // RFC 6750 section 3.1: what was brought is named; who brought nothing learns no more.
        case .tokenRefused: #"Bearer realm="account", error="invalid_token""#
        case .tokenMissing: #"Bearer realm="booking""#
        default: #"Bearer realm="account""#
        }
    }
}
