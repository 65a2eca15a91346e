/// A seat that somebody has chosen on one flight of the trip.
public struct SeatChoice: Hashable, Codable, Sendable {
    /// Which flight of the trip, from 0.
    public let segment: Int
    /// The seat.
    public let number: SeatNumber
    /// What it costs beside the fare; it is said by us, not by who chooses.
    public var price: Money?

    /// A seat.
    public init(segment: Int, number: SeatNumber, price: Money? = nil) {
        self.segment = segment
        self.number = number
        self.price = price
    }
}
