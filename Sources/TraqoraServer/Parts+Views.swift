import Database
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// What is read of the ledger, and what accounts do there beside booking.
extension Parts {
    static func views(
        _ configuration: TraqoraServer.Configuration, _ database: Database,
        _ transactions: AccountTransactions, now: @escaping @Sendable () -> Instant
    ) -> [ServedRoute] {
        var routes = TransactionHandlers(transactions: transactions).routes
        if let ids = configuration.registry {
            routes +=
                RefundHandlers(
                    refunds: RefundRepository(database: database),
                    booking: configuration.bookingContract, refund: ids.refund,
                    token: configuration.settlementToken, transactions: transactions, now: now
                ).routes
        }
        if let contract = configuration.loyalty {
            routes +=
                LoyaltyHandlers(
                    loyalty: LoyaltyRepository(database: database), contract: contract,
                    transactions: transactions, now: now
                ).routes
        }
        if let ids = configuration.governance {
            let governance = GovernanceRepository(database: database)
            let texts = ActionText(contracts: configuration.namedContracts)
            routes +=
                GovernanceHandlers(
                    governance: governance, holdings: HoldingRepository(database: database),
                    texts: texts, now: now
                ).routes
            routes +=
                GovernanceActs(
                    governance: governance, ids: ids, texts: texts, transactions: transactions
                ).routes
        }
        return routes
    }
}

extension TraqoraServer.Configuration {
    /// The contracts that have a name here, by address.
    fileprivate var namedContracts: [String: ContractCode] {
        let known: [(ContractID?, ContractCode)] = [
            (settlementToken, .token), (governance?.token, .token), (bookingContract, .booking),
            (registry?.airline, .airline), (registry?.flights, .flightRegistry),
            (registry?.refund, .refund), (loyalty, .loyalty),
            (governance?.governance, .governance),
        ]
        var names: [String: ContractCode] = [:]
        for (id, code) in known {
            if let id { names[SCAddress.contract(id).description] = code }
        }
        return names
    }
}
