import Foundation
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI

/// A transaction as somebody sent it back, checked to be one that was offered and nothing else.
struct SignedTransaction: Sendable {
    /// The one that was offered.
    let offered: TransactionRow
    /// The envelope with the signature.
    let envelope: [UInt8]

    /// How long an envelope may be.
    static let bytesMax = 128 * 1_024

    /// Networks whose signatures one may find by mistake.
    private static let knownNetworks: [Network] = [
        .public, .testnet, .futurenet, .standalone,
    ]

    /// Checks an envelope: pure, nothing is looked up.
    /// - Parameters:
    ///   - text: the envelope as XDR in base 64.
    ///   - offers: the transactions that were offered for this.
    /// - Throws: `Problem`: `payments.malformed_transaction`, `.other_transaction`, `.not_signed`,
    ///   `.wrong_network`, `.wrong_signature`.
    init(
        checking text: String, among offers: [TransactionRow], of payer: AccountID,
        on network: Network
    )
        throws(Problem)
    {
        let envelope = try Self.decode(text)
        guard case .tx(let signed) = envelope else {
            throw ProblemCode.otherTransaction.problem(
                "Send the transaction itself, not wrapped in a fee bump.")
        }
        // The bytes without signatures are compared, not a hash that the other side names.
        let unsigned = try? signed.tx.envelope.xdr()
        guard let unsigned, let offered = offers.last(where: { $0.envelope == unsigned }) else {
            throw ProblemCode.otherTransaction.problem(
                "Sign exactly the transaction that was offered for this, unchanged.")
        }
        guard !signed.signatures.isEmpty else {
            throw ProblemCode.notSigned.problem("Sign it with the key of \(payer).")
        }
        guard signed.signatures.count == 1, let signature = signed.signatures.first,
            signature.hint == payer.hint
        else {
            throw ProblemCode.wrongSignature.problem(
                "Sign it once, with the key of \(payer), and with no other.")
        }
        let isSigned = { (network: Network) in envelope.isSigned(by: payer, on: network) }
        guard isSigned(network) else {
            if let other = Self.knownNetworks.first(where: isSigned) {
                throw ProblemCode.wrongNetwork.problem(
                    "It was signed for “\(other)”. Sign it for “\(network)”.")
            }
            throw ProblemCode.wrongSignature.problem(
                "The signature does not match. Sign it for the network “\(network)”.")
        }
        guard let bytes = try? envelope.xdr() else {
            throw ProblemCode.malformedTransaction.problem()
        }
        self.offered = offered
        self.envelope = bytes
    }

    /// What the transaction in an envelope is called on a network; its signatures do not matter.
    static func hash(of text: String, on network: Network) throws(Problem) -> String {
        guard case .tx(let signed) = try decode(text),
            let hash = try? signed.tx.hash(on: network)
        else {
            throw ProblemCode.otherTransaction.problem(
                "Send the transaction itself, not wrapped in a fee bump.")
        }
        return hash.description
    }

    private static func decode(_ text: String) throws(Problem) -> TransactionEnvelope {
        guard text.utf8.count <= bytesMax * 4 / 3, let data = Data(base64Encoded: text),
            !data.isEmpty
        else {
            throw ProblemCode.malformedTransaction.problem(
                "`transaction` must be the envelope as XDR in base 64.")
        }
        do {
            return try TransactionEnvelope(xdr: Array(data))
        } catch {
            throw ProblemCode.malformedTransaction.problem(
                "`transaction` is base 64, but not the XDR of a transaction envelope.")
        }
    }
}
