import HTTP
import Travel

extension Route {
    static let ofWebhooks = [addWebhook, webhooks, removeWebhook]

    /// Be told of the account's bookings.
    public static let addWebhook = Route(
        "addWebhook", .post, "/api/v1/webhooks", in: .webhooks,
        "Be told at an address each time a booking of the account comes to another status.",
        for: .account, takes: .json(AddWebhookRequest.self),
        answers: [.json(.created, AddWebhookResponse.self, "The address is told from now on.")],
        problems: [.webhookAddress, .tooManyWebhooks])
    /// Where the account is told.
    public static let webhooks = Route(
        "webhooks", .get, "/api/v1/webhooks", in: .webhooks,
        "The addresses of the account, and how the last message went.", for: .account,
        answers: [.json(.ok, WebhooksResponse.self, "The addresses.")])
    /// Be told no more.
    public static let removeWebhook = Route(
        "removeWebhook", .delete, "/api/v1/webhooks/{id}", in: .webhooks,
        "Be told no more at an address.", for: .account,
        parameters: [.path("id", String.self, "The address's id.")],
        answers: [.empty(.noContent, "It is told no more.")], problems: [.webhookUnknown])
}
