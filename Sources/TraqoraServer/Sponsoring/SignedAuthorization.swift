import Foundation
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI

/// An authorization as somebody sent it back, checked to be one that was offered with nothing but
/// the signature filled in.
struct SignedAuthorization: Sendable {
    /// The one that was offered.
    let offered: TransactionRow
    let entry: SorobanAuthorizationEntry

    /// How long an entry may be.
    static let bytesMax = 32 * 1_024

    /// One that was checked before.
    init(offered: TransactionRow, entry: SorobanAuthorizationEntry) {
        self.offered = offered
        self.entry = entry
    }

    private static let knownNetworks: [Network] = [.public, .testnet, .futurenet, .standalone]

    /// Checks an entry: pure, nothing is looked up. What a contract account's signature is worth
    /// only the contract can say.
    /// - Throws: `Problem`: `payments.malformed_authorization`, `.other_authorization`,
    ///   `.not_signed`, `.wrong_network`, `.wrong_signature`.
    init(checking text: String, among offers: [TransactionRow], on network: Network)
        throws(Problem)
    {
        let entry = try Self.decode(text)
        guard let until = entry.expirationLedger, let signature = entry.signature,
            let unsigned = try? entry.with(.void, until: until).xdr(),
            let offered = offers.last(where: { $0.envelope == unsigned })
        else {
            throw ProblemCode.otherAuthorization.problem(
                "Sign exactly the authorization that was offered, and change nothing else in it.")
        }
        guard signature != .void else {
            throw ProblemCode.notSigned.problem("Sign it with the key of \(offered.signer).")
        }
        if case .account(let account)? = entry.address {
            try Self.check(entry, signature, until: until, of: account, on: network)
        }
        self.offered = offered
        self.entry = entry
    }

    /// Puts an account's signature of 64 bytes into the entry that it signs.
    /// - Throws: `Problem`: `payments.malformed_authorization`, `.wrong_signature`.
    init(signature text: String, among offers: [TransactionRow], on network: Network)
        throws(Problem)
    {
        guard let bytes = Base64.decode(text), bytes.count == 64 else {
            throw ProblemCode.malformedAuthorization.problem(
                "`signature` must be 64 bytes in base 64.")
        }
        for offered in offers.reversed() {
            guard let entry = try? SorobanAuthorizationEntry(xdr: offered.envelope),
                case .account(let account)? = entry.address, let until = entry.expirationLedger,
                let payload = try? entry.payload(until: until, on: network),
                account.verifies(bytes, of: payload.bytes)
            else { continue }
            self.offered = offered
            self.entry = entry.with(
                .accountSignatures([AccountSignature(key: account.key, signature: bytes)]),
                until: until)
            return
        }
        throw ProblemCode.wrongSignature.problem(
            "It is the signature of no authorization that was offered for this. Sign the "
                + "preimage's SHA-256, for the network “\(network)”.")
    }

    /// What was signed of an entry that came back, on a network.
    static func hash(of text: String, on network: Network) throws(Problem) -> String {
        let entry = try decode(text)
        guard let until = entry.expirationLedger,
            let payload = try? entry.payload(until: until, on: network)
        else {
            throw ProblemCode.otherAuthorization.problem(
                "Sign exactly the authorization that was offered, and change nothing else in it.")
        }
        return payload.description
    }

    /// An account signs once, with its own key.
    private static func check(
        _ entry: SorobanAuthorizationEntry, _ signature: SCVal, until: UInt32,
        of account: AccountID, on network: Network
    ) throws(Problem) {
        guard let bytes = signature.soleSignature(of: account.key) else {
            throw ProblemCode.wrongSignature.problem(
                "Sign it once, with the key of \(account), and with no other.")
        }
        let isSigned = { (network: Network) in
            guard let payload = try? entry.payload(until: until, on: network) else { return false }
            return account.verifies(bytes, of: payload.bytes)
        }
        guard isSigned(network) else {
            if let other = knownNetworks.first(where: isSigned) {
                throw ProblemCode.wrongNetwork.problem(
                    "It was signed for “\(other)”. Sign it for “\(network)”.")
            }
            throw ProblemCode.wrongSignature.problem(
                "The signature does not match. Sign it for the network “\(network)”.")
        }
    }

    private static func decode(_ text: String) throws(Problem) -> SorobanAuthorizationEntry {
        guard text.utf8.count <= bytesMax * 4 / 3, let data = Data(base64Encoded: text),
            !data.isEmpty
        else {
            throw ProblemCode.malformedAuthorization.problem(
                "`authorization` must be the entry as XDR in base 64.")
        }
        do {
            return try SorobanAuthorizationEntry(xdr: Array(data))
        } catch {
            throw ProblemCode.malformedAuthorization.problem(
                "`authorization` is base 64, but not the XDR of an authorization entry.")
        }
    }
}

extension SorobanAuthorizationEntry {
    /// What was filled in; `nil` where nothing is.
    var signature: SCVal? {
        switch credentials {
        case .sourceAccount: nil
        case .address(let credentials), .addressV2(let credentials): credentials.signature
        case .addressWithDelegates(let delegated): delegated.addressCredentials.signature
        }
    }
}

extension AccountID {
    /// The public key.
    fileprivate var key: Uint256 {
        switch self {
        case .ed25519(let key): key
        }
    }
}

extension SCVal {
    /// The 64 bytes, if this is what an account's authorization carries with one signature, of that
    /// key.
    fileprivate func soleSignature(of key: Uint256) -> [UInt8]? {
        guard case .vec(let all?) = self, all.count == 1, case .map(let fields?) = all[0],
            fields.count == 2, case .bytes(let signature) = fields[1].val
        else { return nil }
        let bytes = Array(signature.bytes)
        let expected = SCVal.accountSignatures([AccountSignature(key: key, signature: bytes)])
        return bytes.count == 64 && self == expected ? bytes : nil
    }
}
