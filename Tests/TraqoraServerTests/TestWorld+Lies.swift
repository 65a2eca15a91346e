import FlightSupply
import Testing
import TraqoraAPI

@testable import TraqoraServer

/// What tests of a ledger that lies do.
extension TestWorld {
    /// Workers' rounds, which may fail while the ledger lies, as their loops let them.
    func workOn(
        _ sender: @escaping @Sendable () async throws -> Int, rounds: Int = 3
    ) async {
        for _ in 0..<rounds {
            for round in [sender, server.parts.indexer.run, server.parts.fulfilment.run] {
                _ = try? await round()
            }
            clock.advance(by: 3)
        }
    }

    /// Whether the airline has an order for a booking.
    func hasOrder(_ made: CreateBookingResponse) async throws -> Bool {
        let row = try #require(try await server.parts.bookings.find(made.booking.id))
        return try await server.parts.supplier.order(placedAs: row.order, at: clock.now) != nil
    }
}
