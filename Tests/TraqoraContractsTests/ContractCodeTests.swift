import Cryptography
import Foundation
import Support
import Testing
import TraqoraContracts

@Suite struct ContractCodeTests {
    private struct Lock: Decodable {
        struct Entry: Decodable {
            var bytes: Int
            var sha256: String
        }
        var contracts: [String: Entry]
    }

    @Test(arguments: ContractCode.allCases)
    func `the code in the program is the code in the lock`(code: ContractCode) throws {
        let file = Package.root.appendingPathComponent("Contracts/contracts.lock.json")
        let lock = try JSONDecoder().decode(Lock.self, from: Data(contentsOf: file))
        let entry = try #require(lock.contracts[code.rawValue])
        let hash = SHA256.hash(code.wasm).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        #expect(code.wasm.count == entry.bytes)
        #expect(hash.joined() == entry.sha256)
    }
}
