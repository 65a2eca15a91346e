import Cryptography
import Database
import Foundation
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

extension Identity {
    /// Gives an account something to sign, and remembers it.
    func challenge(
        account text: String, memo: UInt64?, clientDomain: String? = nil
    ) async throws -> (row: ChallengeRow, envelope: TransactionEnvelope) {
        let account = try Self.account(text, memo: memo)
        var client: WebAuthChallenge.ClientDomain?
        if let clientDomain { client = try await clientDomains.find(clientDomain) }
        let time = now()
        let challenge = WebAuthChallenge(
            account: account, memo: memo, homeDomain: configuration.homeDomain,
            webAuthDomain: configuration.webAuthDomain, client: client,
            nonce: random(WebAuthChallenge.nonceCount), now: UInt64(max(0, time.seconds)))
        let envelope = try challenge.envelope(signedBy: configuration.key, on: network)
        let id = name(16)
        let expires = Instant(seconds: Int64(challenge.validUntil))
        let row = ChallengeRow(
            id: id, subject: memo.map { "\(account):\($0)" } ?? "\(account)",
            account: account.accountID.description,
            message: message(for: account, memo: memo, id: id, expires: expires),
            transactionHash: try envelope.hash(on: network).description, expiresAt: expires)
        try await challenges.add(row, now: time)
        return (row, envelope)
    }

    /// Signs in with a signed transaction, SEP-10.
    /// - Throws: `Problem`.
    func signIn(transaction text: String, device: String) async throws -> SignInResponse {
        guard let envelope = try? TransactionEnvelope(base64: text) else {
            throw ProblemCode.signInMalformed.problem(
                "`transaction` must be the challenge with your signature, as XDR in base 64.")
        }
        let time = now()
        let challenge: WebAuthChallenge
        do {
            challenge = try rules.read(envelope, now: UInt64(max(0, time.seconds)))
        } catch {
            throw Self.refused(error)
        }
        let hash = try envelope.hash(on: network).description
        guard let row = try await challenges.find(transactionHash: hash, now: time) else {
            throw Self.unknownChallenge
        }
        let entry = try await entry(of: challenge.account.accountID)
        do throws(WebAuthError) {
            if let entry {
                try rules.verify(challenge, in: envelope, by: entry)
            } else {
                try rules.verifyMasterKey(of: challenge, in: envelope)
            }
        } catch {
            throw Self.refused(error)
        }
        return try await begin(row, device: device, clientDomain: challenge.client?.domain)
    }

    /// Signs in with a signed message, SEP-53: one key that alone has the weight a payment needs.
    /// - Throws: `Problem`.
    func signIn(
        id: String, signature text: String, signer: String?, device: String
    ) async throws -> SignInResponse {
        guard let row = try await challenges.find(id: id, now: now()) else {
            throw Self.unknownChallenge
        }
        let account = try AccountID(parsing: row.account)
        // 128 hexadecimal digits could be read as base 64 too, but no 64 bytes in base 64 as those.
        guard let key = signer == nil ? account : try? AccountID(parsing: signer ?? ""),
            let signature = Hex.decode(text) ?? Base64.decode(text), signature.count == 64
        else {
            throw ProblemCode.signInMalformed.problem(
                "`signature` must be 64 bytes in base 64 or hexadecimal digits, and `signer`, if it "
                    + "is there, the address of a key.")
        }
        guard key.verifiesMessage(signature, of: Array(row.message.utf8)) else {
            throw ProblemCode.signatureRefused.problem(
                "It is not the signature of this challenge's message by \(key).")
        }
        let entry = try await entry(of: account)
        let weight =
            entry.map { $0.signingKeys.first { $0.key == key }?.weight ?? 0 }
            ?? (key == account ? 1 : 0)
        guard weight >= max(1, entry?.mediumThreshold ?? 1) else {
            throw ProblemCode.signatureRefused.problem(
                "\(key) alone does not sign for this account: sign the transaction with as many "
                    + "signers as a payment needs.")
        }
        return try await begin(row, device: device)
    }

