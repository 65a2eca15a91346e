import Cryptography
import StellarXDR
import TraqoraContracts
import Travel

/// Turns a priced offer into a quote that the Booking contract takes, and signs it with the
/// platform's quote key. The key never leaves this type.
struct QuoteSigner: Sendable {
    let seller: SCAddress
    let token: SCAddress
    let contract: ContractID
    let network: Hash
    let key: Ed25519.PrivateKey

    /// A quote and its signature.
    struct SignedQuote: Sendable {
        var quote: BookingContract.Quote
        var signature: [UInt8]
    }

    /// What one seat costs so that all together cover `price`: rounded up to a base unit.
    static func seatPrice(_ price: TokenAmount, seats: Int) -> TokenAmount {
        let count = Int64(max(1, seats))
        let (quotient, remainder) = price.baseUnits.quotientAndRemainder(dividingBy: count)
        return TokenAmount(baseUnits: quotient + (remainder > 0 ? 1 : 0))
    }

    /// The quote for an offer.
    /// - Parameter salt: hides the flights behind their hash.
    func sign(
        _ offer: Offer, seatPrice: TokenAmount, expires: Instant, nonce: UInt64, salt: [UInt8]
    ) throws -> SignedQuote {
        guard let preimage = Manifest.preimage(of: offer.itinerary, salt: salt) else {
            throw TravelError.amountOutOfRange
        }
        let quote = BookingContract.Quote(
            arrives: UInt64(max(0, offer.itinerary.arrives.instant.seconds)),
            carrier: SCSymbol(offer.itinerary.segments[0].flight.carrier.text),
            departs: UInt64(max(0, offer.itinerary.departs.instant.seconds)),
            expires: UInt64(max(0, expires.seconds)),
            flightRef: Hash(fitting: SHA256.hash(preimage)), nonce: nonce,
            policy: offer.fare.policy, price: Int128(seatPrice.baseUnits),
            seats: UInt32(offer.passengers.seats), seller: seller, token: token)
        let bytes = try quote.signedBytes(network: network, contract: contract)
        return SignedQuote(quote: quote, signature: key.sign(bytes))
    }
}
