public import Travel

extension Simulator {
    /// The seats of each flight of an offer: cabins by aircraft and fare, taken seats by the seed.
    public func seatMaps(of id: OfferID, at now: Instant) async throws(SupplyError) -> [SeatMap] {
        guard let trip = try? read(id) else { throw .unknownOffer }
        let expires = trip.id.quotedAt.adding(seconds: configuration.offerSeconds)
        guard now < expires else { throw .offerExpired(expires) }
        let cabin = trip.product.cabin
        return trip.slices.flatMap(\.segments).enumerated().map { index, segment in
            let seats = SimulatorSeats(seed: configuration.seed, segment: segment, cabin: cabin)
            return SeatMap(
                segment: index, cabins: [SeatCabin(cabin: cabin, deck: 0, rows: seats.rows)])
        }
    }
}

/// The seats of one cabin of one flight, as an aircraft of that type has them or might.
struct SimulatorSeats {
    let seed: UInt64
    let segment: Segment
    let cabin: Cabin

    /// What a cabin looks like.
    private struct Layout {
        /// Letters from window to window; a space is an aisle.
        var letters: String
        var rows: ClosedRange<Int>
        var exitRow: Int?
        /// The first rows cost more.
        var preferredRows = 0
    }

    /// IATA codes of aircraft with two aisles.
    private static let wideBodies: Set<String> = ["359", "789", "77W", "333"]

    private var layout: Layout {
        let aircraft = segment.aircraft
        let isWide = Self.wideBodies.contains(aircraft)
        switch (cabin, isWide) {
        case (.first, true): return Layout(letters: "A DG K", rows: 1...2)
        case (.first, false): return Layout(letters: "AC DF", rows: 1...1)
        case (.business, true): return Layout(letters: "A DG K", rows: 3...10)
        // A row of three whose middle seat stays empty.
        case (.business, false): return Layout(letters: "AC DF", rows: 1...4)
        case (.premiumEconomy, true): return Layout(letters: "AC DEFG HK", rows: 20...24)
        case (.premiumEconomy, false): return Layout(letters: "ABC DEF", rows: 5...7)
        case (.economy, true):
            // A 777 has ten in a row, the others nine or eight.
            let letters = ["77W": "ABC DEFG HJK", "333": "AC DEFG HK"][aircraft]
            return Layout(
                letters: letters ?? "ABC DEF HJK", rows: 30...52, exitRow: 41, preferredRows: 4)
        case (.economy, false):
            if aircraft == "AT7" { return Layout(letters: "AC DF", rows: 1...18, exitRow: 1) }
            if aircraft == "E90" {
                return Layout(letters: "AC DF", rows: 5...25, exitRow: 11, preferredRows: 3)
            }
            return Layout(letters: "ABC DEF", rows: 8...30, exitRow: 12, preferredRows: 3)
        }
    }

    var rows: [SeatRow] {
        let layout = layout
        return layout.rows.map { row in
            SeatRow(
                places: layout.letters.map { letter in
                    guard letter != " ", let number = try? SeatNumber(parsing: "\(row)\(letter)")
                    else { return SeatPlace(.aisle) }
                    return seat(number, in: layout)
                })
        }
    }

    private func seat(_ number: SeatNumber, in layout: Layout) -> SeatPlace {
        var draw = Draw(
            seed: seed, "seat", "\(segment.flight)\(segment.departs.local)", number.description)
        let isExit = number.row == layout.exitRow
        let isFirst = number.row == layout.rows.lowerBound
        let isPreferred = number.row < layout.rows.lowerBound + layout.preferredRows
        var traits: [SeatTrait] = []
        if isExit { traits += [.exitRow, .extraLegroom, .noInfants, .noChildren] }
        if isFirst && !isExit { traits.append(.bulkhead) }
        if isPreferred { traits.append(.preferred) }
        if number.row == layout.rows.upperBound { traits += [.limitedRecline, .nearLavatory] }
        let cents: Int64 =
            cabin != .economy ? 0 : isExit ? 4_500 : isPreferred ? 2_500 : 1_200
        return SeatPlace(
            seat: number, isAvailable: draw.chance(percent: 60),
            price: Money(minorUnits: cents, currency: .usd), traits: traits,
            notes: isExit
                ? ["Who sits here must be fifteen or older and able to open the door."] : [])
    }
}
