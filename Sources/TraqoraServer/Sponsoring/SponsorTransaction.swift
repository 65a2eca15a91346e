import Database
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// Paying the network's fee for others: they sign an authorization of one call, and the platform
/// makes the transaction around it.
///
/// The call is built here, and taken from what was kept when the signature comes back; of what
/// comes back only the signature is used. So the platform signs nothing that it did not offer.
struct SponsorTransaction: Sendable {
    /// `nil` where the platform pays for nobody.
    let limits: Sponsoring?
    let sponsorships: SponsoringRepository
    let transactions: TransactionRepository
    let outbox: Outbox
    let escrow: EscrowContract
    /// The platform's account, which pays.
    let payer: AccountID
    /// Whoever makes the transactions.
    let worker: Bell
    let now: @Sendable () -> Instant
    let random: @Sendable (Int) -> [UInt8]

    /// What one is asked to authorize.
    struct Call: Sendable {
        var operation: StellarXDR.Operation
        var purpose: TransactionPurpose
        var subject: TransactionSubject
        /// Who authorizes: `G…` or `C…`.
        var signer: String
        /// What signing it does, without a word of fees.
        var summary: [String]
        var validUntil: Instant
    }

    /// What is kept of an authorization, and what is told of it.
    struct Offer: Sendable {
        var row: TransactionRow
        var response: UnsignedAuthorizationResponse
    }

    /// What else the network may take for asking a contract account: its code has to be read and
    /// run, which nothing tells before there is a signature.
    static let contractAccountStroops: UInt64 = 2_000_000

    /// The authorization to sign, simulated and kept.
    /// - Throws: as ``prepare(_:)`` does.
    func offer(_ call: Call) async throws -> UnsignedAuthorizationResponse {
        let offer = try await prepare(call)
        try await transactions.offer(offer.row, in: transactions.database)
        return offer.response
    }

    /// The authorization to sign, simulated. Nothing is kept.
    /// - Throws: `Problem`: `sponsoring.off`, `.limit_reached`, `.not_possible`, or what the ledger
    ///   says.
    func prepare(_ call: Call) async throws -> Offer {
        let limits = try limitsInForce(for: call.signer)
        let time = now()
        let simulated = try await simulate(call.operation, validUntil: call.validUntil)
        let signer = try SCAddress(parsing: call.signer)
        let fee = try Self.feeMax(of: simulated.transaction, by: signer, limits)
        try await within { [sponsorships] in
            try await sponsorships.check(call.signer, feeStroops: fee, at: time, limits)
        }
        let entry = try entry(
            of: signer, call.operation, simulated.simulation,
            until: simulated.simulation.latestLedger
                &+ limits.ledgers(in: time.seconds(until: call.validUntil)))
        let row = TransactionRow(
            hash: try entry.payload(until: entry.expirationLedger ?? 0, on: escrow.network)
                .description,
            subject: call.subject, signer: call.signer, form: .authorization,
            purpose: call.purpose, envelope: try entry.xdr(), feeStroopsMax: fee,
            summary: call.summary, expiresAt: call.validUntil, offeredAt: time)
        return Offer(row: row, response: try response(for: row, entry))
    }

    /// One that was offered and has not come back.
    func offerAgain(_ row: TransactionRow) async throws -> UnsignedAuthorizationResponse {
        let (limits, time) = (try limitsInForce(for: row.signer), now())
        try await within { [sponsorships] in
            try await sponsorships.check(
                row.signer, feeStroops: row.feeStroopsMax, at: time, limits)
        }
        return try response(for: row)
    }

    /// What is told of one that was kept.
    func response(for row: TransactionRow) throws -> UnsignedAuthorizationResponse {
        try response(for: row, SorobanAuthorizationEntry(xdr: row.envelope))
    }

    /// Takes back what was offered, signed, and has the transaction made and sent. The same again
    /// changes nothing.
    /// - Throws: `Problem`, as ``SignedAuthorization`` and ``offer(_:)`` do.
    func submit(_ signed: SignedAuthorization) async throws {
        let offered = signed.offered
        guard offered.status == nil else { return }
        let limits = try limitsInForce(for: offered.signer)
        let time = now()
        try offered.checkExpiry(at: time)
        // Enforcing: the signature is tried before anything is promised.
        let simulated = try await simulate(
            signed.operation, validUntil: offered.expiresAt, signer: offered.signer)
        guard simulated.transaction.fee <= offered.feeStroopsMax else {
            throw ProblemCode.sponsoringLimit.problem(
                "It would cost \(simulated.transaction.fee) stroops, which is more than the "
                    + "\(offered.feeStroopsMax) that were promised. Pay the network's fee yourself."
            )
        }
        let bytes = try signed.entry.xdr()
        try await within { [sponsorships, transactions, outbox] in
            try await transactions.database.transaction(isolation: .readCommitted) { scope in
                guard try await transactions.queue(offered.hash, signed: bytes, in: scope) else {
                    return
                }
                try await sponsorships.reserve(
                    offered.hash, for: offered.signer, feeStroops: offered.feeStroopsMax, at: time,
                    limits, in: scope)
                try await outbox.add(
                    offered.hash, topic: SponsorWorker.topic, payload: Array(offered.hash.utf8),
                    now: time.seconds, in: scope)
            }
        }
        worker.ring()
    }

