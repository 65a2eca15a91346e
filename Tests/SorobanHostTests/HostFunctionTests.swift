import Support
import Testing

@testable import SorobanHost

/// Every host function, answered as the genuine host answered.
@Suite struct HostFunctionTests {
    /// These need accounts, contracts or signatures; the replay of the scenarios covers them.
    static let needingLedger = [
        "require_auth", "require_auth_for_args", "authorize_as_curr_contract",
        "get_address_executable", "get_delegated_signers_for_current_auth_check",
        "delegate_account_auth",
    ]

    @Test(
        .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"),
        arguments: [
            "host-int", "host-map", "host-vec", "host-buf", "host-prng", "host-crypto",
            "host-context", "host-address",
        ])
    func `a host function answers as the genuine host does`(scenario: String) throws {
        let contract = try ForwardingContract(scenario: scenario)
        var agreed = 0
        for step in contract.steps {
            guard let (name, answer) = try contract.answer(to: step) else { continue }
            guard !Self.needingLedger.contains(step.note) else { continue }
            let expected = step.expect.result ?? step.expect.error
            #expect(answer == expected, "\(name): \(step.note)")
            agreed += answer == expected ? 1 : 0
        }
        #expect(agreed > 0)
    }

    @Test func `a key that is no point is refused before the signature is looked at`() throws {
        let ledger = LedgerInfo(
            protocolVersion: 28, sequence: 1, timestamp: 0,
            networkID: Array(repeating: 0, count: 32), baseReserve: 0, minTemporaryTTL: 16,
            minPersistentTTL: 4_096, maxEntryTTL: 6_312_000)
        let host = try TestHost.make(ledger)
        let noPoint = try host.make(.bytes([2] + Array(repeating: 0, count: 31)))
        let point = try host.make(.bytes([3] + Array(repeating: 0, count: 31)))
        let message = try host.make(.bytes([]))
        let short = try host.make(.bytes([1]))
        #expect(throws: HostError(.crypto, .invalidInput)) {
            try host.verifySigEd25519(noPoint, message, short)
        }
        #expect(throws: HostError(.object, .unexpectedSize)) {
            try host.verifySigEd25519(point, message, short)
        }
    }
}
