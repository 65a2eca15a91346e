import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

// What each step is as a call, signed by whom it takes.

extension PlatformRun {
    func call(_ step: PlatformStep, _ index: Int, _ model: PlatformModel) throws {
        let base = platform.base
        let amount = SCVal.int128(Int128(step.amount))
        switch step.action {
        case .wait:
            platform.world.advance(to: platform.world.ledger.timestamp + UInt64(step.amount))
        case .freeze: try platform.freeze(step.person)
        case .report: try report(step)
        case .suspend:
            let arguments = [PlatformWorld.code, SCVal.symbol("late")]
            try base.call(base.airline, "suspend", arguments, by: "admin")
        case .reinstate:
            try base.call(base.airline, "reinstate", [PlatformWorld.code], by: "admin")
        case .pause: try base.call(base.booking, "pause", [base["guardian"]], by: "guardian")
        case .halt:
            try base.call(platform.governance, "pause", [base["guardian"]], by: "guardian")
        case .deposit:
            try base.call(
                base.airline, "deposit_bond",
                [base["owner"], PlatformWorld.code, .address(base.token), amount], by: "owner",
                below: [base.payment(Int128(step.amount), from: "owner", to: base.airline)])
        case .announce:
            try base.call(
                base.airline, "request_bond_withdrawal",
                [PlatformWorld.code, .address(base.token), amount],
                by: WholePlatform.people[model.keeper])
        case .takeBond:
            try base.call(
                base.airline, "withdraw_bond", [PlatformWorld.code, .address(base.token)],
                by: WholePlatform.people[model.keeper])
        case .redeem, .fund, .send, .mint, .burn, .delegate: try callToken(step)
        case .approve, .sendFrom, .burnFrom: try callAllowance(step)
        case .offer, .accept, .redirect, .setFare, .close: try runAirline(step, model)
        case .propose, .vote, .queue, .execute, .cancelProposal: try decide(step)
        default: try callBooking(step, index, model)
        }
    }

    private func callBooking(_ step: PlatformStep, _ index: Int, _ model: PlatformModel) throws {
        let base = platform.base
        let name = WholePlatform.people[step.person]
        let id = SCVal.u64(step.subject)
        let hash = SCVal.bytes(UInt8(truncatingIfNeeded: index))
        let booking = Int(step.subject) - 1
        let isQuoted =
            model.bookings.indices.contains(booking) && model.bookings[booking].flight == nil
        let seller = isQuoted ? "seller" : "operator"
        func call(_ function: String, _ arguments: [SCVal], by name: String) throws {
            try base.call(base.booking, function, arguments, by: name)
        }
        switch step.action {
        case .book, .bookQuoted: try book(step, hash, by: name, model)
        case .ticket: try call("ticket", [base[seller], id, hash], by: seller)
        case .expire: try base.call(base.booking, "expire", [id])
        case .cancel: try call("cancel", [base[name], id, .u32(step.amount)], by: name)
        case .carrierCancel: try call("carrier_cancel", [base[seller], id], by: seller)
        case .refundCancelled: try base.call(base.booking, "refund_cancelled", [id])
        case .settle: try base.call(base.booking, "settle", [id])
        case .settleStale: try base.call(base.booking, "settle_stale", [id])
        case .dispute: try call("dispute", [base[name], id, hash], by: name)
        case .respond: try call("respond", [base[seller], id, hash], by: seller)
        case .resolve:
            try call("resolve", [base["arbiter"], id, .u32(step.amount)], by: "arbiter")
        case .resolveExpired: try base.call(base.booking, "resolve_expired", [id])
        case .withdraw:
            try call("withdraw", [base[name], .address(base.token), base[name]], by: name)
        default:
            let number = SCVal.u64(platform.world.bookings.number(step.subject))
            try base.call(base.refund, "claim_delay", [base[name], number], by: name)
        }
    }

    private func book(
        _ step: PlatformStep, _ hash: SCVal, by name: String, _ model: PlatformModel
    ) throws {
        let base = platform.base
        let price =
            step.action == .bookQuoted
            ? PlatformWorld.price : model.flights[Int(step.subject) - 1].price
        let amount = price * Int128(step.amount)
        let payment = base.payment(amount, from: name, to: base.booking)
        if step.action == .bookQuoted {
            let (quote, signature) = try platform.quote(step.subject, seats: step.amount)
            try base.call(
                base.booking, "book_quoted", [base[name], quote, signature], by: name,
                below: [payment])
        } else {
            try base.call(
                base.booking, "book",
                [
                    base[name], .u64(step.subject), .symbol("economy"), .u32(step.amount),
                    .int128(.max), hash,
                ], by: name, below: [payment])
        }
    }

    private func report(_ step: PlatformStep) throws {
        let base = platform.base
        let now = platform.world.ledger.timestamp
        let time = step.amount == 1 ? now + PlatformWorld.day : now
        let reporters = step.person == 0 ? ["operator"] : ["oracle1", "oracle2"]
        for name in reporters {
            try base.call(
                base.flights, "report",
                [base[name], .u64(step.subject), .u32(step.amount), .u64(time)], by: name)
        }
    }

    private func callToken(_ step: PlatformStep) throws {
        let base = platform.base
        let name = WholePlatform.people[step.person]
        let amount = SCVal.int128(Int128(step.amount))
        let receiver = platform.person(Int(step.subject) - 1)
        let token = platform.token
        switch step.action {
        case .redeem: try base.call(base.loyalty, "redeem", [base[name], amount], by: name)
        case .fund:
            let payment = InvokeContractArgs(
                contractAddress: token, functionName: "transfer",
                args: [base[name], .address(base.loyalty), amount])
            try base.call(
                base.loyalty, "fund", [base[name], amount], by: name, below: [payment])
        case .send: try base.call(token, "transfer", [base[name], receiver, amount], by: name)
        case .mint: try base.call(token, "mint", [base[name], amount], by: "admin")
        case .burn: try base.call(token, "burn", [base[name], amount], by: name)
        default: try base.call(token, "delegate", [base[name], receiver], by: name)
        }
    }

    private func decide(_ step: PlatformStep) throws {
        let base = platform.base
        let name = WholePlatform.people[step.person]
        let governance = platform.governance
        let id = SCVal.u32(UInt32(step.subject))
        switch step.action {
        case .propose:
            try base.call(
                governance, "propose",
                [base[name], .list([action(step.amount)]), .bytes(7)], by: name)
        case .vote:
            try base.call(governance, "vote", [base[name], id, .u32(step.amount)], by: name)
        case .queue: try base.call(governance, "queue", [id])
        case .execute: try base.call(governance, "execute", [id])
        default: try base.call(governance, "cancel", [base[name], id], by: name)
        }
    }

    private func action(_ number: UInt32) -> SCVal {
        let booking = platform.base.booking
        switch GovernanceModel.Decision(number) {
        case .fee(let fee):
            let settings = PlatformWorld.settings(platform.base["treasury"], fee: fee)
            return GovernanceWorld.action(booking, "set_settings", [settings])
        case .pause:
            return GovernanceWorld.action(booking, "pause", [.address(platform.governance)])
        case .unpause: return GovernanceWorld.action(booking, "unpause", [])
        }
    }
}
