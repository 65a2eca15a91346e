import HTTP
public import Travel

extension DuffelWire {
    struct SeatMap: Decodable {
        var segmentId: String
        var cabins: [SeatCabin]
    }

    struct SeatCabin: Decodable {
        struct Row: Decodable { var sections: [Section] }
        struct Section: Decodable { var elements: [Element] }

        /// Rows by their place in the list, from 0.
        struct Wings: Decodable {
            var firstRowIndex: Int
            var lastRowIndex: Int
        }

        var cabinClass: String?
        var deck: Int?
        var wings: Wings?
        var rows: [Row]
    }

    struct Element: Decodable {
        var type: String
        var designator: String?
        var disclosures: [String]?
        var availableServices: [SeatService]?
    }

    /// What somebody pays to sit there.
    struct SeatService: Decodable {
        var id: String
        var passengerId: String?
        var totalAmount: String
        var totalCurrency: String

        var price: Money? {
            guard let currency = try? Currency(parsing: totalCurrency) else { return nil }
            return try? Money(parsing: totalAmount, currency: currency)
        }
    }
}

extension DuffelSupply {
    /// The seats of each flight of an offer whose airline shows them.
    public func seatMaps(of id: OfferID, at now: Instant) async throws(SupplyError) -> [SeatMap] {
        let offer = try await read(id)
        let segments = offer.slices.flatMap(\.segments).map(\.id)
        return try await seatMaps(of: offer).compactMap { map in
            segments.firstIndex(of: map.segmentId).map { index in
                SeatMap(segment: index, cabins: map.cabins.map(DuffelSeats.cabin))
            }
        }.sorted { $0.segment < $1.segment }
    }

    func seatMaps(of offer: DuffelWire.Offer) async throws(SupplyError) -> [DuffelWire.SeatMap] {
        let bytes = try await search.read(
            SupplierClient.Question(
                .get, "/air/seat_maps", query: [("offer_id", offer.id)], headers: headers))
        let maps = try SupplierJSON.decode(
            DuffelWire.Wrapped<LossyList<DuffelWire.SeatMap>>.self, from: bytes, isSnakeCase: true
        ).data
        if maps.elements.isEmpty, let fault = maps.firstFault { throw .unreadable(fault) }
        return maps.elements
    }
}

/// Reads Duffel's seats: sections of a row, with an aisle between them.
enum DuffelSeats {
    static func cabin(_ wire: DuffelWire.SeatCabin) -> SeatCabin {
        SeatCabin(
            cabin: wire.cabinClass.flatMap { Cabin(rawValue: $0) }, deck: wire.deck ?? 0,
            rows: wire.rows.enumerated().map { index, row in
                let isOverWing =
                    wire.wings.map { $0.firstRowIndex <= index && index <= $0.lastRowIndex }
                    ?? false
                let sections = row.sections.map { section in
                    section.elements.map { place($0, isOverWing: isOverWing) }
                }
                return SeatRow(places: Array(sections.joined(separator: [SeatPlace(.aisle)])))
            })
    }

    private static func place(_ wire: DuffelWire.Element, isOverWing: Bool) -> SeatPlace {
        guard wire.type == "seat",
            let number = wire.designator.flatMap({ try? SeatNumber(parsing: $0) })
        else {
            let kind =
                wire.type == "exit_row" ? .exit : SeatPlace.Kind(rawValue: wire.type) ?? .other
            // A seat that nobody can name is none that anybody can have.
            return SeatPlace(kind == .seat ? .other : kind)
        }
        // Who pays most sets what is shown; what each pays is known when somebody is named.
        let services = wire.availableServices ?? []
        let price = services.compactMap(\.price).max { $0.minorUnits < $1.minorUnits }
        return SeatPlace(
            seat: number, isAvailable: price != nil, price: price,
            traits: isOverWing ? [.overWing] : [], notes: wire.disclosures ?? [])
    }
}
