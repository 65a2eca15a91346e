import Travel

/// An offer as a booking keeps it: with what its supplier wants to see again, and what the seats
/// that were chosen make of its total.
struct StoredOffer: Codable, Sendable {
    var offer: Offer
    var bookedTotal: Money?

    private enum CodingKeys: String, CodingKey {
        case supplierData = "supplier_data"
        case bookedTotal = "booked_total"
    }

    init(_ booking: Booking) {
        offer = booking.offer
        // How old somebody is is theirs: it is asked for once, and does not lie about unsealed.
        offer.ages = nil
        bookedTotal = booking.total == booking.offer.total ? nil : booking.total
    }

    /// The same offer with another trip: what the airline made of it.
    init(_ booking: Booking, flying itinerary: Itinerary) {
        self.init(booking)
        let sold = offer
        offer = Offer(
            id: sold.id, supplier: sold.supplier, itinerary: itinerary, fare: sold.fare,
            passengers: sold.passengers, prices: sold.prices, total: sold.total,
            taxes: sold.taxes, seatsLeft: sold.seatsLeft, quotedAt: sold.quotedAt,
            expiresAt: sold.expiresAt, documentsRequired: sold.documentsRequired,
            supplierData: sold.supplierData)
    }

    init(from decoder: any Decoder) throws {
        offer = try Offer(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        offer.supplierData = try container.decodeIfPresent(String.self, forKey: .supplierData)
        bookedTotal = try container.decodeIfPresent(Money.self, forKey: .bookedTotal)
    }

    func encode(to encoder: any Encoder) throws {
        try offer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(offer.supplierData, forKey: .supplierData)
        try container.encodeIfPresent(bookedTotal, forKey: .bookedTotal)
    }
}
