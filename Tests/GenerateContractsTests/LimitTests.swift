import Testing

@testable import GenerateContracts

struct LimitTests {
    @Test func `the limits are those of the order`() {
        let limits = Dictionary(
            uniqueKeysWithValues: GenerateContracts.contracts.map { ($0.name, $0.limit) })
        #expect(
            limits == [
                "Token": 8_000, "Airline": 10_000, "FlightRegistry": 12_000, "Booking": 20_000,
                "Refund": 9_000, "Loyalty": 10_000, "Governance": 14_000,
            ])
    }
}
