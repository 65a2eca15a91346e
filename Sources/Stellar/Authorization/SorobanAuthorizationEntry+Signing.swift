internal import Cryptography
public import StellarXDR

/// Why an authorization cannot be signed.
public enum AuthorizationError: Error, Hashable, Sendable {
    /// The transaction's own signatures authorise it; there is nothing to sign.
    case signedWithTransaction
    /// It is another account's, or a contract's, to authorise.
    case notThisKey(address: SCAddress)
    /// A field exceeds its bound.
    case xdr(XDRError)
}

extension SorobanAuthorizationEntry {
    /// Who must authorise, `nil` if it is the transaction's source.
    public var address: SCAddress? { addressCredentials?.address }

    /// Until which ledger a signature holds; 0 before there is one.
    public var expirationLedger: UInt32? { addressCredentials?.signatureExpirationLedger }

    private var addressCredentials: SorobanAddressCredentials? {
        switch credentials {
        case .sourceAccount: nil
        case .address(let credentials), .addressV2(let credentials): credentials
        case .addressWithDelegates(let delegated): delegated.addressCredentials
        }
    }

    /// What is hashed and signed: the call tree, a number used once, and until when it holds.
    public func preimage(
        until expirationLedger: UInt32, on network: Network
    ) throws(AuthorizationError) -> HashIDPreimage {
        switch credentials {
        case .sourceAccount: throw .signedWithTransaction
        case .address(let credentials):
            return .sorobanAuthorization(
                HashIDPreimageSorobanAuthorization(
                    networkID: network.id, nonce: credentials.nonce,
                    signatureExpirationLedger: expirationLedger, invocation: rootInvocation))
        case .addressV2(let credentials):
            return boundPreimage(credentials, until: expirationLedger, on: network)
        case .addressWithDelegates(let delegated):
            return boundPreimage(
                delegated.addressCredentials, until: expirationLedger, on: network)
        }
    }

    /// The newer credentials name the address in what is signed.
    private func boundPreimage(
        _ credentials: SorobanAddressCredentials, until expirationLedger: UInt32,
        on network: Network
    ) -> HashIDPreimage {
        .sorobanAuthorizationWithAddress(
            HashIDPreimageSorobanAuthorizationWithAddress(
                networkID: network.id, nonce: credentials.nonce,
                signatureExpirationLedger: expirationLedger, address: credentials.address,
                invocation: rootInvocation))
    }

    /// The 32 bytes that are signed.
    public func payload(
        until expirationLedger: UInt32, on network: Network
    ) throws(AuthorizationError) -> Hash {
        let preimage = try preimage(until: expirationLedger, on: network)
        do { return try preimage.sha256() } catch { throw .xdr(error) }
    }

    /// The entry with a signature by `key`, that holds until `expirationLedger`.
    public func signed(
        by key: KeyPair, until expirationLedger: UInt32, on network: Network
    ) throws(AuthorizationError) -> SorobanAuthorizationEntry {
        guard let address else { throw .signedWithTransaction }
        guard address == .account(key.accountID) else { throw .notThisKey(address: address) }
        let payload = try payload(until: expirationLedger, on: network)
        let signature = AccountSignature(key: key.publicKey, signature: key.sign(payload.bytes))
        return with(.accountSignatures([signature]), until: expirationLedger)
    }

    /// The entry with a signature that was made elsewhere: by a wallet, or for a contract account
    /// whatever its `__check_auth` understands.
    public func with(
        _ signature: SCVal, until expirationLedger: UInt32
    ) -> SorobanAuthorizationEntry {
        var entry = self
        func signed(_ credentials: SorobanAddressCredentials) -> SorobanAddressCredentials {
            var credentials = credentials
            credentials.signatureExpirationLedger = expirationLedger
            credentials.signature = signature
            return credentials
        }
        switch credentials {
        case .sourceAccount: break
        case .address(let credentials): entry.credentials = .address(signed(credentials))
        case .addressV2(let credentials): entry.credentials = .addressV2(signed(credentials))
        case .addressWithDelegates(var delegated):
            delegated.addressCredentials = signed(delegated.addressCredentials)
            entry.credentials = .addressWithDelegates(delegated)
        }
        return entry
    }
}

/// One signature of an account, as its authorization carries it.
public struct AccountSignature: Hashable, Sendable {
    /// Whose.
    public var key: Uint256
    /// The 64 bytes.
    public var signature: [UInt8]

    /// A signature.
    public init(key: Uint256, signature: [UInt8]) {
        self.key = key
        self.signature = signature
    }
}

extension SCVal {
    /// The signatures of an account, in the order of their keys, as the host wants them.
    public static func accountSignatures(_ signatures: [AccountSignature]) -> SCVal {
        .vec(
            signatures.sorted { $0.key < $1.key }.map { signature in
                .map([
                    SCMapEntry(
                        key: .symbol("public_key"), val: .bytes(SCBytes(signature.key.bytes))),
                    SCMapEntry(
                        key: .symbol("signature"), val: .bytes(SCBytes(signature.signature))),
                ])
            })
    }
}
