import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

/// The network, its contracts, the API with its workers and a traveller: all of it, in this process.
@Suite(.serialized) struct InProcessTests {
    @Test func `a flight is booked, ticketed and cancelled, and the ledger agrees at each step`()
        async throws
    {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let atFirst = try await traveller.dollars()
            let booked = try await traveller.bookAndPay()
            let confirmed = try await traveller.booking(booked, whenIts: .confirmed)
            #expect(confirmed.escrow == .ticketed)
            #expect(confirmed.tickets.count == 1)
            #expect(try await traveller.dollars() == atFirst - confirmed.price.baseUnits)
            #expect(try await traveller.escrowed(confirmed) == confirmed.price)
            #expect(confirmed.chain.escrowed == confirmed.price)

            let refund = try await traveller.cancel(booked)
            let cancelled = try await traveller.booking(booked, whenIts: .cancelled)
            #expect(cancelled.chain.refunded == refund)
            #expect(
                try await traveller.dollars()
                    == atFirst - confirmed.price.baseUnits + refund.baseUnits)
            #expect(try await traveller.escrowed(cancelled).baseUnits == 0)
            #expect(cancelled.chain.transactions.map(\.status) == [.applied, .applied])
        }
    }

    @Test func `money for which no ticket came returns at the deadline`() async throws {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let atFirst = try await traveller.dollars()
            // On this route the simulator takes no order.
            let booked = try await traveller.bookAndPay(from: "LGW", to: "LHR")
            let waiting = try await traveller.booking(booked, whenIts: .refunding)
            let deadline = try #require(waiting.chain.ticketDeadline)
            #expect(try await traveller.dollars() == atFirst - waiting.price.baseUnits)

            try await world.advance(to: deadline.adding(seconds: -1))
            try await Task.sleep(for: .milliseconds(300))
            #expect(try await traveller.escrowed(waiting) == waiting.price)

            try await world.advance(to: deadline)
            let refunded = try await traveller.booking(booked, whenIts: .refunded)
            #expect(refunded.chain.refunded == waiting.price)
            #expect(try await traveller.dollars() == atFirst)
            #expect(try await traveller.escrowed(refunded).baseUnits == 0)
        }
    }

    @Test func `an offer to sign that has expired takes no money`() async throws {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let atFirst = try await traveller.dollars()
            let created = try await traveller.book()
            let signed = try traveller.sign(created.transaction)
            try await world.advance(to: #require(created.transaction).expiresAt)
            await expectProblem("bookings.hold_expired") {
                _ = try await traveller.client.pay(
                    created.booking.id, token: created.token, signed: signed)
            }
            // Nor does the contract, if the traveller goes there instead; a second later not even
            // the ledger takes it.
            let envelope = try TransactionEnvelope(base64: signed)
            #expect(try await !traveller.rpc.submit(envelope).isSuccessful)
            try await world.advance(to: #require(created.transaction).expiresAt.adding(seconds: 1))
            let late = try await traveller.rpc.send(
                TransactionEnvelope(base64: traveller.sign(created.transaction)))
            #expect(late.status != .pending)
            try await world.advance(to: #require(created.transaction).expiresAt.adding(seconds: 60))
            let booked = Traveller.Booked(id: created.booking.id, token: created.token)
            #expect(try await traveller.booking(booked, whenIts: .lapsed).escrow == .unpaid)
            #expect(try await traveller.dollars() == atFirst)
        }
    }

    @Test func `payments that were prepared at the same time all go through at once`() async throws
    {
        try await withWholeWorld { world in
            var offers: [(traveller: Traveller, created: CreateBookingResponse)] = []
            for _ in 0..<5 {
                let traveller = try await world.traveller()
                offers.append((traveller, try await traveller.book()))
            }
            for (traveller, created) in offers {
                _ = try await traveller.client.pay(
                    created.booking.id, token: created.token,
                    signed: traveller.sign(created.transaction))
            }
            for (traveller, created) in offers {
                let booked = Traveller.Booked(id: created.booking.id, token: created.token)
                let booking = try await traveller.booking(booked, whenIts: .confirmed)
                #expect(booking.chain.transactions.map(\.status) == [.applied])
                #expect(try await traveller.escrowed(booking) == booking.price)
            }
        }
    }

    @Test func `a payment sent past the API is heard of all the same`() async throws {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let created = try await traveller.book()
            let envelope = try TransactionEnvelope(base64: traveller.sign(created.transaction))
            #expect(try await traveller.rpc.submit(envelope).isSuccessful)
            let booked = Traveller.Booked(id: created.booking.id, token: created.token)
            #expect(try await traveller.booking(booked, whenIts: .confirmed).escrow == .ticketed)
        }
    }
}
