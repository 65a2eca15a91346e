import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// What the owner of an airline decides: where its money goes, who owns it, and its bond.
extension OperateAirline {
    private var airline: AirlineContract { AirlineContract(contracts.airline) }

    /// Says where the airline's money goes.
    func setPayout(_ wanted: SetPayoutRequest, by owner: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        let payout = try SCAddress(ofRequest: wanted.address)
        return try await transactions.offer(
            airline.setPayout(code: owner.symbol, payout: payout).operation,
            for: .setPayout, about: "airline.\(owner.code)", by: owner.account,
            summary: [
                "Pay what \(owner.code) earns, and what it withdraws from its bond, to \(payout) "
                    + "from now on.",
                "Bookings that were paid before go to where they were to go then.",
            ])
    }

    /// Offers the airline to somebody.
    func proposeOwner(_ wanted: ProposeOwnerRequest, by owner: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        let heir = try SCAddress(ofRequest: wanted.account)
        return try await transactions.offer(
            airline.proposeOwner(code: owner.symbol, newOwner: heir).operation,
            for: .proposeOwner, about: "airline.\(owner.code)", by: owner.account,
            summary: [
                "Let \(heir) take over \(owner.code). It stays yours until they do; to take the "
                    + "offer back, offer it to yourself."
            ])
    }

    /// Takes over an airline that was offered.
    func acceptOwner(by heir: AirlineDoor.Member) async throws -> UnsignedTransactionResponse {
        try await transactions.offer(
            airline.acceptOwner(code: heir.symbol).operation, for: .acceptOwner,
            about: "airline.\(heir.code)", by: heir.account,
            summary: [
                "Take over \(heir.code). Who acts for it and where its money goes stays as it is "
                    + "until you change it."
            ])
    }

    /// Adds to the bond, from whoever signs.
    func deposit(_ wanted: BondRequest, by member: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        let token = try bondToken(wanted.token)
        return try await transactions.offer(
            airline.depositBond(
                from: member.address, code: member.symbol, token: token,
                amount: Int128(wanted.amount.baseUnits)
            ).operation,
            for: .bondDeposit, about: "airline.\(member.code)", by: member.account,
            summary: [
                "Pay \(words(wanted.amount, token)) from \(member.account) into the bond of "
                    + "\(member.code). Passengers whose flights are late are paid from it; the "
                    + "owner alone may withdraw the rest, to the airline's payout address."
            ])
    }

    /// Announces a withdrawal from the bond.
    func requestWithdrawal(_ wanted: BondRequest, by owner: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        let token = try bondToken(wanted.token)
        return try await transactions.offer(
            airline.requestBondWithdrawal(
                code: owner.symbol, token: token, amount: Int128(wanted.amount.baseUnits)
            ).operation,
            for: .bondWithdrawalRequest, about: "airline.\(owner.code)", by: owner.account,
            summary: [
                "Announce that \(words(wanted.amount, token)) shall leave the bond of "
                    + "\(owner.code), in place of what was announced before. Until it is withdrawn "
                    + "passengers may still be paid from it."
            ])
    }

    /// Withdraws what was announced.
    func withdraw(_ wanted: BondWithdrawalRequest, by owner: AirlineDoor.Member) async throws
        -> UnsignedTransactionResponse
    {
        let token = try bondToken(wanted.token)
        return try await transactions.offer(
            airline.withdrawBond(code: owner.symbol, token: token).operation,
            for: .bondWithdrawal, about: "airline.\(owner.code)", by: owner.account,
            summary: [
                "Withdraw what was announced of the bond of \(owner.code), in \(symbol(token)), to "
                    + "the airline's payout address."
            ])
    }

    private func bondToken(_ text: String?) throws -> SCAddress {
        guard let text else { return .contract(token) }
        let address = try SCAddress(ofRequest: text)
        guard address.isContract else {
            throw ProblemCode.malformedAccount.problem("Name a token by its contract, `C…`.")
        }
        return address
    }

    private func symbol(_ address: SCAddress) -> String {
        address == .contract(token) ? tokenSymbol : "the token \(address)"
    }

    private func words(_ amount: TokenAmount, _ token: SCAddress) -> String {
        "\(amount.shortText) \(token == .contract(self.token) ? "" : "of ")\(symbol(token))"
    }
}
