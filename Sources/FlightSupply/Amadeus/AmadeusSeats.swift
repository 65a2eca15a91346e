import HTTP
public import Travel

extension AmadeusWire {
    struct SeatMaps: Decodable { var data: LossyList<SeatMap> }

    struct SeatMap: Decodable {
        /// The recorded answers spell it in small letters.
        var segmentId: LooseText?
        var segmentid: LooseText?
        var decks: [Deck]
    }

    struct Deck: Decodable {
        struct Shape: Decodable {
            var width: Int?
            var exitRowsX: [Int]?
            var startWingsX: Int?
            var endWingsX: Int?
        }

        var deckType: String?
        var deckConfiguration: Shape?
        var facilities: [Facility]?
        var seats: [Seat]
    }

    struct Coordinates: Decodable, Hashable {
        var x: Int
        var y: Int
    }

    struct Facility: Decodable {
        var code: String?
        var coordinates: Coordinates?
    }

    struct Seat: Decodable {
        struct Pricing: Decodable {
            var seatAvailabilityStatus: String?
            var price: Price?
        }

        var cabin: String?
        var number: String
        var characteristicsCodes: [String]?
        var travelerPricing: [Pricing]?
        var coordinates: Coordinates?
    }
}

extension AmadeusSupply {
    /// The seats of each flight of an offer whose airline shows them.
    public func seatMaps(of id: OfferID, at now: Instant) async throws(SupplyError) -> [SeatMap] {
        let raw = try await raw(id, at: now)
        let offer = try SupplierJSON.decode(AmadeusWire.Offer.self, from: Self.bytes(of: raw))
        let bytes = try await read(
            SupplierClient.Question(
                .post, "/v1/shopping/seatmaps", headers: Self.readHeaders,
                body: Self.bytes(of: ["data": [raw]])))
        let maps = try SupplierJSON.decode(AmadeusWire.SeatMaps.self, from: bytes).data
        if maps.elements.isEmpty, let fault = maps.firstFault { throw .unreadable(fault) }
        let segments = offer.itineraries.flatMap(\.segments).map(\.id)
        return maps.elements.compactMap { map in
            (map.segmentId ?? map.segmentid).flatMap(segments.firstIndex).map { index in
                SeatMap(segment: index, cabins: map.decks.flatMap(AmadeusSeats.cabins))
            }
        }.sorted { $0.segment < $1.segment }
    }
}

/// Reads Amadeus' seats: points of a grid, `x` from nose to tail, `y` from window to window.
enum AmadeusSeats {
    /// No aircraft is wider or longer.
    static let widthMax = 30
    static let lengthMax = 200

    static func cabins(_ deck: AmadeusWire.Deck) -> [SeatCabin] {
        let placed = deck.seats.compactMap { seat in seat.coordinates.map { ($0, seat) } }
            .filter { (0..<widthMax).contains($0.0.y) && (0..<lengthMax).contains($0.0.x) }
        let facilities = Dictionary(
            (deck.facilities ?? []).compactMap { facility in
                facility.coordinates.map { ($0, kind(facility.code ?? "")) }
            }, uniquingKeysWith: { first, _ in first })
        let columns = Set(placed.map(\.0.y))
        let width = max(
            min(deck.deckConfiguration?.width ?? 0, widthMax), (columns.max() ?? -1) + 1)
        var cabins: [SeatCabin] = []
        for (x, seats) in Dictionary(grouping: placed, by: \.0.x).sorted(by: { $0.key < $1.key }) {
            let bySide = Dictionary(
                seats.map { ($0.0.y, place($0.1, x, in: deck)) },
                uniquingKeysWith: { first, _ in first })
            let places = (0..<width).map { y in
                bySide[y] ?? facilities[AmadeusWire.Coordinates(x: x, y: y)].map { SeatPlace($0) }
                    ?? SeatPlace(columns.contains(y) ? .empty : .aisle)
            }
            let cabin = seats[0].1.cabin.flatMap { Cabin(rawValue: $0.lowercased()) }
            var before: [SeatRow] = []
            if let last = cabins.last, last.cabin == cabin {
                before = last.rows
                cabins.removeLast()
            }
            cabins.append(
                SeatCabin(
                    cabin: cabin, deck: deck.deckType == "UPPER" ? 1 : 0,
                    rows: before + [SeatRow(places: places)]))
        }
        return cabins
    }

    private static func kind(_ code: String) -> SeatPlace.Kind {
        switch code {
        case "LA": .lavatory
        case "GN", "G": .galley
        case "BA": .bassinet
        case "CL": .closet
        case "ST", "SO": .stairs
        case "E", "EX": .exit
        default: .other
        }
    }

    private static func place(_ seat: AmadeusWire.Seat, _ x: Int, in deck: AmadeusWire.Deck)
        -> SeatPlace
    {
        guard let number = try? SeatNumber(parsing: seat.number) else { return SeatPlace(.other) }
        let open = (seat.travelerPricing ?? []).filter { $0.seatAvailabilityStatus == "AVAILABLE" }
        let prices = open.compactMap(\.price).compactMap { price -> Money? in
            guard let currency = try? Currency(parsing: price.currency) else { return nil }
            return try? Money(parsing: price.total, currency: currency)
        }
        var known = (seat.characteristicsCodes ?? []).compactMap { traits[$0] }
        let shape = deck.deckConfiguration
        if shape?.exitRowsX?.contains(x) == true, !known.contains(.exitRow) {
            known.append(.exitRow)
        }
        if let start = shape?.startWingsX, let end = shape?.endWingsX, start <= end,
            (start...end).contains(x), !known.contains(.overWing)
        {
            known.append(.overWing)
        }
        return SeatPlace(
            seat: number, isAvailable: !open.isEmpty,
            price: prices.max { $0.minorUnits < $1.minorUnits }, traits: known)
    }

    /// IATA's list of seat characteristics, code set 9825, as far as a traveller asks for it.
    private static let traits: [String: SeatTrait] = [
        "W": .window, "A": .aisle, "9": .middle, "E": .exitRow, "K": .bulkhead,
        "L": .extraLegroom, "1D": .limitedRecline, "OW": .overWing, "O": .preferred, "Q": .quiet,
        "1A": .noInfants, "IE": .noChildren, "LA": .nearLavatory, "GN": .nearGalley,
    ]
}
