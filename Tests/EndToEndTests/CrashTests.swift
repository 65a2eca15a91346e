import Foundation
import HTTP
import Testing
import TraqoraAPI
import Travel

/// The API process dies; the ledger, in a process of its own, does not.
@Suite struct CrashTests {
    /// How long after the payment was taken the process is killed, in milliseconds: before, while
    /// and after it is submitted and confirmed.
    @Test(arguments: [0, 5, 20, 60, 150])
    func `a booking survives the death of the process that took its payment`(
        milliseconds: Int
    ) async throws {
        try await withScratchFolder { folder in
            let sandbox = try BuiltProgram(["sandbox", "--port", "0"], folder: folder)
            let rpc = try #require(
                try await sandbox.lines(until: "http://").last?.split(separator: " ").last
            ).description
            let environment = [
                "PORT": "0", "DATABASE_URL": "sqlite:api.sqlite", "SOROBAN_RPC_URL": rpc,
            ]
            let first = try BuiltProgram(["serve"], environment: environment, folder: folder)
            let client = HTTPClient()
            let traveller = try await Traveller(api: base(of: first), rpc: rpc, client: client)
            let booked = try await traveller.bookAndPay()
            // How far the process gets in this time differs from run to run, and should.
            try await Task.sleep(for: .milliseconds(milliseconds))
            try await first.kill()

            let second = try BuiltProgram(["serve"], environment: environment, folder: folder)
            let api = TraqoraClient(base: try await base(of: second), http: client)
            let booking = try await traveller.booking(booked, whenIts: .confirmed, api: api)
            #expect(try await traveller.escrowed(booking) == booking.price)
            let payments = booking.chain.transactions.filter { $0.purpose == .payment }
            #expect(payments.map(\.status) == [.applied])
            try await second.stop()
            try await sandbox.stop()
            client.shutDown()
        }
    }

    private func base(of program: BuiltProgram) async throws -> String {
        let line = try await program.lines(until: "Traqora serves").last ?? ""
        let address = try #require(line.split(separator: " ").last)
        return String(address.replacing("/health", with: ""))
    }
}
