internal import CPostgreSQL

/// A statement with its values as the server takes them.
struct BoundStatement {
    let text: String
    let parameters: PostgreSQLParameters

    /// - Throws: ``DatabaseError/Code/value``.
    init(_ sql: SQL) throws(DatabaseError) {
        text = sql.text(for: .postgreSQL)
        parameters = try PostgreSQLParameters(sql.values, sql: text)
    }

    /// Under which it is prepared: a value without a type makes another statement of it.
    var key: String {
        parameters.types.contains(0) ? "\(text) \(parameters.types)" : text
    }

    /// Has the server run it.
    func send(_ pointer: OpaquePointer, preparedAs name: String) -> Int32 {
        parameters.withPointers { count, values, lengths, formats in
            PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 0)
        }
    }
}

extension PostgreSQLConnection {
    func runText(_ text: String, isLimited: Bool = true) async throws(DatabaseError) {
        let results = try await wire.exchange(sql: nil, isLimited: isLimited) {
            PQsendQuery($0, text)
        }
        for result in results { if let error = result.error(sql: nil) { throw error } }
    }

    /// Runs statements together, behind the beginning of their transaction if that has not been
    /// said.
    /// - Parameter isLast: whether the transaction ends with them.
    func runPrepared(_ statements: [BoundStatement], isLast: Bool = false)
        async throws(DatabaseError) -> [StatementResult]
    {
        let text = statements.last?.text
        guard let canceller = wire.canceller else { throw wire.lost(sql: text) }
        guard !Task.isCancelled else {
            throw DatabaseError(.cancelled, "cancelled before it began", sql: text)
        }
        canceller.begin()
        let outcome: Result<[StatementResult], DatabaseError> = await withTaskCancellationHandler {
            do throws(DatabaseError) {
                return .success(try await exchange(statements, isLast: isLast))
            } catch {
                return .failure(error)
            }
        } onCancel: {
            canceller.cancel()
        }
        if wire.canceller == nil {
            // The connection is lost; asking its server to stop may take minutes.
            canceller.abandon()
        } else {
            _ = await canceller.end()
        }
        return try outcome.get()
    }

    private func exchange(_ statements: [BoundStatement], isLast: Bool)
        async throws(DatabaseError) -> [StatementResult]
    {
        let keys = Set(statements.map(\.key))
        var sends: [(OpaquePointer) -> Int32] = []
        for statement in statements {
            let name = try await prepare(statement, keeping: keys)
            sends.append { statement.send($0, preparedAs: name) }
        }
        let begin = takeUnsaidBegin()
        if begin == nil, !isLast, sends.count == 1 {
            return [
                try Self.result(
                    of: try await wire.exchange(sql: statements[0].text, sends[0]), statements[0])
            ]
        }
        if let begin { sends.insert(Self.sending(begin), at: 0) }
        if isLast { sends.append(Self.sending("COMMIT")) }
        var answers = try await wire.exchange(sql: statements.last?.text, together: sends)
        var texts: [String?] = statements.map(\.text)
        if begin != nil { texts.insert(begin, at: 0) }
        for (answer, text) in zip(answers, texts + [nil]) {
            if let error = answer.error(sql: text) { throw error }
        }
        guard answers.count == sends.count else {
            throw DatabaseError(.statement, "\(answers.count) answers to \(sends.count) statements")
        }
        if begin != nil { answers.removeFirst() }
        return zip(answers, statements).map { $0.statementResult(sql: $1.text) }
    }

    /// Sends a statement without values.
    private static func sending(_ text: String) -> (OpaquePointer) -> Int32 {
        { PQsendQueryParams($0, text, 0, nil, nil, nil, nil, 0) }
    }

    func takeUnsaidBegin() -> String? {
        defer { unsaidBegin = nil }
        return unsaidBegin
    }

    private static func result(of results: [PostgreSQLResult], _ statement: BoundStatement)
        throws(DatabaseError) -> StatementResult
    {
        let text = statement.text
        for result in results { if let error = result.error(sql: text) { throw error } }
        return results.last?.statementResult(sql: text) ?? StatementResult(rows: [], changes: 0)
    }

    /// The name under which the server knows a statement with parameters of these types.
    /// - Parameter keys: statements that must stay known.
    private func prepare(_ statement: BoundStatement, keeping keys: Set<String>)
        async throws(DatabaseError) -> String
    {
        let (key, text, types) = (statement.key, statement.text, statement.parameters.types)
        if let name = statements[key] { return name }
        if statements.count >= max(1, configuration.cachedStatementsMax),
            let place = statementOrder.firstIndex(where: { !keys.contains($0) }),
            let oldest = statements.removeValue(forKey: statementOrder.remove(at: place))
        {
            try await runText("DEALLOCATE \(oldest)")
        }
        statementsPrepared += 1
        let name = "s\(statementsPrepared)"
        let results = try await wire.exchange(sql: text) { pointer in
            PQsendPrepare(pointer, name, text, Int32(types.count), types)
        }
        for result in results { if let error = result.error(sql: text) { throw error } }
        statements[key] = name
        statementOrder.append(key)
        return name
    }

    func forget(_ statement: BoundStatement) async throws(DatabaseError) {
        let key = statement.key
        guard let name = statements.removeValue(forKey: key) else { return }
        statementOrder.removeAll { $0 == key }
        // What failed in a transaction ends it, and nothing else can be said before that.
        guard wire.transactionStatus == PQTRANS_IDLE else { return }
        try await runText("DEALLOCATE \(name)")
    }
}
