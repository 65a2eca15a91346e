import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import Travel

/// What was there yesterday is there today: `traqora up` is ended and started again.
@Suite(.serialized) struct RestartTests {
    /// How `traqora up` ends.
    enum End: CaseIterable {
        /// Control-C, or the service manager.
        case asked
        /// `kill -9`, or a power cut.
        case killed
    }

    @Test(arguments: End.allCases)
    func `a booking made yesterday is there today`(end: End) async throws {
        try await withScratchFolder { folder in
            let client = HTTPClient()
            defer { client.shutDown() }
            let first = try await Running(in: folder)
            let traveller = try await Traveller(api: first.api, rpc: first.rpc, client: client)
            let booked = try await traveller.bookAndPay()
            let before = try await Self.settled(booked, traveller)
            let dollars = try await traveller.dollars()
            try await first.end(end)

            let second = try await Running(in: folder)
            let api = TraqoraClient(base: second.api, http: client)
            let after = try await api.booking(booked.id, token: booked.token)
            let (told, tells) = (try Self.text(before), try Self.text(after))
            #expect(tells == told)
            let returned = traveller.moved(api: second.api, rpc: second.rpc, client: client)
            #expect(try await returned.dollars() == dollars)
            #expect(try await returned.escrowed(after) == before.price)
            for sent in before.chain.transactions {
                let hash = try #require(Hash(hex: sent.hash))
                #expect(try await returned.rpc.transaction(hash) != nil)
            }

            // And life goes on: it is cancelled today, and the money comes back.
            let refund = try await returned.cancel(booked)
            _ = try await returned.booking(booked, whenIts: .cancelled)
            #expect(try await returned.dollars() == dollars + refund.baseUnits)
            try await second.end(.asked)
        }
    }

    @Test func `starting and ending ten times changes nothing`() async throws {
        try await withScratchFolder { folder in
            let client = HTTPClient()
            defer { client.shutDown() }
            let first = try await Running(in: folder)
            let traveller = try await Traveller(api: first.api, rpc: first.rpc, client: client)
            let booked = try await traveller.bookAndPay()
            let before = try await Self.settled(booked, traveller)
            try await first.end(.asked)
            for _ in 0..<10 {
                let again = try await Running(in: folder)
                let api = TraqoraClient(base: again.api, http: client)
                let after = try await api.booking(booked.id, token: booked.token)
                #expect(try Self.text(after) == Self.text(before))
                try await again.end(.asked)
            }
        }
    }

    /// A signal that came between the program's word that it is ready and its listening was lost,
    /// and who waited for the end waited for ever.
    @Test(.timeLimit(.minutes(2)))
    func `a program that is asked to end as soon as it is ready does`() async throws {
        try await withScratchFolder { folder in
            for _ in 0..<40 {
                let program = try BuiltProgram(["sandbox", "--port", "0"], folder: folder)
                _ = try await program.lines(until: "http://")
                #expect(try await program.stop() == 0)
            }
        }
    }

    /// The booking once nothing more will happen to it by itself.
    private static func settled(
        _ booked: Traveller.Booked, _ traveller: Traveller
    ) async throws -> BookingResponse {
        var booking = try await traveller.booking(booked, whenIts: .confirmed)
        for _ in 0..<1_000 where booking.fulfilment != .ticketed {
            try await Task.sleep(for: .milliseconds(20))
            booking = try await traveller.client.booking(booked.id, token: booked.token)
        }
        return booking
    }

    private static func text(_ booking: BookingResponse) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(booking), as: UTF8.self)
    }

    /// `traqora up` on free ports.
    private struct Running {
        let program: BuiltProgram
        let api: String
        let rpc: String

        init(in folder: URL) async throws {
            program = try BuiltProgram(
                ["up", "--network-port", "0"], environment: ["PORT": "0"], folder: folder)
            let lines = try await program.lines(until: "Try: traqora demo")
            api = try #require(address(in: lines, after: "API")).replacing("/health", with: "")
            rpc = try #require(address(in: lines, after: "Network"))
        }

        func end(_ end: End) async throws {
            switch end {
            case .asked: #expect(try await program.stop() == 0)
            case .killed: try await program.kill()
            }
        }
    }
}
