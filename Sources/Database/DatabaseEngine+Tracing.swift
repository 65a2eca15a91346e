import Telemetry

extension DatabaseEngine {
    /// Measures a statement as a part of what the task works for: its text with places for the
    /// values, never the values.
    func traced<Value>(
        _ sql: SQL, _ body: () async throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        try await Span.part(
            .client,
            {
                let text = sql.text(for: self)
                return (Self.name(of: text), attributes + [("db.query.text", .string(text))])
            }
        ) { _ throws(DatabaseError) in try await body() }
    }

    /// Measures statements that are sent together: the time is the last one's.
    func traced<Value>(
        _ statements: [SQL], _ body: () async throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        for sql in statements.dropLast() {
            try await traced(sql) { () async throws(DatabaseError) in }
        }
        guard let last = statements.last else { return try await body() }
        return try await traced(last, body)
    }

    /// Measures a step of the engine's own.
    func traced<Value>(
        _ step: String, _ body: () async throws(DatabaseError) -> Value
    ) async throws(DatabaseError) -> Value {
        try await Span.part(.client, { (step, attributes) }) { _ throws(DatabaseError) in
            try await body()
        }
    }

    private var attributes: [(key: String, value: LogValue)] {
        [("db.system.name", .string(self == .postgreSQL ? "postgresql" : "sqlite"))]
    }

    /// `SELECT bookings`: the verb and the first table.
    private static func name(of text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).prefix(200)
        let verb = words.first.map { $0.uppercased() } ?? ""
        let before: Set<String> = ["FROM", "INTO", "UPDATE"]
        let place = words.firstIndex { before.contains($0.uppercased()) }
        guard let place, place + 1 < words.endIndex else { return verb }
        let table = words[place + 1].prefix { $0.isLetter || $0 == "_" }
        return "\(verb) \(table)"
    }
}
