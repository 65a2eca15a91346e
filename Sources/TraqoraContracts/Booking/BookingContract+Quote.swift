import Stellar
public import StellarXDR

extension BookingContract.Quote {
    /// The bytes that the seller's quote key signs, not hashed: the quote for one contract on one
    /// network.
    /// - Throws: `XDRError` when a field exceeds its bound.
    public func signedBytes(network: Hash, contract: ContractID) throws(XDRError) -> [UInt8] {
        try SCVal.vec([
            .symbol("quote_v1"), .bytes(SCBytes(network.bytes)), .address(.contract(contract)),
            scVal,
        ]).xdr()
    }
}
