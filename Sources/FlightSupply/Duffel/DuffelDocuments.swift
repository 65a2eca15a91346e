import Travel

/// Documents as Duffel names them.
enum DuffelDocuments {
    private static let names: [IdentityDocument.Kind: String] = [
        .passport: "passport", .taxID: "tax_id", .knownTraveler: "known_traveler_number",
        .redress: "passenger_redress_number",
    ]

    /// Of which each passenger must have one; `nil` where the airline wants none.
    static func required(_ wire: DuffelWire.Offer) -> [IdentityDocument.Kind]? {
        guard wire.passengerIdentityDocumentsRequired == true else { return nil }
        let taken = supported(wire)
        // The others say that a border knows somebody, not who that is.
        let kinds = [IdentityDocument.Kind.passport, .taxID].filter(taken.contains)
        return kinds.isEmpty ? [.passport] : kinds
    }

    /// Those of somebody that the airline takes, one of a kind.
    static func wire(_ passenger: Passenger, for offer: DuffelWire.Offer)
        -> [DuffelWire.OrderQuestion.Document]?
    {
        var kinds = supported(offer)
        if offer.passengerIdentityDocumentsRequired == true, kinds.isEmpty { kinds = [.passport] }
        let documents = (passenger.documents ?? []).compactMap { document in
            kinds.remove(document.kind).flatMap { names[$0] }.map { name in
                DuffelWire.OrderQuestion.Document(
                    type: name, uniqueIdentifier: document.number,
                    issuingCountryCode: document.issuedBy.text,
                    expiresOn: document.expiresOn?.description)
            }
        }
        return documents.isEmpty ? nil : documents
    }

    private static func supported(_ wire: DuffelWire.Offer) -> Set<IdentityDocument.Kind> {
        let taken =
            wire.supportedPassengerIdentityDocumentTypes
            ?? wire.allowedPassengerIdentityDocumentTypes ?? []
        return Set(names.filter { taken.contains($0.value) }.keys)
    }
}
