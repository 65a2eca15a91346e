import Travel

/// Reads an offer of Duffel's.
enum DuffelOffer {
    /// What the ids of its offers begin with.
    static let prefix = "duffel."

    /// How Duffel calls an offer of ours, `nil` if it is none of its own.
    static func duffelID(_ id: OfferID) -> String? {
        guard id.text.hasPrefix(prefix) else { return nil }
        let own = id.text.dropFirst(prefix.count)
        // It becomes a part of a path.
        guard own.hasPrefix("off_"), !own.contains(".") else { return nil }
        return String(own)
    }

    /// The offer.
    /// - Throws: `TravelError` for what makes no sense.
    static func offer(_ wire: DuffelWire.Offer, at now: Instant) throws -> Offer {
        let currency = try Currency(parsing: wire.totalCurrency)
        let total = try Money(parsing: wire.totalAmount, currency: currency)
        guard total.minorUnits > 0 else { throw TravelError.malformedAmount(wire.totalAmount) }
        let types = Dictionary(
            wire.passengers.map { ($0.id, passengerType($0)) }, uniquingKeysWith: { one, _ in one })
        let slices = try wire.slices.map { slice in
            try Slice(segments: slice.segments.map(segment))
        }
        let fares = wire.slices.flatMap { slice in
            slice.segments.map { segmentFare($0, brand: slice.fareBrandName, types) }
        }
        let taxes = try wire.taxAmount.map {
            try Money(
                parsing: $0, currency: Currency(parsing: wire.taxCurrency ?? wire.totalCurrency))
        }
        return try Offer(
            id: OfferID(parsing: prefix + wire.id), supplier: DuffelSupply.name,
            itinerary: Itinerary(slices: slices),
            fare: Fare(
                brand: wire.slices.lazy.compactMap(\.fareBrandName).first, segments: fares,
                conditions: FareConditions(
                    refund: term(wire.conditions?.refundBeforeDeparture),
                    change: term(wire.conditions?.changeBeforeDeparture)), total: total),
            passengers: counts(wire.passengers), prices: [], total: total, taxes: taxes,
            // Duffel does not say how many seats there are: those that were asked for.
            seatsLeft: counts(wire.passengers).seats, quotedAt: now,
            expiresAt: SupplierTime.instant(wire.expiresAt),
            documentsRequired: DuffelDocuments.required(wire),
            ages: wire.passengers.compactMap(age))
    }

    /// What somebody counts as; whoever is of no known kind counts as an adult.
    static func passengerType(_ passenger: DuffelWire.Passenger) -> PassengerType {
        if passenger.type == "adult" { return .adult }
        if passenger.type?.hasPrefix("infant") == true { return .infant }
        switch passenger.age {
        case .some(...1): return .infant
        case .some(2...11): return .child
        default: return passenger.type == "child" && passenger.age == nil ? .child : .adult
        }
    }

    /// The age of somebody who was told by age and is no infant.
    static func age(_ passenger: DuffelWire.Passenger) -> Int? {
        guard passenger.type == nil || passenger.type == "child",
            let age = passenger.age, FlightSearch.agesAsked.contains(age)
        else { return nil }
        return age
    }

    private static func counts(_ passengers: [DuffelWire.Passenger]) throws -> PassengerCounts {
        let types = passengers.map(passengerType)
        return try PassengerCounts(
            adults: types.count { $0 == .adult }, children: types.count { $0 == .child },
            infants: types.count { $0 == .infant })
    }

    static func segment(_ wire: DuffelWire.Segment) throws -> Segment {
        let origin = try AirportCode(parsing: wire.origin.iataCode)
        let destination = try AirportCode(parsing: wire.destination.iataCode)
        let carrier = try AirlineCode(parsing: wire.marketingCarrier.iataCode ?? "")
        let operating = try wire.operatingCarrier?.iataCode.map { try AirlineCode(parsing: $0) }
        let ends = (Airports.all[origin], Airports.all[destination])
        let stops = wire.stops?.compactMap { stop in
            stop.airport.flatMap { try? AirportCode(parsing: $0.iataCode) }
        }
        return try Segment(
            flight: FlightNumber(parsing: carrier.text + wire.marketingCarrierFlightNumber),
            operatedBy: operating == carrier ? nil : operating, origin: origin,
            destination: destination,
            departs: ZonedTime(wire.departingAt, at: origin, zone: wire.origin.timeZone),
            arrives: ZonedTime(wire.arrivingAt, at: destination, zone: wire.destination.timeZone),
            aircraft: wire.aircraft?.iataCode ?? "",
            distanceKilometers: ends.0.flatMap { one in
                ends.1.map { one.distanceKilometers(to: $0) }
            } ?? 0,
            originTerminal: wire.originTerminal, destinationTerminal: wire.destinationTerminal,
            technicalStops: stops?.isEmpty == false ? stops : nil)
    }

    private static func segmentFare(
        _ wire: DuffelWire.Segment, brand: String?, _ types: [String: PassengerType]
    ) -> SegmentFare {
        // Infants on laps have allowances of their own.
        let seated = wire.passengers.filter { types[$0.passengerId ?? ""] != .infant }
        let bags = seated.map { passenger in
            let pieces = { (type: String) in
                (passenger.baggages ?? []).filter { $0.type == type }
                    .reduce(0) { $0 + min(max($1.quantity, 0), 99) }
            }
            return Baggage(carryOnPieces: pieces("carry_on"), checkedPieces: pieces("checked"))
        }
        return SegmentFare(
            cabin: seated.compactMap { $0.cabinClass.flatMap { Cabin(rawValue: $0) } }
                .min { $0.rank < $1.rank },
            brand: brand, basis: seated.lazy.compactMap(\.fareBasisCode).first,
            baggage: bags.first.map { bags.dropFirst().reduce($0) { $0.least($1) } })
    }

    private static func term(_ condition: DuffelWire.Condition?) -> FareTerm {
        guard let condition else { return .unknown }
        guard condition.allowed else { return FareTerm(.refused) }
        let penalty = condition.penaltyAmount.flatMap { amount in
            condition.penaltyCurrency.flatMap { try? Currency(parsing: $0) }
                .flatMap { try? Money(parsing: amount, currency: $0) }
        }
        return FareTerm(.allowed, penalty: penalty)
    }
}
