import Foundation
import Testing
import Travel

@Suite struct ItineraryTests {
    func segment(
        _ flight: String, _ from: String, _ departs: String, _ to: String, _ arrives: String
    ) throws -> Segment {
        let origin = try Airports.all.require(AirportCode(parsing: from))
        let destination = try Airports.all.require(AirportCode(parsing: to))
        return try Segment(
            flight: FlightNumber(parsing: flight), origin: origin.code,
            destination: destination.code,
            departs: ZonedTime(local: LocalTime(parsing: departs), in: origin.timeZone),
            arrives: ZonedTime(local: LocalTime(parsing: arrives), in: destination.timeZone),
            aircraft: "77W", distanceKilometers: origin.distanceKilometers(to: destination))
    }

    @Test func `durations come from instants and day markers from the calendar`() throws {
        let flight = try segment(
            "QF2", "LHR", "2026-12-24T20:30:00", "SYD", "2026-12-26T05:30:00")
        let slice = try Slice(segments: [flight])
        #expect(slice.minutes == 22 * 60)
        #expect(slice.dayShift == 2)
    }

    @Test func `it may arrive before it left by the clock, never by the instant`() throws {
        let west = try segment("BA1", "LHR", "2026-12-24T10:00:00", "JFK", "2026-12-24T13:00:00")
        #expect(west.minutes == 8 * 60)
        #expect(throws: TravelError.brokenItinerary("BA1 arrives before it departs")) {
            try segment("BA1", "JFK", "2026-12-24T10:00:00", "LHR", "2026-12-24T13:00:00")
        }
    }

    @Test func `flights of a journey follow each other in place and time`() throws {
        let first = try segment("BA1", "LHR", "2026-12-24T10:00:00", "JFK", "2026-12-24T13:00:00")
        let early = try segment("AA2", "JFK", "2026-12-24T12:59:00", "SFO", "2026-12-24T16:00:00")
        let elsewhere = try segment(
            "AA3", "EWR", "2026-12-24T15:00:00", "SFO", "2026-12-24T18:00:00")
        let good = try segment("AA4", "JFK", "2026-12-24T15:00:00", "SFO", "2026-12-24T18:30:00")
        for broken in [[first, early], [first, elsewhere], []] {
            #expect(throws: TravelError.self) { try Slice(segments: broken) }
        }
        let slice = try Slice(segments: [first, good])
        #expect(slice.connections == 1)
        #expect(throws: TravelError.self) { try Itinerary(slices: [slice, slice]) }
        let json = try JSONEncoder().encode(Itinerary(slices: [slice]))
        #expect(try JSONDecoder().decode(Itinerary.self, from: json).slices == [slice])
    }
}
