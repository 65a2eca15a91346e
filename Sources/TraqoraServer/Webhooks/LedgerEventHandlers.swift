import Database
import Foundation
import HTTP
import StellarXDR
import TraqoraAPI
import Travel

/// What the ledger says of an account, as server-sent events: each once, under a number, so that
/// who comes back with `Last-Event-ID` misses nothing and hears nothing twice.
struct LedgerEventHandlers: Sendable {
    let identity: Identity
    let news: LedgerNewsRepository
    let streams: BookingEvents.Streams

    /// How often the database is looked at.
    static let pause = Duration.milliseconds(500)

    /// What is served here.
    var routes: [ServedRoute] { [(.ledgerEvents, events)] }

    /// `GET /api/v1/events?topics`
    func events(_ request: HTTPRequest) async throws -> HTTPResponse {
        let account = try await identity.caller(of: request).subject
        let topics = try Self.topics(request.query.text("topics", 1...200))
        let last: Int64
        if let id = request.headers["Last-Event-ID"] {
            guard let number = Int64(id), number >= 0 else {
                throw ProblemCode.eventUnknown.problem(
                    "`Last-Event-ID` is the `id` of an event that was heard, a number.")
            }
            last = number
        } else {
            last = try await news.last()
        }
        guard let slot = streams.take(for: account) else {
            throw ProblemCode.tooManyListeners.problem(
                "End one of your streams, or be told at an address instead.")
        }
        return HTTPResponse(
            headers: ["Content-Type": "text/event-stream", "Cache-Control": "no-store"],
            body: .streaming(
                LedgerEvents(
                    account: account, topics: topics, last: last, news: news, streams: streams,
                    slot: slot, isSignedIn: { try await identity.caller(of: request) })))
    }

    /// All but bookings, which have streams of their own, if nothing is said.
    private static func topics(_ text: String?) throws -> Set<EventTopic> {
        let known = Set(EventTopic.allCases).subtracting([.bookings])
        guard let text else { return known }
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        let topics = names.compactMap { EventTopic(rawValue: String($0)) }
        guard topics.count == names.count, known.isSuperset(of: topics) else {
            throw ProblemCode.topicUnknown.problem(
                "`topics` are some of \(known.map(\.rawValue).sorted().joined(separator: ", ")), "
                    + "with commas between.")
        }
        return Set(topics)
    }
}

/// The events for one account.
private struct LedgerEvents: AsyncSequence, Sendable {
    let account: String
    let topics: Set<EventTopic>
    let last: Int64
    let news: LedgerNewsRepository
    let streams: BookingEvents.Streams
    let slot: BookingEvents.Slot
    /// Throws once the sign-in has ended.
    let isSignedIn: @Sendable () async throws -> Any

    func makeAsyncIterator() -> Iterator { Iterator(events: self, last: last) }

    struct Iterator: AsyncIteratorProtocol {
        let events: LedgerEvents
        var last: Int64
        let began = ContinuousClock.now
        var spoke = ContinuousClock.now

        mutating func next() async throws -> [UInt8]? {
            while !events.streams.isOver, began.duration(to: .now) < BookingEvents.longest {
                // Asked for first: what comes meanwhile is found the next time.
                let newest = try await events.news.last()
                if newest > last {
                    let page = try await events.news.all(
                        for: events.account, events.topics, after: last)
                    // Nobody looks twice at what is not for this account.
                    let isWhole = page.count < LedgerNewsRepository.pageMax
                    last = Swift.max(page.last?.number ?? last, isWhole ? newest : last)
                    if !page.isEmpty {
                        spoke = .now
                        return try page.flatMap(Self.text)
                    }
                }
                if spoke.duration(to: .now) >= BookingEvents.heartbeat {
                    guard (try? await events.isSignedIn()) != nil else { return nil }
                    spoke = .now
                    return Array(": still here\n\n".utf8)
                }
                try await Task.sleep(for: LedgerEventHandlers.pause)
            }
            return nil
        }

        private static func text(_ event: LedgerEventResponse) throws -> [UInt8] {
            let head =
                "id: \(event.number)\nevent: \(event.topic.rawValue).\(event.name.rawValue)\ndata: "
            return Array(head.utf8) + (try HTTPResponse.jsonEncoder.encode(event))
                + Array("\n\n".utf8)
        }
    }
}

extension LedgerEventHandlers {
    init(_ identity: Identity, _ database: Database, _ events: BookingEvents) {
        self.init(
            identity: identity, news: LedgerNewsRepository(database: database),
            streams: events.streams)
    }
}
