import HTTP
import Travel

extension Route {
    static let ofWebhooks = [addWebhook, webhooks, removeWebhook, ledgerEvents]

    /// Be told of the account's bookings.
    public static let addWebhook = Route(
        "addWebhook", .post, "/api/v1/webhooks", in: .webhooks,
        "Be told at an address of what concerns the account: its bookings, and what the ledger says.",
        for: .account, takes: .json(AddWebhookRequest.self),
        answers: [.json(.created, AddWebhookResponse.self, "The address is told from now on.")],
        problems: [.webhookAddress, .tooManyWebhooks, .topicUnknown])
    /// Where the account is told.
    public static let webhooks = Route(
        "webhooks", .get, "/api/v1/webhooks", in: .webhooks,
        "The addresses of the account, and how the last message went.", for: .account,
        answers: [.json(.ok, WebhooksResponse.self, "The addresses.")])
    /// What the ledger says of the account, as it happens.
    public static let ledgerEvents = Route(
        "ledgerEvents", .get, "/api/v1/events", in: .webhooks,
        "What the ledger says of the account, as server-sent events, each once: refunds, points, "
            + "what is decided, its airlines.", for: .account,
        parameters: [
            .query(
                "topics", .text(pattern: "^[a-z]+(,[a-z]+)*$"), example: "loyalty,refunds",
                "Only these; all but bookings if it is not said."),
            .header(
                "Last-Event-ID", .text(pattern: "^[0-9]{1,18}$"), example: "17",
                isRequired: false,
                "The id of the event that was heard last; only what is new if it is not said."),
        ],
        answers: [
            .bytes(
                .ok, "text/event-stream",
                "Each event is named as its topic and what happened; its data is the event.")
        ], problems: [.tooManyListeners, .topicUnknown, .eventUnknown])
    /// Be told no more.
    public static let removeWebhook = Route(
        "removeWebhook", .delete, "/api/v1/webhooks/{id}", in: .webhooks,
        "Be told no more at an address.", for: .account,
        parameters: [.path("id", String.self, "The address's id.")],
        answers: [.empty(.noContent, "It is told no more.")], problems: [.webhookUnknown])
}
