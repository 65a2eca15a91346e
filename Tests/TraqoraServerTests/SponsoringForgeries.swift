import Cryptography
import Foundation
import Stellar
import StellarXDR
import TraqoraAPI

@testable import TraqoraServer

extension SponsoringTests {
    /// What comes back in place of what was offered.
    func forged(
        _ forgery: Forgery, _ offered: UnsignedAuthorizationResponse, _ world: TestWorld
    ) async throws -> SigningRequest {
        let good = try sign(offered, by: world.traveller)
        var entry = try SorobanAuthorizationEntry(base64: offered.authorization)
        let key = world.traveller
        let until = offered.expirationLedger
        func signed(_ entry: SorobanAuthorizationEntry, until: UInt32) throws -> SigningRequest {
            SigningRequest(
                authorization: try entry.signed(
                    by: key, until: until, on: ScriptedLedger.network
                ).base64())
        }
        switch forgery {
        case .notBase64: return SigningRequest(authorization: "not base 64!")
        case .notXDR:
            return SigningRequest(authorization: Data("no XDR".utf8).base64EncodedString())
        case .both: return SigningRequest(authorization: good, signature: "AAAA")
        case .unsigned: return SigningRequest(authorization: offered.authorization)
        case .otherNetwork:
            return SigningRequest(authorization: try sign(offered, by: key, on: .testnet))
        case .otherKey:
            let other = try KeyPair.random()
            let payload = try entry.payload(until: until, on: ScriptedLedger.network)
            let signature = AccountSignature(
                key: other.publicKey, signature: other.sign(payload.bytes))
            return SigningRequest(
                authorization: try entry.with(.accountSignatures([signature]), until: until)
                    .base64())
        case .twoSignatures:
            let payload = try entry.payload(until: until, on: ScriptedLedger.network)
            let signatures = try [key, KeyPair.random()].map {
                AccountSignature(key: $0.publicKey, signature: $0.sign(payload.bytes))
            }
            return SigningRequest(
                authorization: try entry.with(.accountSignatures(signatures), until: until)
                    .base64())
        case .longerLife: return try signed(entry, until: until + 1)
        case .otherBooking:
            let other = try await world.book("FRA", "MAD")
            return SigningRequest(
                authorization: try await sign(offer(world, other), by: key))
        case .sourceAccount:
            entry.credentials = .sourceAccount
            return SigningRequest(authorization: try entry.base64())
        case .otherNonce:
            guard case .address(var credentials) = entry.credentials else { break }
            credentials.nonce &+= 1
            entry.credentials = .address(credentials)
        case .otherArgument:
            guard case .contractFn(var call) = entry.rootInvocation.function else { break }
            call.functionName = "book"
            entry.rootInvocation.function = .contractFn(call)
        case .moreCalls:
            entry.rootInvocation.subInvocations.append(entry.rootInvocation)
        }
        return try signed(entry, until: until)
    }
}
