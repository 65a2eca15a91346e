import Foundation
import Support
import Testing

@testable import GenerateContracts

struct ContractSizeTests {
    /// The smallest module: no section at all.
    let code: [UInt8] = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
    let table: HostTable

    init() throws {
        table = try HostTable(
            contentsOf: Package.root
                .appendingPathComponent("Tools/GenerateHostInterface/host-functions.json").path)
    }

    private func completed(limit: Int) throws -> [UInt8] {
        try Contract(name: "Thing", standards: nil, limit: limit)
            .completed(code, [Array(repeating: 1, count: 300), [2, 2, 2, 2]], for: table)
    }

    @Test func `a contract carries as much documentation as its limit allows`() throws {
        let whole = try completed(limit: 1_000)
        #expect(whole.count > 300)
        #expect(try completed(limit: whole.count) == whole)
        #expect(try completed(limit: whole.count - 1).count < 300)
    }

    @Test func `a contract over its limit is refused`() throws {
        let least = try completed(limit: 300).count
        let failure = #expect(throws: Failure.self) { try completed(limit: least - 1) }
        #expect(
            failure?.message
                == "Thing has \(least) bytes, even without documentation; \(least - 1) are allowed")
    }

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
