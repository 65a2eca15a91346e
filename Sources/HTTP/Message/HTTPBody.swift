/// What follows the head.
public enum HTTPBody: Sendable {
    /// All of it, at hand.
    case bytes([UInt8])
    /// Pieces as they come; the next is asked for when the one before has been taken. An error in
    /// it cuts the connection, so that the other side sees that something is missing.
    case stream(any AsyncSequence<[UInt8], any Error> & Sendable)

    /// Pieces of any sequence.
    public static func streaming<S: AsyncSequence & Sendable>(_ pieces: S) -> HTTPBody
    where S.Element == [UInt8] {
        .stream(Pieces(base: pieces))
    }

    /// The whole body, gathered if it comes in pieces; at most `limit` bytes.
    /// - Throws: ``HTTPClientError/tooLarge(limit:)``, and whatever the pieces throw.
    public func bytes(upTo limit: Int = .max) async throws -> [UInt8] {
        switch self {
        case .bytes(let bytes):
            guard bytes.count <= limit else { throw HTTPClientError.tooLarge(limit: limit) }
            return bytes
        case .stream(let pieces):
            var bytes: [UInt8] = []
            for try await piece in pieces {
                guard piece.count <= limit - bytes.count else {
                    throw HTTPClientError.tooLarge(limit: limit)
                }
                bytes += piece
            }
            return bytes
        }
    }
}

/// A sequence whose errors have lost their type.
private struct Pieces<Base: AsyncSequence & Sendable>: AsyncSequence, Sendable
where Base.Element == [UInt8] {
    typealias Failure = any Error

    let base: Base

    func makeAsyncIterator() -> Iterator { Iterator(base: base.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator

        mutating func next() async throws -> [UInt8]? { try await base.next(isolation: #isolation) }
    }
}
