import HTTP
import Travel

/// Seats that travellers have chosen: they go into the offer, flight by flight, and the offer is
/// priced once more, which sells them with the flights.
extension AmadeusSupply {
    /// Yes, as services within the offer.
    public var ordersSeats: Bool { true }

    /// The offer as it is to be ordered: as it was priced, and with the seats if there are any.
    /// - Throws: `seatUnavailable` or `priceChanged` if they cannot be had for what was paid.
    func offerToOrder(_ request: OrderRequest) async throws(SupplyError) -> [String: Any] {
        let offer = try AmadeusOrder.offer(of: request)
        let seats = try AmadeusSeating.seats(of: request.passengers, in: offer)
        guard !seats.isEmpty else { return offer }
        let bytes = try await read(
            SupplierClient.Question(
                .post, "/v1/shopping/flight-offers/pricing", headers: Self.readHeaders,
                body: Self.bytes(of: [
                    "data": [
                        "type": "flight-offers-pricing",
                        "flightOffers": [AmadeusSeating.seated(offer, seats)],
                    ]
                ])))
        let wire = try SupplierJSON.decode(AmadeusWire.Priced.self, from: bytes).data
        guard let price = wire.flightOffers.first?.price,
            let raw = Self.array(at: ["data", "flightOffers"], of: bytes)?.first,
            let priced = raw as? [String: Any]
        else { throw .offerGone }
        for seat in seats where AmadeusSeating.seat(of: seat, in: priced) != seat.number {
            throw .seatUnavailable(seat.number)
        }
        guard let currency = try? Currency(parsing: price.currency),
            let total = try? Money(parsing: price.grandTotal ?? price.total, currency: currency)
        else { throw .unreadable("the price with the seats") }
        guard let paid = request.total, total.currency == paid.currency,
            total.minorUnits <= paid.minorUnits
        else { throw .priceChanged(total) }
        return priced
    }
}

/// Where seats stand in Amadeus' offers.
enum AmadeusSeating {
    /// A seat of a traveller on a flight, by Amadeus' names of both.
    struct Seat {
        var traveler: String
        var segment: String
        var number: SeatNumber
    }

    static func seats(of passengers: [Passenger], in offer: [String: Any]) throws(SupplyError)
        -> [Seat]
    {
        guard passengers.contains(where: { $0.seats?.isEmpty == false }) else { return [] }
        let segments = (offer["itineraries"] as? [[String: Any]] ?? [])
            .flatMap { $0["segments"] as? [[String: Any]] ?? [] }.map { $0["id"] as? String }
        let ids = try AmadeusTravelers.ids(of: passengers, in: offer)
        var seats: [Seat] = []
        for (passenger, id) in zip(passengers, ids) {
            for choice in passenger.seats ?? [] {
                guard segments.indices.contains(choice.segment),
                    let segment = segments[choice.segment]
                else { throw .seatUnavailable(choice.number) }
                seats.append(Seat(traveler: id, segment: segment, number: choice.number))
            }
        }
        return seats
    }

    /// The offer with the seats in it.
    static func seated(_ offer: [String: Any], _ seats: [Seat]) -> [String: Any] {
        var offer = offer
        let pricings = offer["travelerPricings"] as? [[String: Any]] ?? []
        offer["travelerPricings"] = pricings.map { pricing in
            var pricing = pricing
            let traveler = pricing["travelerId"] as? String
            let details = pricing["fareDetailsBySegment"] as? [[String: Any]] ?? []
            pricing["fareDetailsBySegment"] = details.map { detail in
                let seat = seats.first {
                    $0.traveler == traveler && $0.segment == detail["segmentId"] as? String
                }
                guard let seat else { return detail }
                var detail = detail
                var services = detail["additionalServices"] as? [String: Any] ?? [:]
                services["chargeableSeatNumber"] = seat.number.description
                detail["additionalServices"] = services
                return detail
            }
            return pricing
        }
        return offer
    }

    /// The seat that a priced offer has in the place of `seat`, in either of the two forms.
    static func seat(of seat: Seat, in offer: [String: Any]) -> SeatNumber? {
        let pricing = (offer["travelerPricings"] as? [[String: Any]] ?? []).first {
            $0["travelerId"] as? String == seat.traveler
        }
        let detail = (pricing?["fareDetailsBySegment"] as? [[String: Any]] ?? []).first {
            $0["segmentId"] as? String == seat.segment
        }
        let services = detail?["additionalServices"] as? [String: Any]
        let number =
            (services?["chargeableSeat"] as? [String: Any])?["number"]
            ?? services?["chargeableSeatNumber"]
        return (number as? String).flatMap { try? SeatNumber(parsing: $0) }
    }
}

extension OrderRequest {
    /// What was paid for: the offer and the seats; `nil` if a seat has no price.
    var total: Money? {
        var total = offer.total
        for seat in passengers.flatMap({ $0.seats ?? [] }) {
            guard let price = seat.price, let sum = try? total.adding(price) else { return nil }
            total = sum
        }
        return total
    }
}
