import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

@testable import TraqoraServer

/// What the ledger says beside bookings, and what accounts do there.
extension GoodAnswers {
    mutating func act() async throws {
        let (account, database) = (world.traveller.address, world.database)
        for statement: SQL in [
            """
            INSERT INTO loyalty_terms (id, tiers, redemption)
            VALUES (1, '[{"number":0,"min_points":0,"multiplier_bps":10000}]', 100000)
            """,
            "INSERT INTO loyalty_accounts (address, debt) VALUES (\(account), -500)",
            """
            INSERT INTO escrow_credits (address, token, amount)
            VALUES (\(account), \(SCAddress.contract(Hash(fitting: [9])).description), 70)
            """,
            """
            INSERT INTO governance_terms (id, settings)
            VALUES (1, '{"delay":60,"grace":86400,"period":3600,"quorumBps":2000,
                "threshold":"1.0000000","timelock":3600}')
            """,
            """
            INSERT INTO governance_proposals (id, proposer, actions, description_hash, begins_at,
                ends_at, grace, timelock, quorum_bps, threshold, support, against, abstain,
                is_cancelled, is_executed, proposed_at)
            VALUES (1, \(account), '[]', 'ab', 1, 2, 3, 4, 5, 6, 7, 8, 9, \(false), \(false), 10)
            """,
        ] {
            try await database.execute(statement)
        }
        let offered = try await ask(
            .redeemPoints, ["address": account], RedemptionRequest(points: 500)
        ).json(as: UnsignedTransactionResponse.self)
        try await ask(
            .submitTransaction, [:],
            SignedTransactionRequest(transaction: try world.sign(offered)))
        try await ask(.readTransaction, ["hash": offered.hash])
        try await ask(
            .redeemPoints, ["address": account], RedemptionRequest(points: 1, sponsored: true))
        try await ask(.loyaltyAccount, ["address": account])
        try await ask(.loyaltyTerms)
        try await ask(.carrierRefunds, ["code": "TQ"])
        try await ask(.accountRefunds, ["address": account])
        let token = SCAddress.contract(Hash(fitting: [9])).description
        for sponsored in [nil, true] {
            try await ask(
                .claimRefund, ["address": account],
                ClaimRequest(escrowID: 1, sponsored: sponsored))
            try await ask(
                .withdrawCredit, ["address": account],
                WithdrawalRequest(token: token, sponsored: sponsored))
        }
        try await decide(account)
    }

    private mutating func decide(_ account: String) async throws {
        try await ask(.proposals, query: "?limit=5&before=9")
        try await ask(.proposal, ["id": "1"])
        try await ask(.governanceTerms)
        try await ask(.votingPower, ["address": account])
        let action = ProposalActionRequest(
            contract: SCAddress.contract(Hash(fitting: [4])).description, function: "set_tiers",
            arguments: [try SCVal.vec([]).base64()])
        try await ask(
            .propose, [:],
            ProposeRequest(account: account, actions: [action], description: "Fewer tiers."))
        for sponsored in [nil, true] {
            try await ask(
                .vote, ["id": "1"],
                VoteRequest(account: account, support: .for, sponsored: sponsored))
            try await ask(
                .delegateVotes, ["address": account],
                DelegationRequest(delegatee: account, sponsored: sponsored))
        }
        for route: Route in [.queueProposal, .executeProposal, .cancelProposal] {
            try await ask(route, ["id": "1"], SignerRequest(account: account))
        }
    }
}
