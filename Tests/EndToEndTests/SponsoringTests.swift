import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

@testable import traqora

/// Payments for which the platform pays the network, with the genuine contracts.
@Suite(.serialized) struct SponsoringTests {
    private func lumens(_ traveller: Traveller) async throws -> AccountEntry {
        try await traveller.rpc.account(traveller.key.accountID)
    }

    @Test func `a booking is paid with a signed authorization and not one stroop`() async throws {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let (atFirst, before) = (try await traveller.dollars(), try await lumens(traveller))
            let created = try await traveller.book()
            let offered = try await traveller.client.prepareSponsoredPayment(
                created.booking.id, token: created.token)
            let entry = try SorobanAuthorizationEntry(base64: offered.authorization)
            let signed = try entry.signed(
                by: traveller.key, until: offered.expirationLedger,
                on: Network(passphrase: offered.network))
            let request = SigningRequest(authorization: try signed.base64())
            for _ in 0..<2 {
                _ = try await traveller.client.pay(
                    created.booking.id, token: created.token, request)
            }
            let booked = Traveller.Booked(id: created.booking.id, token: created.token)
            let confirmed = try await traveller.booking(booked, whenIts: .confirmed)
            #expect(confirmed.chain.transactions.map(\.status) == [.applied])
            #expect(try await traveller.dollars() == atFirst - confirmed.price.baseUnits)
            #expect(try await traveller.escrowed(confirmed) == confirmed.price)
            let after = try await lumens(traveller)
            #expect(after.balance == before.balance && after.seqNum == before.seqNum)
            // The transaction is on the ledger under the name that is told.
            let hash = try Hash(
                Hex.decode(try #require(confirmed.chain.transactions.first).hash) ?? [])
            let found = try #require(try await traveller.rpc.transaction(hash))
            #expect(
                found.envelope.transaction.sourceAccount.accountID
                    == world.service.contracts.seller.accountID)
        }
    }

    @Test func `eight pay at once, each once, while tickets are written with the same account`()
        async throws
    {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            var made: [(CreateBookingResponse, UnsignedAuthorizationResponse)] = []
            for _ in 0..<8 {
                let created = try await traveller.book()
                made.append(
                    (
                        created,
                        try await traveller.client.prepareSponsoredPayment(
                            created.booking.id, token: created.token)
                    ))
            }
            let atFirst = try await traveller.dollars()
            try await withThrowingTaskGroup { group in
                for (created, offered) in made {
                    group.addTask {
                        let entry = try SorobanAuthorizationEntry(base64: offered.authorization)
                        let signed = try entry.signed(
                            by: traveller.key, until: offered.expirationLedger,
                            on: Network(passphrase: offered.network))
                        _ = try await traveller.client.pay(
                            created.booking.id, token: created.token,
                            SigningRequest(authorization: try signed.base64()))
                    }
                }
                try await group.waitForAll()
            }
            var spent: Int64 = 0
            for (created, _) in made {
                let booked = Traveller.Booked(id: created.booking.id, token: created.token)
                let confirmed = try await traveller.booking(booked, whenIts: .confirmed)
                #expect(confirmed.chain.transactions.map(\.status) == [.applied])
                spent += confirmed.price.baseUnits
            }
            #expect(try await traveller.dollars() == atFirst - spent)
        }
    }
}
