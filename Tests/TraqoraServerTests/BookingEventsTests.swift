import Foundation
import HTTP
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// A booking as it changes.
@Suite(.serialized) struct BookingEventsTests {
    private func listen(
        _ world: TestWorld, _ made: CreateBookingResponse, after last: String? = nil
    ) async throws -> any AsyncSequence<[UInt8], any Error> & Sendable {
        var headers: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        headers["Last-Event-ID"] = last
        let response = await world.server.respond(
            to: HTTPRequest(
                .get, Route.bookingEvents.path(made.booking.id), headers: headers))
        #expect(response.headers["Content-Type"] == "text/event-stream")
        guard case .stream(let pieces) = response.body else {
            Issue.record("no stream: \(response.status)")
            throw CancellationError()
        }
        return pieces
    }

    private func fields(_ piece: [UInt8]) throws -> [String: String] {
        let text = String(decoding: piece, as: UTF8.self)
        #expect(text.hasSuffix("\n\n"))
        let pairs = text.split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test func `who listens hears each change once, and the end`() async throws {
        let world = try await TestWorld()
        let made = try await world.book()
        let heard = Task {
            var heard: [(event: String, booking: BookingResponse)] = []
            for try await piece in try await listen(world, made) {
                let fields = try fields(piece)
                let data = try #require(fields["data"])
                heard.append(
                    (
                        fields["event"] ?? "",
                        try JSONDecoder().decode(BookingResponse.self, from: Data(data.utf8))
                    ))
                switch heard.last?.booking.status {
                case .awaitingPayment where heard.count == 1: _ = try await world.pay(made)
                case .confirmed where heard.last?.booking.chain.refunded == nil:
                    try await cancel(world, made)
                default: break
                }
                try await world.work()
            }
            return heard
        }
        let events = try await heard.value
        #expect(events.first?.event == "awaiting_payment")
        #expect(events.last?.event == "cancelled")
        #expect(events.contains { $0.event == "confirmed" })
        #expect(events.allSatisfy { $0.event == $0.booking.status.rawValue })
        await world.close()
    }

    private func cancel(_ world: TestWorld, _ made: CreateBookingResponse) async throws {
        let headers: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        let prepared = try await world.post(.cancelBooking, made.booking.id, headers: headers)
        guard prepared.status == .created else { return }
        let signed = try world.sign(prepared.json(as: CancellationResponse.self).transaction)
        _ = try await world.post(
            .cancelBooking, made.booking.id, SignedTransactionRequest(transaction: signed),
            headers: headers)
    }

    @Test func `who comes back hears what is new alone`() async throws {
        let world = try await TestWorld()
        let made = try await world.book()
        var first: [UInt8]?
        for try await piece in try await listen(world, made) {
            first = piece
            break
        }
        let heard = try #require(first)
        let id = try #require(try fields(heard)["id"])
        _ = try await world.pay(made)
        try await world.work()
        for try await piece in try await listen(world, made, after: id) {
            #expect(try fields(piece)["event"] == "confirmed")
            break
        }
        await world.close()
    }

    @Test func `a server that stops ends the streams, and takes no new ones`() async throws {
        let world = try await TestWorld()
        let made = try await world.book()
        var count = 0
        for try await _ in try await listen(world, made) {
            count += 1
            await world.server.stop()
        }
        #expect(count == 1)
        let refused = await world.server.respond(
            to: HTTPRequest(
                .get, Route.bookingEvents.path(made.booking.id),
                headers: ["Authorization": "Bearer \(made.token)"]))
        #expect(refused.problemCode == "bookings.too_many_listeners")
        await world.close()
    }

    @Test func `there is room for so many, and again when one leaves`() async throws {
        let streams = BookingEvents.Streams()
        var slots = (0..<BookingEvents.listenersMax).map { _ in streams.take() }
        #expect(slots.allSatisfy { $0 != nil })
        #expect(streams.take() == nil)
        slots.removeLast()
        #expect(streams.take() != nil)
    }

    @Test func `an account has so many streams, and leaves the others theirs`() async throws {
        let streams = BookingEvents.Streams()
        var slots = (0..<BookingEvents.listenersOfAccountMax).map { _ in streams.take(for: "GA") }
        #expect(slots.allSatisfy { $0 != nil })
        #expect(streams.take(for: "GA") == nil)
        #expect(streams.take(for: "GB") != nil && streams.take() != nil)
        slots.removeLast()
        #expect(streams.take(for: "GA") != nil)
    }

    @Test func `the itinerary comes in three forms, for who may see the booking`() async throws {
        let world = try await TestWorld()
        let made = try await world.book()
        let headers: HTTPHeaders = ["Authorization": "Bearer \(made.token)"]
        for (route, type) in [
            (Route.itinerary, "application/json"), (.itineraryCalendar, "text/calendar"),
            (.itineraryPage, "application/pdf"),
        ] {
            let answer = try await world.post(route, made.booking.id, headers: headers)
            #expect(answer.status == .ok)
            #expect(answer.headers["Content-Type"]?.hasPrefix(type) == true)
            #expect(answer.headers["Cache-Control"] == "no-store")
            let stranger = try await world.post(
                route, made.booking.id, headers: ["Authorization": "Bearer \(made.token)x"])
            #expect(stranger.status == .notFound)
        }
        await world.close()
    }
}
