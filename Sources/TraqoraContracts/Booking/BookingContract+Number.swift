import Cryptography
import Stellar
public import StellarXDR

extension BookingContract {
    /// The number that the contract gives to a booking of a published flight: it follows from who
    /// books and `manifest`, so it is known before anything is signed.
    /// - Throws: `XDRError`, if the address does not encode.
    public static func number(passenger: SCAddress, manifest: Hash) throws(XDRError) -> UInt64 {
        let content = try SCVal.vec([.address(passenger), .bytes(SCBytes(manifest.bytes))]).xdr()
        // The first of the bytes counts least, and 53 bits are kept.
        let number = SHA256.hash(content).prefix(8).reversed()
            .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return number & (1 << 53 - 1)
    }
}
