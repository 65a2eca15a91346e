import Foundation
import Support
import Testing

@testable import GenerateContractClients

@Test func `the clients that are committed are what the contracts say`() throws {
    let files = try GenerateContractClients.files(checkout: Package.root)
    #expect(!files.isEmpty)
    for (path, text) in files {
        let committed = try String(
            contentsOf: Package.root.appendingPathComponent(path), encoding: .utf8)
        #expect(committed == text, "\(path): run `make generate`")
    }
}
