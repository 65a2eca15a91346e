import HTTP

extension Route {
    static let ofAdministration = [audit]

    /// What was done by whom.
    public static let audit = Route(
        "audit", .get, "/api/v1/admin/audit", in: .administration,
        "What was done by whom.", for: .administrator,
        parameters: [
            .query("after", Int64.self, "The number behind which to begin; 0 if not said."),
            .query("limit", 1...1_000, "How many entries; 100 if not said."),
        ], answers: [.json(.ok, AuditResponse.self, "The entries, in order.")])
}
