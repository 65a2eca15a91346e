import Travel

/// Reads an offer of Amadeus'.
enum AmadeusOffer {
    /// How long an offer is good for, unless its ticketing date is earlier. Amadeus says nothing of
    /// it: prices are to be asked again anyway.
    static let offerSeconds: Int64 = 1_200
    /// How much of the airline's rules is kept.
    static let noteCountMax = 12
    static let noteLengthMax = 4_000

    /// The offer.
    /// - Throws: `TravelError` for what makes no sense.
    static func offer(
        _ wire: AmadeusWire.Offer, id: AmadeusOfferID, notes: [FareNote]? = nil,
        documentsRequired: [IdentityDocument.Kind]? = nil
    ) throws -> Offer {
        let currency = try Currency(parsing: wire.price.currency)
        let total = try Money(
            parsing: wire.price.grandTotal ?? wire.price.total, currency: currency)
        guard total.minorUnits > 0 else { throw TravelError.malformedAmount(wire.price.total) }
        let itinerary = try Itinerary(
            slices: wire.itineraries.map { try Slice(segments: $0.segments.map(segment)) })
        let fares = wire.itineraries.flatMap(\.segments).map { segmentFare($0.id, wire) }
        let types = wire.travelerPricings.map { passengerType($0.travelerType) }
        let counts = try PassengerCounts(
            adults: types.count { $0 == .adult }, children: types.count { $0 == .child },
            infants: types.count { $0 == .infant })
        let latest = try wire.lastTicketingDate.flatMap { text -> Instant? in
            // A date in the seller's zone; its end by the clock where the trip begins.
            let date = try LocalDate(parsing: String(text.prefix(10)))
            guard let end = LocalTime(date: date.adding(days: 1), secondOfDay: 0) else {
                return nil
            }
            return try ZonedTime(local: end, in: itinerary.departs.zone).instant
        }
        let end = id.quotedAt.adding(seconds: offerSeconds)
        return try Offer(
            id: OfferID(parsing: id.text), supplier: AmadeusSupply.name, itinerary: itinerary,
            fare: Fare(
                brand: nil, segments: fares, conditions: conditions(wire, currency), total: total,
                notes: notes),
            passengers: counts, prices: prices(wire, currency), total: total,
            taxes: taxes(wire, currency), seatsLeft: wire.numberOfBookableSeats ?? counts.seats,
            quotedAt: id.quotedAt, expiresAt: latest.map { min($0, end) } ?? end,
            documentsRequired: documentsRequired)
    }

    /// What a traveller's type counts as.
    static func passengerType(_ type: String) -> PassengerType {
        switch type {
        case "CHILD": .child
        case "HELD_INFANT", "SEATED_INFANT": .infant
        default: .adult
        }
    }

    /// The airline's rules in its own words, as far as they are kept.
    static func notes(_ priced: AmadeusWire.Priced) -> [FareNote]? {
        let rules = (priced.included?.rules ?? [:]).sorted { $0.key < $1.key }
        let notes = rules.flatMap { $0.value.fareNotes?.descriptions ?? [] }.compactMap {
            description -> FareNote? in
            guard let text = description.text, !text.isEmpty else { return nil }
            return FareNote(
                title: description.descriptionType ?? "", text: String(text.prefix(noteLengthMax)))
        }
        return notes.isEmpty ? nil : Array(notes.prefix(noteCountMax))
    }

    private static func segment(_ wire: AmadeusWire.Segment) throws -> Segment {
        let origin = try AirportCode(parsing: wire.departure.iataCode)
        let destination = try AirportCode(parsing: wire.arrival.iataCode)
        let carrier = try AirlineCode(parsing: wire.carrierCode)
        let operating = try wire.operating?.carrierCode.map { try AirlineCode(parsing: $0) }
        let ends = (try Airports.all.require(origin), try Airports.all.require(destination))
        let stops = wire.stops?.compactMap { stop in
            stop.iataCode.flatMap { try? AirportCode(parsing: $0) }
        }
        return try Segment(
            flight: FlightNumber(parsing: carrier.text + wire.number.text),
            operatedBy: operating == carrier ? nil : operating, origin: origin,
            destination: destination,
            departs: ZonedTime(wire.departure.at, at: origin, zone: nil),
            arrives: ZonedTime(wire.arrival.at, at: destination, zone: nil),
            aircraft: wire.aircraft?.code ?? "",
            distanceKilometers: ends.0.distanceKilometers(to: ends.1),
            originTerminal: wire.departure.terminal, destinationTerminal: wire.arrival.terminal,
            technicalStops: stops?.isEmpty == false ? stops : nil)
    }

