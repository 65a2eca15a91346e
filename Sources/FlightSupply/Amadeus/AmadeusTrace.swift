import Travel

/// What is left of an order whose answer was lost.
enum AmadeusTrace {
    /// No id is longer.
    static let lengthMax = 200

    /// Amadeus' id of the order in what arrived of its answer: it stands near the beginning, so it
    /// may be there when the rest is not.
    ///
    /// Flight offers and travellers have ids too: the order's stands beside its type, before
    /// anything that is nested.
    static func id(in bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes.prefix(4_096), as: UTF8.self)
        guard let data = text.firstMatch(of: /"data"\s*:\s*\{/) else { return nil }
        let rest = text[data.range.upperBound...]
        let flat = rest[..<(rest.firstIndex { "[{}".contains($0) } ?? rest.endIndex)]
        guard flat.contains(/"type"\s*:\s*"flight-order"/),
            let id = flat.firstMatch(of: /"id"\s*:\s*"([^"\\]+)"/)?.1,
            id.utf8.count <= lengthMax
        else { return nil }
        return String(id)
    }

    /// Whether an order is the one that a request was for.
    static func isOurs(_ order: AmadeusWire.Order, _ request: OrderRequest) -> Bool {
        let texts = (order.remarks?.general ?? []).compactMap(\.text)
        if texts.contains(where: { $0.uppercased().hasPrefix("TRAQORA ") }) {
            let own = AmadeusOrder.remark(request).uppercased()
            return texts.contains { $0.uppercased() == own }
        }
        let people = (order.travelers ?? []).map { traveler in
            [traveler.name?.firstName, traveler.name?.lastName, traveler.dateOfBirth]
                .map { ($0 ?? "").uppercased() }
        }
        let own = request.passengers.map { passenger in
            [
                passenger.name.parts.given, passenger.name.parts.family,
                passenger.bornOn.description,
            ].map { $0.uppercased() }
        }
        return !own.isEmpty
            && people.sorted(by: { $0.lexicographicallyPrecedes($1) })
                == own.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
