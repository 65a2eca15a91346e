public import Travel

extension Simulator: FlightSupplier {
    /// `simulator`.
    public var name: String { Self.name }

    /// Whether it wrote the id.
    public func owns(_ id: OfferID) -> Bool { id.text.hasPrefix("sim1.") }

    /// The name of an airline, `nil` for one that does not fly here.
    public func airlineName(_ code: AirlineCode) async throws -> String? {
        Self.airlineName(code)
    }
}