    private static func segmentFare(_ id: LooseText, _ wire: AmadeusWire.Offer) -> SegmentFare {
        let details = wire.travelerPricings.filter { passengerType($0.travelerType) != .infant }
            .flatMap { $0.fareDetailsBySegment.filter { $0.segmentId == id } }
        let bags = details.map { detail in
            Baggage(
                carryOnPieces: pieces(detail.includedCabinBags),
                checkedPieces: pieces(detail.includedCheckedBags),
                checkedKilograms: kilograms(detail.includedCheckedBags))
        }
        let first = details.first
        return SegmentFare(
            cabin: details.compactMap { $0.cabin.flatMap { Cabin(rawValue: $0.lowercased()) } }
                .min { $0.rank < $1.rank },
            brand: first?.brandedFareLabel ?? first?.brandedFare, basis: first?.fareBasis,
            bookingClass: first?.class,
            baggage: bags.first.map { bags.dropFirst().reduce($0) { $0.least($1) } })
    }

    /// An allowance by weight is one piece or more; how many is the traveller's choice.
    private static func pieces(_ bags: AmadeusWire.Bags?) -> Int {
        guard let bags else { return 0 }
        return min(max(bags.quantity ?? ((bags.weight ?? 0) > 0 ? 1 : 0), 0), 99)
    }

    private static func kilograms(_ bags: AmadeusWire.Bags?) -> Int? {
        guard let weight = bags?.weight, weight > 0 else { return nil }
        return bags?.weightUnit == "LB" ? weight * 45_359 / 100_000 : weight
    }

    private static func conditions(_ wire: AmadeusWire.Offer, _ currency: Currency)
        -> FareConditions
    {
        let told = wire.pricingOptions
        var refund: FareTerm = told?.refundableFare == true ? FareTerm(.allowed) : .unknown
        if told?.refundableFare == true, told?.noPenaltyFare == true {
            refund = FareTerm(.allowed, penalty: Money(minorUnits: 0, currency: currency))
        }
        return FareConditions(
            refund: term(wire.fareRules, ["REFUND"], currency) ?? refund,
            change: term(wire.fareRules, ["EXCHANGE", "REVALIDATION"], currency) ?? .unknown)
    }

    private static func term(
        _ rules: AmadeusWire.FareRules?, _ categories: [String], _ currency: Currency
    ) -> FareTerm? {
        let own = (rules?.rules ?? []).filter { categories.contains($0.category ?? "") }
        guard !own.isEmpty else { return nil }
        guard own.contains(where: { $0.notApplicable != true }) else { return FareTerm(.refused) }
        let money = rules?.currency.flatMap { try? Currency(parsing: $0) } ?? currency
        let penalties = own.compactMap { rule in
            rule.maxPenaltyAmount.flatMap { try? Money(parsing: $0, currency: money) }
        }
        return FareTerm(.allowed, penalty: penalties.max { $0.minorUnits < $1.minorUnits })
    }

    /// What each pays, those of one type and price together.
    private static func prices(_ wire: AmadeusWire.Offer, _ currency: Currency) -> [PassengerPrice]
    {
        var lines: [PassengerPrice] = []
        for pricing in wire.travelerPricings {
            guard let price = pricing.price,
                let each = try? Money(parsing: price.total, currency: currency)
            else { return [] }
            let type = passengerType(pricing.travelerType)
            if let index = lines.firstIndex(where: { $0.type == type && $0.each == each }) {
                lines[index] = PassengerPrice(
                    type: type, count: lines[index].count + 1, each: each)
            } else {
                lines.append(PassengerPrice(type: type, count: 1, each: each))
            }
        }
        return lines
    }

    private static func taxes(_ wire: AmadeusWire.Offer, _ currency: Currency) -> Money? {
        guard let base = wire.price.base.flatMap({ try? Money(parsing: $0, currency: currency) }),
            let total = try? Money(
                parsing: wire.price.grandTotal ?? wire.price.total, currency: currency),
            total.minorUnits >= base.minorUnits
        else { return nil }
        return Money(minorUnits: total.minorUnits - base.minorUnits, currency: currency)
    }
}