    /// What a contract account cannot do.
    static let contractAccount = ProblemCode.contractAccount.problem(
        "Only accounts (G…) send transactions. Ask with `sponsored`, and authorize the call: the "
            + "platform then sends it.")

    private func limitsInForce(for signer: String) throws(Problem) -> Sponsoring {
        guard let limits else {
            guard signer.hasPrefix("G") else {
                throw ProblemCode.contractAccount.problem(
                    "Only accounts (G…) send transactions, and here the platform sends none for "
                        + "others. Let an account pay.")
            }
            throw ProblemCode.sponsoringOff.problem(
                "Pay the network's fee yourself: ask again without `sponsored`.")
        }
        return limits
    }

    private func within(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch SponsoringRepository.Reached.account {
            throw ProblemCode.sponsoringLimit.problem(
                "The account has had as much paid for it today as it may. Pay the network's fee "
                    + "yourself: ask again without `sponsored`.")
        } catch SponsoringRepository.Reached.budget {
            throw ProblemCode.sponsoringLimit.problem(
                "What is there for all of today is used up. Pay the network's fee yourself: ask "
                    + "again without `sponsored`.")
        }
    }

    private func simulate(
        _ operation: StellarXDR.Operation, validUntil: Instant, signer: String? = nil
    ) async throws -> (transaction: StellarXDR.Transaction, simulation: Simulation) {
        do {
            let account = try await escrow.rpc.account(payer)
            var builder = try TransactionBuilder(
                next: account, feePerOperationStroops: EscrowContract.inclusionFeeStroops)
            builder.validUntil = UInt64(max(0, validUntil.seconds))
            builder.operations = [operation]
            let transaction = try builder.build()
            let simulation = try await escrow.rpc.simulate(transaction)
            return (try transaction.assembled(with: simulation), simulation)
        } catch RPCError.simulationFailed(let failure)
            where signer != nil && failure.message.contains("Error(Auth,")
        {
            // An account's own signature was verified before; what a contract makes of one is known
            // now.
            throw ProblemCode.wrongSignature.problem(
                "\(signer ?? "") does not accept the signature. Nothing has happened.")
        } catch let error as RPCError {
            throw error.problem(for: nil)
        }
    }

    /// A half more than it would cost now: the signature has to be verified too, and the ledger
    /// changes.
    private static func feeMax(
        of transaction: StellarXDR.Transaction, by signer: SCAddress, _ limits: Sponsoring
    ) throws(Problem) -> UInt32 {
        var fee = UInt64(transaction.fee) * 3 / 2
        if case .contract = signer { fee += contractAccountStroops }
        guard fee <= UInt64(limits.feeStroopsMax) else {
            throw ProblemCode.sponsoringLimit.problem(
                "It may cost \(fee) stroops, which is more than is paid for one transaction. Pay "
                    + "the network's fee yourself: ask again without `sponsored`.")
        }
        return UInt32(fee)
    }

    /// What is signed: of this signer, of exactly this call, under a number of our own.
    private func entry(
        of signer: SCAddress, _ operation: StellarXDR.Operation, _ simulation: Simulation,
        until ledger: UInt32
    ) throws(Problem) -> SorobanAuthorizationEntry {
        guard case .invokeHostFunction(let body) = operation.body,
            case .invokeContract(let call) = body.hostFunction,
            simulation.authorization.count == 1, let needed = simulation.authorization.first,
            needed.address == signer, case .contractFn(let root) = needed.rootInvocation.function,
            root == call
        else {
            throw ProblemCode.sponsoringImpossible.problem(
                "Pay the network's fee yourself: ask again without `sponsored`.")
        }
        let nonce = random(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return SorobanAuthorizationEntry(
            credentials: .address(
                SorobanAddressCredentials(
                    address: signer, nonce: Int64(bitPattern: nonce),
                    signatureExpirationLedger: ledger, signature: .void)),
            rootInvocation: needed.rootInvocation)
    }

    private func response(for row: TransactionRow, _ entry: SorobanAuthorizationEntry) throws
        -> UnsignedAuthorizationResponse
    {
        let ledger = entry.expirationLedger ?? 0
        return UnsignedAuthorizationResponse(
            purpose: row.purpose, authorization: Base64.encode(row.envelope),
            preimage: Base64.encode(
                try entry.preimage(until: ledger, on: escrow.network).xdr()),
            hash: row.hash, signer: row.signer, network: escrow.network.passphrase,
            expirationLedger: ledger, expiresAt: row.expiresAt, summary: row.summary)
    }
}

extension SignedAuthorization {
    /// The call that was offered, with the signature.
    var operation: StellarXDR.Operation {
        get throws(Problem) {
            guard case .contractFn(let call) = entry.rootInvocation.function,
                case .contract(let contract) = call.contractAddress
            else { throw Problem.internalFault }
            return .invoke(contract, call.functionName, call.args, authorization: [entry])
        }
    }
}
