import SorobanHost
import StellarXDR

extension PlatformRun {
    /// Whose the airline is, and what it sells.
    func runAirline(_ step: PlatformStep, _ model: PlatformModel) throws {
        let base = platform.base
        let code = PlatformWorld.code
        let owner = WholePlatform.people[model.keeper]
        let person = platform.person(step.person)
        switch step.action {
        case .offer: try base.call(base.airline, "propose_owner", [code, person], by: owner)
        case .accept:
            // Without an offer nobody's signature is asked for.
            let heir = WholePlatform.people[model.heir ?? 0]
            try base.call(base.airline, "accept_owner", [code], by: heir)
        case .redirect: try base.call(base.airline, "set_payout", [code, person], by: owner)
        case .setFare:
            let fare = PlatformModel.FareChange(step.amount)
            try base.call(
                base.flights, "set_fare",
                [
                    base["operator"], .u64(step.subject), .symbol("economy"), .int128(fare.price),
                    .u32(UInt32(fare.seats)),
                ], by: "operator")
        default:
            try base.call(
                base.flights, "close", [base["operator"], .u64(step.subject)], by: "operator")
        }
    }

    /// What somebody may take of another's tokens, and takes.
    func callAllowance(_ step: PlatformStep) throws {
        let base = platform.base
        let names = WholePlatform.people
        let amount = SCVal.int128(Int128(step.amount))
        let giver = names[TokenModel.giver(to: step.person)]
        let spender = names[TokenModel.spender(of: step.person)]
        let name = names[step.person]
        switch step.action {
        case .approve:
            let until = platform.world.ledger.sequence + TokenModel.life(step.subject)
            try base.call(
                platform.token, "approve", [base[name], base[spender], amount, .u32(until)],
                by: name)
        case .sendFrom:
            let receiver = platform.person(Int(step.subject) - 1)
            try base.call(
                platform.token, "transfer_from", [base[name], base[giver], receiver, amount],
                by: name)
        default:
            try base.call(
                platform.token, "burn_from", [base[name], base[giver], amount], by: name)
        }
    }
}
