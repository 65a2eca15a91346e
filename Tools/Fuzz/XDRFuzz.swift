// Compiled together with Sources/StellarXDR by Tools/Fuzz/run; no part of the package.

/// The first byte chooses a type, the rest is decoded as one. What decodes encodes to the same
/// bytes, and comes back from its JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let content = bytes.dropFirst()
    switch bytes[0] % 8 {
    case 0: tryOut(TransactionEnvelope.self, content)
    case 1: tryOut(LedgerEntry.self, content)
    case 2: tryOut(SCVal.self, content)
    case 3: tryOut(TransactionMeta.self, content)
    case 4: tryOut(LedgerCloseMeta.self, content)
    case 5: tryOut(SCSpecEntry.self, content)
    case 6: tryOut(SorobanAuthorizationEntry.self, content)
    default: tryOut(TransactionResult.self, content)
    }
    return 0
}

private func tryOut<Value: XDRCodable>(_ type: Value.Type, _ bytes: ArraySlice<UInt8>) {
    guard let value = try? Value(xdr: bytes) else { return }
    precondition((try? value.xdr()) == Array(bytes), "it encodes to other bytes")
    guard let json = try? value.json() else {
        preconditionFailure("what decodes has no JSON")
    }
    precondition((try? Value(json: json)) == value, "its JSON says something else")
}
