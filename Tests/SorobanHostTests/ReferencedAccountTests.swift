import StellarXDR
import Testing

@testable import SorobanHost

/// A contract account whose code is what another contract keeps under an executable tag.
@Suite struct ReferencedAccountTests {
    private static let account = ContractID(fitting: [UInt8](repeating: 1, count: 32))
    private static let owner = ContractID(fitting: [UInt8](repeating: 2, count: 32))
    private static let code = Hash(fitting: [UInt8](repeating: 3, count: 32))
    private static let tag = SCString(Array("v1".utf8))

    private struct Ledger: LedgerSnapshot {
        let entries: [LedgerKey: LedgerEntryData]

        func entry(_ key: LedgerKey) throws -> LedgerSnapshotEntry? {
            try entries[key].map {
                try LedgerSnapshotEntry(
                    entry: LedgerEntry(lastModifiedLedgerSeq: 1, data: $0), liveUntilLedger: 90)
            }
        }
    }

    private static func data(
        _ contract: ContractID, _ key: SCVal, _ value: SCVal
    ) -> (LedgerKey, LedgerEntryData) {
        (
            .contractData(
                LedgerKeyContractData(
                    contract: .contract(contract), key: key, durability: .persistent)),
            .contractData(
                ContractDataEntry(
                    contract: .contract(contract), key: key, durability: .persistent, val: value))
        )
    }

    private static let instance = data(
        account, .ledgerKeyContractInstance,
        .contractInstance(
            SCContractInstance(
                executable: .externalRef(
                    ContractExecutableExternalRef(
                        executableOwner: .contract(owner), tag: tag)))))
    private static let reference = data(
        owner, .executableTag(tag), .bytes(SCBytes(code.bytes)))
    private static let wasm = (
        LedgerKey.contractCode(LedgerKeyContractCode(hash: code)),
        LedgerEntryData.contractCode(ContractCodeEntry(ext: .v0, hash: code, code: [1, 2, 3]))
    )

    @Test func `a simulation reads all that its check will need`() throws {
        let entries = [Self.instance, Self.reference, Self.wasm]
        let host = try TestHost.make(
            LedgerInfo(
                protocolVersion: 28, sequence: 5, timestamp: 0,
                networkID: Array(repeating: 0, count: 32), baseReserve: 0, minTemporaryTTL: 16,
                minPersistentTTL: 4_096, maxEntryTTL: 6_312_000),
            snapshot: Ledger(entries: Dictionary(uniqueKeysWithValues: entries)))
        let call = AuthorizedCall(
            contract: try host.make(.address(.contract(.zero))), function: .void, arguments: [])
        host.authorization.accounts.append(
            AccountTracker(
                address: try host.make(.address(.contract(Self.account))),
                credentials: .address(
                    AccountTracker.Signed(
                        nonce: 1, expirationLedger: 0, signature: .void, bindsAddress: true)),
                invocation: InvocationTracker(
                    root: AuthorizedInvocation(function: .call(call), subInvocations: []))))
        try host.imitateAuthentication()
        let used = Set(host.storage.footprint.entries.map(\.key.key))
        #expect(used == Set(entries.map(\.0)))
    }
}