    private func begin(
        _ row: ChallengeRow, device: String, clientDomain: String? = nil
    ) async throws -> SignInResponse {
        let time = now()
        let session = SessionRow(
            id: name(16), subject: row.subject, device: String(device.prefix(100)),
            createdAt: time, expiresAt: time.adding(seconds: Self.sessionSeconds))
        let isOurs = try await database.transaction { transaction in
            guard try await challenges.use(row.id, now: time, in: transaction) else {
                return false
            }
            try await sessions.add(session, in: transaction)
            return true
        }
        guard isOurs else { throw Self.unknownChallenge }
        try await audit.add("auth.signed_in", by: row.subject, to: session.id, now: time)
        return try tokens(for: session, generation: 0, clientDomain: clientDomain)
    }

    /// A new pair of tokens for the newest refresh token. An older one that comes back was stolen,
    /// or the newer one was: nobody can tell, so the sign-in ends.
    /// - Throws: `Problem`.
    func refresh(_ token: String) async throws -> SignInResponse {
        let time = now()
        let refused = ProblemCode.refreshRefused.problem("Sign in again.")
        guard let claims = refreshing.claims(of: token, now: time.seconds),
            let generation = claims.generation,
            let session = try await sessions.find(claims.sid, now: time),
            session.subject == claims.sub
        else { throw refused }
        guard try await sessions.refresh(session.id, generation: generation, now: time) else {
            try await sessions.end(
                session.id, of: session.subject, because: "refresh token used again", now: time)
            try await audit.add(
                "auth.refresh_token_reused", by: session.subject, to: session.id, now: time)
            throw refused
        }
        return try tokens(for: session, generation: generation + 1)
    }

    private func tokens(
        for session: SessionRow, generation: Int64, clientDomain: String? = nil
    ) throws -> SignInResponse {
        let time = now().seconds
        let end = min(time + Self.accessSeconds, session.expiresAt.seconds)
        var claims = JSONWebToken.Claims(
            iss: configuration.publicURL, sub: session.subject, iat: time, exp: end,
            jti: name(16), sid: session.id, home_domain: configuration.homeDomain,
            client_domain: clientDomain)
        let accessToken = try access.token(of: claims)
        claims.jti = name(16)
        claims.exp = session.expiresAt.seconds
        claims.generation = generation
        return SignInResponse(
            accessToken: accessToken, refreshToken: try refreshing.token(of: claims),
            expiresIn: end - time, account: session.subject, sessionID: session.id)
    }

    /// The account as the ledger has it; `nil` if it does not exist.
    private func entry(of account: AccountID) async throws -> AccountEntry? {
        do throws(RPCError) {
            return try await rpc.account(account)
        } catch {
            if case .noAccount = error { return nil }
            throw ProblemCode.ledgerUnavailable.problem(
                "The signers of the account cannot be read now. Try again in a moment.")
        }
    }

    private func message(
        for account: MuxedAccount, memo: UInt64?, id: String, expires: Instant
    ) -> String {
        """
        \(configuration.homeDomain) asks you to sign in with your Stellar account
        \(account)\(memo.map { " (memo \($0))" } ?? "")

        This signature moves no money.

        Server: \(configuration.webAuthDomain)
        Network: \(network.passphrase)
        Challenge: \(id)
        Until: \(expires)
        """
    }

    private static func account(_ text: String, memo: UInt64?) throws(Problem) -> MuxedAccount {
        guard let account = try? MuxedAccount(parsing: text) else {
            if let address = try? SCAddress(parsing: text), address.isContract {
                throw ProblemCode.signInContract.problem(
                    "\(address) is a contract account (SEP-45), for which nobody signs in here. It "
                        + "may pay a booking and do all else that travellers do: the token that "
                        + "comes with each booking opens it.")
            }
            throw ProblemCode.signInAccount.problem(
                "`account` must be an address that begins with G or M.")
        }
        if case .muxedEd25519 = account, memo != nil {
            throw ProblemCode.signInAccount.problem("An M… address has its memo in it.")
        }
        return account
    }

    private static func refused(_ error: any Error) -> Problem {
        let reason = (error as? WebAuthError)?.description ?? "it cannot be read"
        return ProblemCode.signatureRefused.problem("The transaction is refused: \(reason).")
    }

    private static let unknownChallenge = ProblemCode.challengeUnknown.problem(
        "Ask for a new one: a challenge lives 15 minutes and is answered once.")
}
