import ContractBuild
import Foundation
import Support
import Testing

@testable import GenerateContracts

/// Each compiles the SDK and its macros from nothing, so one at a time.
@Suite(.serialized) struct ReproducibleBuildTests {
    @Test func `a clean copy in another folder gives the same contracts, byte for byte`() throws {
        let copy = try ContractsCopy()
        try GenerateContracts.run(in: copy.folder.path, isAccepting: false)
        for contract in GenerateContracts.contracts {
            let built = try Data(contentsOf: copy.folder.appendingPathComponent(contract.output))
            let committed = try Data(
                contentsOf: Package.root.appendingPathComponent(contract.output))
            #expect(built == committed, "\(contract.name): run `make contracts`")
        }
    }

    @Test func `no heap, text, fraction or dictionary gets into a contract`() throws {
        let copy = try ContractsCopy()
        let builder = ContractBuilder(
            package: copy.folder.appendingPathComponent("Contracts").path,
            environment: ProcessInfo.processInfo.environment)
        let bodies = [
            ("n + 1", nil),
            ("var list: [UInt32] = []; list.append(n); return UInt32(list.count)", "the heap"),
            ("UInt32(truncatingIfNeeded: String(n).utf8.count)", "Token"),
            ("UInt32(Double(n) * 1.5)", "no module that the host accepts"),
            ("var map: [UInt32: UInt32] = [:]; map[n] = 1; return map[1] ?? 0", "a dictionary"),
        ]
        for (body, complaint) in bodies {
            try copy.replaceToken(
                with: """
                    import Soroban

                    @Contract struct TokenContract {
                        init() {}
                        func next(n: UInt32) -> UInt32 { \(body) }
                    }
                    """)
            guard let complaint else {
                #expect(throws: Never.self, "\(body)") { try builder.optimised("Token") }
                continue
            }
            let failure = #expect(throws: BuildFailure.self, "\(body)") {
                try builder.optimised("Token")
            }
            let message = failure?.message ?? ""
            #expect(message.contains(complaint), "\(body): \(message)")
            #expect(!message.contains("error: cannot find"), "\(body): \(message)")
        }
        // What is never looked through is no parameter.
        try copy.replaceToken(
            with: """
                import Soroban

                @ContractType(.kept) struct Own { var number: UInt32 }
                @Contract struct TokenContract {
                    init() {}
                    func next(own: Own) -> UInt32 { own.number }
                }
                """)
        let failure = #expect(throws: BuildFailure.self) { try builder.optimised("Token") }
        #expect(
            failure?.message.contains("'Own' does not conform to protocol 'ContractArgument'")
                == true)
    }
}
