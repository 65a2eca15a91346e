import Travel

/// An offer as a booking keeps it: with what its supplier wants to see again.
struct StoredOffer: Codable, Sendable {
    var offer: Offer

    private enum CodingKeys: String, CodingKey { case supplierData = "supplier_data" }

    init(_ offer: Offer) { self.offer = offer }

    init(from decoder: any Decoder) throws {
        offer = try Offer(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        offer.supplierData = try container.decodeIfPresent(String.self, forKey: .supplierData)
    }

    func encode(to encoder: any Encoder) throws {
        try offer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(offer.supplierData, forKey: .supplierData)
    }
}
