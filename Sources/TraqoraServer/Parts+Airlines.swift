import Travel

extension Parts {
    /// What those do who sell on the ledger.
    static func airlines(
        _ configuration: TraqoraServer.Configuration, _ contracts: RegistryContracts,
        _ access: AirlineAccess, bookings: BookingRepository, escrows: EscrowRepository,
        disputes: DisputeRepository,
        transactions: AccountTransactions, now: @escaping @Sendable () -> Instant
    ) -> [ServedRoute] {
        let door = AirlineDoor(
            access: access, airlines: AirlineRepository(database: bookings.database),
            contract: contracts.airline)
        let operate = OperateAirline(
            transactions: transactions, contracts: contracts,
            booking: configuration.bookingContract, token: configuration.settlementToken,
            tokenSymbol: configuration.tokenSymbol, now: now)
        let names = AirlineBookingRepository(
            database: bookings.database, cipher: bookings.cipher)
        return AirlineHandlers(door: door, operate: operate).routes
            + AirlineOwnerHandlers(door: door, operate: operate).routes
            + AirlineFlightHandlers(door: door, operate: operate).routes
            + AirlineBookingHandlers(
                door: door, operate: operate, bookings: names, rows: bookings, escrows: escrows,
                disputes: disputes,
                audit: access.identity.audit
            ).routes
    }
}
