import Foundation
import Support
import Testing

@testable import ContractBuild

struct ContractAssemblyTests {
    /// The smallest module: no section at all.
    let code: [UInt8] = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
    let table: HostTable

    init() throws {
        table = try HostTable(checkout: Package.root.path)
    }

    private func completed(limit: Int) throws -> [UInt8] {
        try ContractAssembly(name: "Thing", version: "0.1.0", standards: nil, bytesMax: limit)
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
        let failure = #expect(throws: BuildFailure.self) { try completed(limit: least - 1) }
        #expect(
            failure?.message
                == "Thing has \(least) bytes, even without documentation; \(least - 1) are allowed")
    }
}
