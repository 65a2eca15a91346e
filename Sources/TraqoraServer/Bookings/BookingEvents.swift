import Cryptography
import Foundation
import HTTP
import StellarXDR
import Telemetry
import TraqoraAPI
import Travel

/// A booking as it changes, one event for each change: server-sent events as the HTML standard has
/// them (§9.2). The id of an event names what the booking looked like, so who comes back with
/// `Last-Event-ID` hears nothing twice.
struct BookingEvents: Sendable {
    let read: ReadBooking
    /// Who listens: also to what the ledger says.
    let streams = Streams()

    init(read: ReadBooking) { self.read = read }

    /// How many may listen at once.
    static let listenersMax = 1_000
    /// How many of them one account may be.
    static let listenersOfAccountMax = 5
    /// How long one may listen; browsers come back by themselves.
    static let longest = Duration.seconds(900)
    /// How often something is sent when nothing changes, so that nobody on the way cuts the line.
    static let heartbeat = Duration.seconds(15)
    /// How often the booking is looked at while the ledger is likely to be busy with it, and later.
    static let pauses = (soon: Duration.milliseconds(250), later: Duration.seconds(2))
    /// How long `soon` is.
    static let busy = Duration.seconds(30)

    /// The stream.
    /// - Parameter last: the id of the event that was heard last.
    /// - Throws: `Problem` when too many listen already.
    func stream(of id: BookingID, after last: String?) throws(Problem) -> HTTPResponse {
        guard let slot = streams.take() else {
            throw ProblemCode.tooManyListeners.problem("Ask for the booking now and then instead.")
        }
        return HTTPResponse(
            headers: ["Content-Type": "text/event-stream", "Cache-Control": "no-store"],
            body: .streaming(
                Changes(id: id, read: read, last: last, streams: streams, slot: slot)))
    }

    /// Ends all streams, so that a server that stops need not wait for them.
    func end() { streams.end() }

    /// Who listens.
    final class Streams: Sendable {
        private struct State {
            var count = 0
            var ofAccounts: [String: Int] = [:]
            var isOver = false
        }

        private let state = Lock(State())

        var isOver: Bool { state.withLock { $0.isOver } }
        func end() { state.withLock { $0.isOver = true } }

        /// A place, for an account if one is known.
        func take(for account: String? = nil) -> Slot? {
            let isTaken = state.withLock { state in
                let own = account.map { state.ofAccounts[$0, default: 0] } ?? 0
                guard state.count < BookingEvents.listenersMax, !state.isOver,
                    own < BookingEvents.listenersOfAccountMax
                else { return false }
                state.count += 1
                if let account { state.ofAccounts[account] = own + 1 }
                return true
            }
            return isTaken ? Slot(self, account) : nil
        }

        fileprivate func give(_ account: String?) {
            state.withLock { state in
                state.count -= 1
                guard let account, let own = state.ofAccounts[account] else { return }
                state.ofAccounts[account] = own > 1 ? own - 1 : nil
            }
        }
    }

    /// The place of one listener, free again when nobody holds it.
    final class Slot: Sendable {
        private let streams: Streams
        private let account: String?

        fileprivate init(_ streams: Streams, _ account: String?) {
            (self.streams, self.account) = (streams, account)
        }

        deinit { streams.give(account) }
    }
}

/// The events of one booking.
private struct Changes: AsyncSequence, Sendable {
    let id: BookingID
    let read: ReadBooking
    let last: String?
    let streams: BookingEvents.Streams
    let slot: BookingEvents.Slot

    func makeAsyncIterator() -> Iterator { Iterator(changes: self, last: last) }

    struct Iterator: AsyncIteratorProtocol {
        let changes: Changes
        var last: String?
        var isLast = false
        let began = ContinuousClock.now
        var spoke = ContinuousClock.now

        mutating func next() async throws -> [UInt8]? {
            while !isLast, !changes.streams.isOver, began.duration(to: .now) < BookingEvents.longest
            {
                if let event = try await change() {
                    spoke = .now
                    return event
                }
                if isLast { return nil }
                if spoke.duration(to: .now) >= BookingEvents.heartbeat {
                    spoke = .now
                    return Array(": still here\n\n".utf8)
                }
                let isBusy = began.duration(to: .now) < BookingEvents.busy
                try await Task.sleep(
                    for: isBusy ? BookingEvents.pauses.soon : BookingEvents.pauses.later)
            }
            return nil
        }

        /// The event, if the booking does not look as it did.
        private mutating func change() async throws -> [UInt8]? {
            guard let row = try await changes.read.bookings.find(changes.id) else {
                isLast = true
                return nil
            }
            isLast = row.booking.escrow.isFinal || row.booking.status == .lapsed
            let response = try await changes.read.response(for: row)
            let data = Array(try HTTPResponse.jsonEncoder.encode(response))
            let tag = Hex.encode(SHA256.hash(data).prefix(8))
            guard tag != last else { return nil }
            last = tag
            let head = Array("id: \(tag)\nevent: \(row.booking.status.rawValue)\ndata: ".utf8)
            return head + data + Array("\n\n".utf8)
        }
    }
}
