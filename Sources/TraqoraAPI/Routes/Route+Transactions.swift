import HTTP
import Travel

extension Route {
    static let ofTransactions = [submitTransaction, readTransaction]

    /// What is wrong with a signed transaction.
    static let ofSigned: [ProblemCode] = [
        .malformedTransaction, .otherTransaction, .wrongNetwork, .notSigned, .wrongSignature,
        .transactionExpired,
    ]
    /// What is wrong with an authorization, and why the platform does not pay for it.
    static let ofSponsored: [ProblemCode] = [
        .malformedAuthorization, .otherAuthorization, .contractAccount, .sponsoringOff,
        .sponsoringLimit, .sponsoringImpossible,
    ]
    /// What may be signed in place of a transaction.
    static let toSign: [Answer] = [
        .json(
            .created, UnsignedTransactionResponse.self,
            "The transaction to sign; it goes to `/transactions`."),
        .json(
            .ok, UnsignedAuthorizationResponse.self,
            "An authorization to sign, if `sponsored` was asked for; it goes to `/transactions`."),
    ]
    /// What a transaction meets on the ledger.
    static let ofLedger: [ProblemCode] = [
        .unknownAccount, .tooLittleMoney, .accountUsedUp, .refusedByContract, .ledgerUnavailable,
    ]

    /// Send a signed transaction.
    public static let submitTransaction = Route(
        "submitTransaction", .post, "/api/v1/transactions", in: .transactions,
        "Send what was offered here, signed; what is of a booking goes to the booking.",
        for: .anyone, takes: .json(SignedTransactionRequest.self),
        answers: [.json(.accepted, TransactionResponse.self, "It was sent; the ledger decides.")],
        problems: ofSigned + ofSponsored + ofLedger + [.transactionUnknown])
    /// What became of it.
    public static let readTransaction = Route(
        "readTransaction", .get, "/api/v1/transactions/{hash}", in: .transactions,
        "What became of a transaction that was offered here and is of no booking.", for: .anyone,
        parameters: [.path("hash", String.self, "Its hash, in hexadecimal digits.")],
        answers: [.json(.ok, TransactionResponse.self, "Where it stands.")],
        problems: [.transactionUnknown])
}
