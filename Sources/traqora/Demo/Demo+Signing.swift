import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// What the traveller signs, and looks at before.
extension Demo {
    /// Shows what will be signed, checks that it is what it claims, and signs it.
    func sign(
        _ offered: UnsignedTransactionResponse, isQuiet: Bool = false
    ) async throws -> String {
        if !isQuiet { show(offered.purpose, offered.summary) }
        let network = try await network(offered.network)
        var envelope = try TransactionEnvelope(base64: offered.transaction)
        try check(
            envelope.hash(on: network).description == offered.hash,
            "the transaction is not the one whose hash was shown")
        try envelope.sign(with: key, on: network)
        if !isQuiet { say("Signed \(offered.hash).\n") }
        return try envelope.base64()
    }

    /// The same with an authorization, for which the platform makes the transaction.
    func sign(_ offered: UnsignedAuthorizationResponse, isQuiet: Bool = false) async throws
        -> String
    {
        if !isQuiet { show(offered.purpose, offered.summary) }
        let network = try await network(offered.network)
        let entry = try SorobanAuthorizationEntry(base64: offered.authorization)
        let payload = try entry.payload(until: offered.expirationLedger, on: network)
        try check(
            payload.description == offered.hash && entry.address == .account(key.accountID),
            "the authorization is not the one whose hash was shown, or not mine")
        let signed = try entry.signed(by: key, until: offered.expirationLedger, on: network)
        if !isQuiet {
            say(
                "Signed \(offered.hash), which holds until ledger "
                    + "\(offered.expirationLedger).\n")
        }
        return try signed.base64()
    }

    /// That not one stroop was spent, if none was to be.
    func showLumens() async throws {
        guard isSponsored else { return }
        let left = try await rpc.account(key.accountID).balance
        try check(left == lumens, "I had \(lumens) stroops and have \(left)")
        say(
            "I still have \(TokenAmount(baseUnits: left).shortText) XLM: the platform paid the "
                + "network.")
    }

    private func show(_ purpose: TransactionPurpose, _ summary: [String]) {
        say("To be signed (\(purpose.rawValue)):")
        for sentence in summary { say("  • \(sentence)") }
    }

    private func network(_ passphrase: String) async throws -> Network {
        let ledger = try await rpc.network()
        try check(
            ledger.passphrase == passphrase,
            "that is for the network “\(passphrase)”, not for this one")
        return Network(passphrase: passphrase)
    }
}
