import Database
import HTTP
import Testing
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// Seats that passengers choose, and what airlines want to know of them.
@Suite struct ChosenSeatTests {
    private func maps(_ world: TestWorld, _ offer: OfferID) async throws -> [SeatMap] {
        let path = Route.seatMaps.pattern.replacing("{id}", with: offer.text)
        return try await world.server.answer(to: HTTPRequest(.get, path))
            .json(as: SeatMapsResponse.self).seatMaps
    }

    private func ada(_ seats: [SeatChoice]) throws -> Passenger {
        Passenger(
            name: try PassengerName(given: "Ada", family: "Lovelace"), type: .adult,
            bornOn: try LocalDate(parsing: "1990-12-10"),
            documents: [
                try IdentityDocument(
                    kind: .passport, number: "PASS7654321", issuedBy: CountryCode(parsing: "GB"),
                    nationality: CountryCode(parsing: "GB"),
                    expiresOn: LocalDate(parsing: "2031-01-01"))
            ],
            frequentFlyer: [try FrequentFlyer(airline: AirlineCode(parsing: "BA"), number: "FF98")],
            seats: seats)
    }

    @Test(arguments: Engine.all)
    func `a seat is priced, paid, kept and shown, and documents are sealed`(engine: Engine)
        async throws
    {
        let world = try await TestWorld(engine)
        let offer = try await world.offer("LHR", "JFK", "&cabin=economy")
        let map = try #require(try await maps(world, offer.id).first)
        let seat = try #require(
            map.seats.first { $0.isAvailable == true && ($0.price?.minorUnits ?? 0) > 0 })
        let (number, price) = (try #require(seat.number), try #require(seat.price))
        var request = try world.request(offer)
        request.passengers = [try ada([SeatChoice(segment: 0, number: number)])]
        // Without the seat in the total nobody has agreed to what it costs.
        let refused = try await world.create(request)
        #expect(refused.problemCode == "offers.price_changed")
        request.total = try offer.total.adding(price)
        let made = try await world.create(request).json(as: CreateBookingResponse.self)
        #expect(made.booking.total == request.total)
        #expect(made.booking.price.baseUnits == request.total.minorUnits * 100_000)
        #expect(made.booking.passengers.first?.seats?.first?.price == price)
        #expect(made.transaction?.summary.joined().contains("\(request.total)") == true)
        _ = try await world.pay(made)
        try await world.work()
        let booking = try await world.read(made)
        #expect(booking.status == .confirmed && booking.total == request.total)
        #expect(booking.chain.escrowed == booking.price)
        let flight = booking.itinerary.segments[0].flight
        let passenger = try #require(booking.passengers.first)
        #expect(
            ItineraryText.seats(of: passenger, on: booking.itinerary) == ["\(flight) \(number)"])
        let calendar = ItineraryCalendar(booking: booking, revision: 1).bytes
        #expect(String(decoding: calendar, as: UTF8.self).contains("Seats \(number)"))
        let page = ItineraryPDF.bytes(booking, tokenSymbol: "TUSD")
        #expect(String(decoding: page, as: UTF8.self).contains("seats: \(flight) \(number)"))
        let sealed: [UInt8]? = try await world.database.value("SELECT passengers FROM bookings")
        let text = String(decoding: try #require(sealed), as: UTF8.self)
        #expect(!text.contains("PASS7654321") && !text.contains("FF98"))
        let kept = try #require(try await world.server.parts.bookings.find(made.booking.id))
        #expect(kept.booking.passengers.first?.documents?.first?.number == "PASS7654321")
        await world.close()
    }

    @Test func `a seat that is taken, and one nobody may have, hold nothing`() async throws {
        let world = try await TestWorld()
        let offer = try await world.offer("LHR", "JFK", "&cabin=economy")
        let map = try #require(try await maps(world, offer.id).first)
        let taken = try #require(map.seats.first { $0.isAvailable == false }?.number)
        var request = try world.request(offer, total: offer.total.multiplied(by: 2))
        request.passengers = [try ada([SeatChoice(segment: 0, number: taken)])]
        let response = try await world.create(request)
        #expect(response.problemCode == "offers.seat_unavailable")
        request.passengers = [try ada([SeatChoice(segment: 9, number: taken)])]
        #expect(try await world.create(request).problemCode == "travel.no_seat_there")
        #expect(try await world.database.value("SELECT COUNT(*) FROM bookings") == 0)
        await world.close()
    }
}
