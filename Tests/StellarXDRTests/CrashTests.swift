import Foundation
import StellarXDR
import Testing

/// Inputs that broke the decoder once, or could have: `make fuzz` writes them. The first byte says
/// which type they are of.
@Suite struct CrashTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Crashes")
    @Test func `what broke it once is refused, or comes back as it was`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            let first = try #require(bytes.first, "\(file.lastPathComponent)")
            try replay(first, bytes.dropFirst())
        }
    }

    private func replay(_ first: UInt8, _ bytes: ArraySlice<UInt8>) throws {
        switch first % 8 {
        case 0: try replay(TransactionEnvelope.self, bytes)
        case 1: try replay(LedgerEntry.self, bytes)
        case 2: try replay(SCVal.self, bytes)
        case 3: try replay(TransactionMeta.self, bytes)
        case 4: try replay(LedgerCloseMeta.self, bytes)
        case 5: try replay(SCSpecEntry.self, bytes)
        case 6: try replay(SorobanAuthorizationEntry.self, bytes)
        default: try replay(TransactionResult.self, bytes)
        }
    }

    private func replay<Value: XDRCodable>(
        _ type: Value.Type, _ bytes: ArraySlice<UInt8>
    ) throws {
        guard let value = try? Value(xdr: bytes) else { return }
        #expect(try value.xdr() == Array(bytes))
        #expect(try Value(json: value.json()) == value)
    }
}
