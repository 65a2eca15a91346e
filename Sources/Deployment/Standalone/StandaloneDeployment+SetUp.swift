import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// What the contracts need to be of use: keys, people, airlines, fare rules, money.
extension StandaloneDeployment {
    /// How long before it begins to hold what delays pay is decided, in seconds: a ledger has to
    /// come in between.
    static let scheduleLeadSeconds: Int64 = 20

    func setUp() async throws {
        let admin = try roles.key(Roles.administrator)
        try await appoint(admin)
        try await price(admin)
        try await registerCarriers(admin)
        for airline in manifest.airlines { try await found(airline, admin) }
        try await publishRules()
        try await fillPool()
    }

    /// Who signs quotes, who decides disputes, who votes.
    private func appoint(_ admin: KeyPair) async throws {
        let booking = BookingContract(contracts.booking)
        try await sender.send(
            booking.setQuoteKey(
                seller: roles.address(Roles.operator),
                key: Hash(fitting: roles.key(Roles.quotes).publicKey.bytes)
            ).operation, by: admin)
        for arbiter in manifest.booking.arbiters {
            try await sender.send(
                booking.setArbiter(arbiter: roles.address(arbiter), enabled: true).operation,
                by: admin)
        }
        for holder in manifest.token.holders {
            let key = try roles.key(holder.role)
            let address = SCAddress.account(key.accountID)
            try await sender.send(
                TokenContract(contracts.token).delegate(account: address, delegatee: address)
                    .operation, by: key)
        }
    }

    /// What points and delays are worth.
    private func price(_ admin: KeyPair) async throws {
        let dollar = SCAddress.contract(contracts.dollar)
        try await sender.send(
            LoyaltyContract(contracts.loyalty)
                .setRate(token: dollar, rate: manifest.loyalty.pointsPerDollar).operation,
            by: admin)
        let refund = RefundContract(contracts.refund)
        let from = UInt64(max(0, now().seconds + Self.scheduleLeadSeconds))
        guard try await refund.schedule(token: dollar, time: from).read(from: rpc) == nil else {
            return
        }
        let table = RefundContract.Schedule(
            bands: manifest.delays.bands.map {
                RefundContract.Band(amount: $0.amount, minDelaySeconds: $0.late)
            }, from: from, noticeSeconds: manifest.delays.notice)
        try await sender.send(
            refund.setSchedule(admin: .account(admin.accountID), token: dollar, table: table)
                .operation, by: admin)
    }

    private func registerCarriers(_ admin: KeyPair) async throws {
        let owner = try roles.key(manifest.carrierOwner)
        for carrier in manifest.carriers {
            try await register(carrier.code, name: carrier.name, owner)
            try await approve(carrier.code, admin)
        }
    }

    private func register(_ code: AirlineCode, name: String, _ owner: KeyPair) async throws {
        let address = SCAddress.account(owner.accountID)
        let call = AirlineContract(contracts.airline)
            .register(
                owner: address, code: SCSymbol(code.text), name: name, payout: address,
                metadataHash: .zero)
        try await unless(.codeTaken) { try await sender.send(call.operation, by: owner) }
    }

    private func approve(_ code: AirlineCode, _ admin: KeyPair) async throws {
        let call = AirlineContract(contracts.airline).approve(code: SCSymbol(code.text))
        try await unless(.wrongStanding) { try await sender.send(call.operation, by: admin) }
    }

    /// Does `body`, unless the contract says that it has been done.
    private func unless(
        _ error: AirlineContract.AirlineError, _ body: () async throws -> RPCTransaction
    ) async throws {
        do {
            _ = try await body()
        } catch RPCError.simulationFailed(let failure)
            where failure.contractError == error.rawValue
        {
            return
        }
    }

    /// An airline that sells here: its people, and its bond.
    private func found(_ airline: DeploymentManifest.Airline, _ admin: KeyPair) async throws {
        let owner = try roles.key(airline.owner)
        let address = SCAddress.account(owner.accountID)
        let (code, contract) = (SCSymbol(airline.code.text), AirlineContract(contracts.airline))
        try await register(airline.code, name: airline.name, owner)
        try await approve(airline.code, admin)
        // The owner publishes; the platform's operator tickets what is sold over its API.
        for person in [address, try roles.address(Roles.operator)] {
            try await sender.send(
                contract.setOperator(code: code, operator: person, enabled: true).operation,
                by: owner)
        }
        let dollar = SCAddress.contract(contracts.dollar)
        let bond = try await contract.bond(code: code, token: dollar).read(from: rpc).amount
        guard bond == 0 else { return }
        try await sender.send(
            TokenContract(contracts.dollar).mint(to: address, amount: airline.bond).operation,
            by: admin)
        try await sender.send(
            contract.depositBond(from: address, code: code, token: dollar, amount: airline.bond)
                .operation, by: owner)
    }

    private func publishRules() async throws {
        let refund = RefundContract(contracts.refund)
        for (number, airline, rule) in manifest.numberedRules {
            let code = SCSymbol(airline.code.text)
            let wanted = RefundContract.PublishedPolicy(carrier: code, policy: rule.policy)
            do {
                let found = try await refund.policy(id: number).read(from: rpc)
                guard found == wanted else { throw StandaloneError.otherRule(number) }
            } catch RPCError.simulationFailed {
                let owner = try roles.key(airline.owner)
                let id = try await sender.call(
                    refund.publishPolicy(
                        operator: .account(owner.accountID), carrier: code, policy: rule.policy),
                    by: owner)
                guard id == number else { throw StandaloneError.otherRule(id) }
            }
        }
    }

    private func fillPool() async throws {
        let loyalty = LoyaltyContract(contracts.loyalty)
        guard try await loyalty.pool().read(from: rpc) == 0 else { return }
        let giver = try roles.key(manifest.loyalty.pool.role)
        try await sender.send(
            loyalty.fund(from: .account(giver.accountID), amount: manifest.loyalty.pool.amount)
                .operation, by: giver)
    }
}

extension DeploymentManifest {
    /// The fare rules with their numbers on the ledger: from 1 on, airline by airline.
    var numberedRules: [(number: UInt32, airline: Airline, rule: Rule)] {
        var numbered: [(number: UInt32, airline: Airline, rule: Rule)] = []
        for airline in airlines {
            for name in airline.rules {
                guard let rule = rules.first(where: { $0.name == name }) else { continue }
                numbered.append((UInt32(numbered.count + 1), airline, rule))
            }
        }
        return numbered
    }
}
