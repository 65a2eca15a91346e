public import Travel

extension Suppliers {
    /// The passengers with what the seats cost that they have chosen.
    /// - Throws: ``SupplyError``: `seatUnavailable`, `notSupported`, or why there is no answer;
    ///   `TravelError` for passengers that do not fit together.
    public func seated(_ passengers: [Passenger], in offer: Offer, at now: Instant) async throws
        -> [Passenger]
    {
        guard passengers.contains(where: { $0.seats?.isEmpty == false }) else { return passengers }
        guard let supplier = of(offer), supplier.ordersSeats else {
            throw SupplyError.notSupported("seats that can be chosen before the journey")
        }
        let maps = try await supplier.seatMaps(of: offer.id, at: now)
        let withInfant = Set(try Party.laps(of: passengers).values)
        var seated = passengers
        for (index, passenger) in passengers.enumerated() {
            seated[index].seats = try passenger.seats?.map { choice in
                guard
                    let seat = maps.first(where: { $0.segment == choice.segment })?[choice.number],
                    seat.isAvailable == true, let price = seat.price,
                    price.currency == offer.total.currency, price.minorUnits >= 0
                else { throw SupplyError.seatUnavailable(choice.number) }
                let traits = seat.traits ?? []
                guard !(passenger.type == .child && traits.contains(.noChildren)),
                    !(withInfant.contains(index) && traits.contains(.noInfants))
                else { throw SupplyError.seatUnavailable(choice.number) }
                return SeatChoice(segment: choice.segment, number: choice.number, price: price)
            }
        }
        return seated
    }
}

extension Offer {
    /// Whether each passenger has one of the documents that are wanted.
    /// - Throws: `detailsMissing`.
    func checkDocuments(of passengers: [Passenger]) throws(SupplyError) {
        guard let wanted = documentsRequired, !wanted.isEmpty else { return }
        let haveAll = passengers.allSatisfy { passenger in
            passenger.documents?.contains { wanted.contains($0.kind) } == true
        }
        guard haveAll else {
            let names = wanted.map { $0.rawValue.replacing("_", with: " ") }
            throw .detailsMissing(names.joined(separator: " or "))
        }
    }

    /// Whether the passengers are of the ages it was made for.
    /// - Throws: `agesDiffer`.
    func checkAges(of passengers: [Passenger]) throws(SupplyError) {
        guard let ages else { return }
        let end = itinerary.arrives.local.date
        let own = passengers.map { $0.bornOn.years(until: end) }
            .filter(FlightSearch.agesAsked.contains).sorted()
        guard own == ages.sorted() else { throw .agesDiffer(own) }
    }
}
