import StellarXDR

/// Reads a whole value and writes it again.
typealias Codec = @Sendable ([UInt8]) throws(XDRError) -> [UInt8]

func codec<Value: XDRCodable>(of type: Value.Type) -> Codec {
    { bytes throws(XDRError) in try Value(xdr: bytes).xdr() }
}
