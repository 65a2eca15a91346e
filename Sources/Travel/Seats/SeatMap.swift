/// Where one may sit on one flight of a trip.
public struct SeatMap: Hashable, Codable, Sendable {
    /// Which flight of the trip, from 0.
    public let segment: Int
    /// The cabins, from the nose to the tail, deck by deck.
    public let cabins: [SeatCabin]

    /// A map.
    public init(segment: Int, cabins: [SeatCabin]) {
        self.segment = segment
        self.cabins = cabins
    }

    /// All seats there are.
    public var seats: [SeatPlace] {
        cabins.flatMap(\.rows).flatMap(\.places).filter { $0.kind == .seat }
    }

    /// The seat of that name, if there is one.
    public subscript(number: SeatNumber) -> SeatPlace? { seats.first { $0.number == number } }
}

/// A part of an aircraft.
public struct SeatCabin: Hashable, Codable, Sendable {
    /// What is flown in it; absent if that is not said.
    public let cabin: Cabin?
    /// The deck, 0 for the lowest.
    public let deck: Int
    /// The rows, from the nose to the tail.
    public let rows: [SeatRow]

    /// A part of an aircraft.
    public init(cabin: Cabin?, deck: Int, rows: [SeatRow]) {
        self.cabin = cabin
        self.deck = deck
        self.rows = rows
    }
}

/// A row from window to window.
public struct SeatRow: Hashable, Codable, Sendable {
    /// Its number; absent where there are no seats.
    public let number: Int?
    /// What is in it, from left to right as one looks forward.
    public let places: [SeatPlace]

    /// A row. Which of its seats are at a window, at an aisle or between others follows from where
    /// they stand.
    public init(places: [SeatPlace]) {
        number = places.lazy.compactMap(\.number).first?.row
        self.places = places.indices.map { index in
            let place = places[index]
            guard place.kind == .seat else { return place }
            let beside = [index - 1, index + 1].filter(places.indices.contains)
            if beside.count < 2 { return place.with(.window) }
            let isAtAisle = beside.contains { places[$0].kind == .aisle }
            if isAtAisle { return place.with(.aisle) }
            let isBetween = beside.allSatisfy { places[$0].kind == .seat }
            return isBetween ? place.with(.middle) : place
        }
    }
}

/// One place in a row: a seat, or what is there in place of one.
public struct SeatPlace: Hashable, Codable, Sendable {
    /// What it is.
    public enum Kind: String, Hashable, Codable, CaseIterable, Sendable {
        case seat, aisle, empty, exit, lavatory, galley, bassinet, closet, stairs, other
    }

    /// What it is.
    public let kind: Kind
    /// What the seat is called: `14A`.
    public let number: SeatNumber?
    /// Whether the seat can be had.
    public let isAvailable: Bool?
    /// What it costs beside the fare; absent if it cannot be had, or nothing is said.
    public let price: Money?
    /// What is known of the seat.
    public let traits: [SeatTrait]?
    /// What one should read before one takes it, in the seller's words.
    public let notes: [String]?

    private enum CodingKeys: String, CodingKey {
        case kind, number, price, traits, notes
        case isAvailable = "is_available"
    }

    /// What is there in place of a seat.
    public init(_ kind: Kind) {
        self.kind = kind
        number = nil
        isAvailable = nil
        price = nil
        traits = nil
        notes = nil
    }

    /// A seat.
    public init(
        seat number: SeatNumber, isAvailable: Bool, price: Money?, traits: [SeatTrait] = [],
        notes: [String] = []
    ) {
        kind = .seat
        self.number = number
        self.isAvailable = isAvailable
        self.price = isAvailable ? price : nil
        self.traits = traits.isEmpty ? nil : traits
        self.notes = notes.isEmpty ? nil : notes
    }

    fileprivate func with(_ trait: SeatTrait) -> SeatPlace {
        guard let number, traits?.contains(trait) != true else { return self }
        return SeatPlace(
            seat: number, isAvailable: isAvailable == true, price: price,
            traits: [trait] + (traits ?? []), notes: notes ?? [])
    }
}

/// What is known of a seat.
public enum SeatTrait: String, Hashable, Codable, CaseIterable, Sendable {
    case window, middle, aisle, bulkhead, preferred, quiet
    case exitRow = "exit_row"
    case extraLegroom = "extra_legroom"
    case limitedRecline = "limited_recline"
    case overWing = "over_wing"
    case nearLavatory = "near_lavatory"
    case nearGalley = "near_galley"
    case noInfants = "no_infants"
    case noChildren = "no_children"
}
