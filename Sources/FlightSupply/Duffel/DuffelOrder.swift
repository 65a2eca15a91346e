import Travel

/// What Duffel is asked for when something is ordered.
enum DuffelOrder {
    static func question(
        _ request: OrderRequest, _ wire: DuffelWire.Offer, seats maps: [DuffelWire.SeatMap],
        at now: Instant
    ) throws(SupplyError) -> DuffelWire.OrderQuestion {
        guard let offer = try? DuffelOffer.offer(wire, at: now) else {
            throw .unreadable("the offer makes no sense")
        }
        guard offer.isOpen(at: now) else { throw .offerExpired(offer.expiresAt) }
        guard offer.total.currency == request.offer.total.currency,
            offer.total.minorUnits <= request.offer.total.minorUnits
        else { throw .priceChanged(offer.total) }
        // The airline may want documents now that it did not want when the offer was taken.
        try offer.checkDocuments(of: request.passengers)
        let places = try places(of: request.passengers, in: wire, end: offer.itinerary.arrives)
        let services = try services(request.passengers, places, in: wire, maps)
        var total = offer.total
        for price in services.map(\.price) {
            guard let sum = try? total.adding(price) else { throw .priceChanged(nil) }
            total = sum
        }
        return DuffelWire.OrderQuestion(
            type: "instant", selectedOffers: [wire.id],
            passengers: try people(request, places, in: wire),
            services: services.isEmpty ? nil : services.map { .init(id: $0.id, quantity: 1) },
            payments: [
                .init(type: "balance", amount: total.amount, currency: total.currency.code)
            ], metadata: [DuffelSupply.referenceKey: request.reference])
    }

    /// The id at Duffel of each of ours: of each kind in order, of the same age where Duffel knows
    /// ages.
    private static func places(
        of passengers: [Passenger], in wire: DuffelWire.Offer, end: ZonedTime
    ) throws(SupplyError) -> [String] {
        var free = wire.passengers
        var places = [String](repeating: "", count: passengers.count)
        // Who has an age of their own goes first, so that nobody takes another's place.
        for isByAge in [true, false] {
            for (index, passenger) in passengers.enumerated() where places[index].isEmpty {
                let age = passenger.bornOn.years(until: end.local.date)
                let place = free.firstIndex { candidate in
                    DuffelOffer.passengerType(candidate) == passenger.type
                        && (!isByAge || DuffelOffer.age(candidate) == age)
                }
                guard let place else {
                    if isByAge { continue }
                    throw .detailsMissing("a place in the offer")
                }
                places[index] = free.remove(at: place).id
            }
        }
        guard free.isEmpty else { throw .detailsMissing("everybody the offer is for") }
        return places
    }

    private static func people(
        _ request: OrderRequest, _ places: [String], in wire: DuffelWire.Offer
    ) throws(SupplyError) -> [DuffelWire.OrderQuestion.Person] {
        guard let laps = try? Party.laps(of: request.passengers) else {
            throw .detailsMissing("an adult for each infant")
        }
        var people: [DuffelWire.OrderQuestion.Person] = []
        for (index, passenger) in request.passengers.enumerated() {
            guard let title = passenger.title, let gender = passenger.gender,
                let email = passenger.email, let phone = passenger.phone
            else { throw .detailsMissing("title, gender, email and phone") }
            let parts = passenger.name.parts
            people.append(
                .init(
                    id: places[index], title: title.rawValue, gender: gender.rawValue,
                    givenName: parts.given, familyName: parts.family,
                    bornOn: passenger.bornOn.description, email: email.text,
                    phoneNumber: phone.text,
                    infantPassengerId: laps.first { $0.value == index }.map { places[$0.key] },
                    identityDocuments: DuffelDocuments.wire(passenger, for: wire),
                    loyaltyProgrammeAccounts: accounts(of: passenger)))
        }
        return people
    }

    private static func accounts(of passenger: Passenger) -> [DuffelWire.OrderQuestion.Account]? {
        guard let numbers = passenger.frequentFlyer, !numbers.isEmpty else { return nil }
        return numbers.map { .init(airlineIataCode: $0.airline.text, accountNumber: $0.number) }
    }

    /// The services that stand for the seats which were chosen, none dearer than it was.
    private static func services(
        _ passengers: [Passenger], _ places: [String], in wire: DuffelWire.Offer,
        _ maps: [DuffelWire.SeatMap]
    ) throws(SupplyError) -> [(id: String, price: Money)] {
        let segments = wire.slices.flatMap(\.segments)
        var services: [(id: String, price: Money)] = []
        for (index, passenger) in passengers.enumerated() {
            for choice in passenger.seats ?? [] {
                guard segments.indices.contains(choice.segment),
                    let segment = segments[choice.segment].id,
                    let map = maps.first(where: { $0.segmentId == segment }),
                    let service = map.service(of: places[index], at: choice.number),
                    let price = service.price
                else { throw .seatUnavailable(choice.number) }
                guard let agreed = choice.price, price.currency == agreed.currency,
                    price.minorUnits <= agreed.minorUnits
                else { throw .priceChanged(price) }
                services.append((service.id, price))
            }
        }
        return services
    }
}

extension DuffelWire.SeatMap {
    /// What somebody has to order to sit there; `nil` if they cannot.
    fileprivate func service(of passenger: String, at number: SeatNumber)
        -> DuffelWire.SeatService?
    {
        let elements = cabins.flatMap(\.rows).flatMap(\.sections).flatMap(\.elements)
        let seat = elements.first { element in
            element.designator.flatMap { try? SeatNumber(parsing: $0) } == number
        }
        return seat?.availableServices?.first { $0.passengerId == passenger }
    }
}
