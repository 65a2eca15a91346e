import Cryptography
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// What one may do about proposals, over HTTP: each answers with a transaction for who asks to
/// sign. Whether it may be done, the contract decides.
struct GovernanceActs: Sendable {
    let governance: GovernanceRepository
    let ids: GovernanceContracts
    let texts: ActionText
    let transactions: AccountTransactions

    /// How much may be said about a proposal, in bytes of UTF-8.
    static let descriptionBytesMax = 20_000
    /// How many actions the contract takes, how many arguments each may have, and how long all
    /// together may be, in bytes of XDR.
    static let (actionsMax, argumentsMax, bytesMax) = (10, 20, 32 * 1_024)

    private var contract: GovernanceContract { GovernanceContract(ids.governance) }

    /// What is served here.
    var routes: [ServedRoute] {
        [
            (.propose, propose), (.vote, vote), (.queueProposal, queue),
            (.executeProposal, execute), (.cancelProposal, cancel), (.delegateVotes, delegate),
        ]
    }

    /// `POST /api/v1/governance/proposals`
    func propose(_ request: HTTPRequest) async throws -> HTTPResponse {
        let wanted = try request.json(as: ProposeRequest.self)
        let signer = try AccountID(ofRequest: wanted.account)
        let text = Array(wanted.description.utf8)
        guard (1...Self.descriptionBytesMax).contains(text.count) else {
            throw ProblemCode.proposalMalformed.problem(
                "Say why in 1 to \(Self.descriptionBytesMax) bytes.")
        }
        let actions = try Self.actions(wanted.actions)
        let hash = Hash(fitting: SHA256.hash(text))
        let sentences = try actions.map { texts.sentence(try ProposalRow.Action($0)) }
        let offered = try await offer(
            contract.propose(
                proposer: .account(signer), actions: actions, descriptionHash: hash
            ).operation, .proposal, "governance.proposal", signer,
            ["Propose, in the name of \(signer), to do this if the holders agree:"] + sentences)
        try await governance.keep(
            description: wanted.description, hash: hash.description,
            at: transactions.now())
        return try answer(offered)
    }

    private static func actions(_ wanted: [ProposalActionRequest]) throws(Problem)
        -> [GovernanceContract.Action]
    {
        guard (1...actionsMax).contains(wanted.count) else {
            throw ProblemCode.proposalMalformed.problem("Propose 1 to \(actionsMax) actions.")
        }
        var (actions, bytes): ([GovernanceContract.Action], Int) = ([], 0)
        for (index, action) in wanted.enumerated() {
            bytes += action.arguments.reduce(0) { $0 + $1.utf8.count * 3 / 4 }
            guard let contract = try? SCAddress(parsing: action.contract),
                case .contract = contract,
                !action.function.isEmpty, action.function.utf8.count <= 32,
                action.function.utf8.allSatisfy(\.isOfSymbol),
                action.arguments.count <= argumentsMax, bytes <= bytesMax
            else {
                throw ProblemCode.proposalMalformed.problem(
                    "Action \(index): name a contract (C…), a function of up to 32 letters, digits "
                        + "and _, and at most \(argumentsMax) arguments, in all \(bytesMax) bytes.")
            }
            var arguments: [SCVal] = []
            for text in action.arguments {
                guard let value = try? SCVal(base64: text) else {
                    throw ProblemCode.proposalMalformed.problem(
                        "Action \(index): each argument is the XDR of an SCVal in base 64.")
                }
                arguments.append(value)
            }
            actions.append(
                GovernanceContract.Action(
                    args: arguments, contract: contract, function: SCSymbol(action.function)))
        }
        return actions
    }

    /// `POST /api/v1/governance/proposals/{id}/votes`
    func vote(_ request: HTTPRequest) async throws -> HTTPResponse {
        let id = try await governance.known(request).id
        let wanted = try request.json(as: VoteRequest.self)
        let signer = try SCAddress(ofRequest: wanted.account)
        let (number, words): (UInt32, String) =
            switch wanted.support {
            case .against: (0, "Vote against proposal \(id)")
            case .for: (1, "Vote for proposal \(id)")
            case .abstain: (2, "Abstain from proposal \(id)")
            }
        return try await transactions.answer(
            offering: .init(
                operation: contract.vote(voter: signer, id: id, support: number).operation,
                purpose: .vote, subject: "governance.\(id)", signer: signer,
                summary: [
                    "\(words), in the name of \(signer), with the votes it had when voting began. "
                        + "One votes once."
                ]), isSponsored: wanted.sponsored)
    }

    /// `POST /api/v1/governance/proposals/{id}/queue`
    func queue(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (id, signer) = try await proposal(request)
        return try answer(
            try await offer(
                contract.queue(id: id).operation, .queueing, "governance.\(id)", signer,
                ["Start the timelock of proposal \(id), which was accepted."]))
    }

    /// `POST /api/v1/governance/proposals/{id}/execution`
    func execute(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (id, signer) = try await proposal(request)
        let row = try await governance.known(request)
        return try answer(
            try await offer(
                contract.execute(id: id).operation, .execution, "governance.\(id)", signer,
                ["Do what proposal \(id) decided:"] + row.actions.map(texts.sentence)))
    }

    /// `POST /api/v1/governance/proposals/{id}/cancellation`
    func cancel(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (id, signer) = try await proposal(request)
        return try answer(
            try await offer(
                contract.cancel(caller: .account(signer), id: id).operation, .withdrawal,
                "governance.\(id)", signer, ["Withdraw proposal \(id). This cannot be undone."]))
    }

    /// `POST /api/v1/governance/accounts/{address}/delegation`
    func delegate(_ request: HTTPRequest) async throws -> HTTPResponse {
        let signer = try request.address()
        let wanted = try request.json(as: DelegationRequest.self)
        let delegatee = try SCAddress(ofRequest: wanted.delegatee)
        return try await transactions.answer(
            offering: .init(
                operation: TokenContract(ids.token).delegate(
                    account: signer, delegatee: delegatee
                ).operation, purpose: .delegation, subject: "governance.\(signer)",
                signer: signer,
                summary: [
                    "Let \(delegatee) vote with all that \(signer) holds, from now on and until you "
                        + "name somebody else. The tokens stay yours and can be moved."
                ]), isSponsored: wanted.sponsored)
    }

    private func proposal(_ request: HTTPRequest) async throws -> (UInt32, AccountID) {
        (
            try await governance.known(request).id,
            try AccountID(ofRequest: request.json(as: SignerRequest.self).account)
        )
    }

    private func offer(
        _ operation: StellarXDR.Operation, _ purpose: TransactionPurpose, _ subject: String,
        _ signer: AccountID, _ summary: [String]
    ) async throws -> UnsignedTransactionResponse {
        try await transactions.offer(
            operation, for: purpose, about: subject, by: signer, summary: summary)
    }

    private func answer(_ offered: UnsignedTransactionResponse) throws -> HTTPResponse {
        try .json(offered, status: .created, headers: ["Cache-Control": "no-store"])
    }
}

extension UInt8 {
    /// Letters, digits and `_`.
    fileprivate var isOfSymbol: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
