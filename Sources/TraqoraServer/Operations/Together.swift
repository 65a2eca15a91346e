extension Sequence where Element: Sendable, Self: Sendable {
    /// Does something with each, at most so many at a time. One that fails stops none of the
    /// others.
    /// - Throws: what the first that failed threw, when all are done.
    func forEachTogether(
        _ countMax: Int, _ body: @escaping @Sendable (Element) async throws -> Void
    ) async throws {
        let failure = await withTaskGroup(of: (any Error)?.self) { group in
            var failure: (any Error)?
            var running = 0
            for element in self {
                if running == countMax, let ended = await group.next() {
                    failure = failure ?? ended
                    running -= 1
                }
                running += 1
                group.addTask {
                    do { try await body(element) } catch { return error }
                    return nil
                }
            }
            for await ended in group { failure = failure ?? ended }
            return failure
        }
        if let failure { throw failure }
    }
}
