import Stellar
import StellarXDR
import TraqoraContracts

@testable import TraqoraServer

/// What the contract would do in the calls that the server makes, as its README has them.
extension ScriptedLedger {
    /// Whether it is about another contract, which then lets everything be done.
    private func isElsewhere(_ transaction: StellarXDR.Transaction) -> Bool {
        guard case .invokeHostFunction(let operation)? = transaction.operations.first?.body,
            case .invokeContract(let call) = operation.hostFunction
        else { return false }
        return call.contractAddress != .contract(Self.contract)
    }

    func call(in transaction: StellarXDR.Transaction) -> (String, [SCVal])? {
        guard transaction.operations.count == 1,
            case .invokeHostFunction(let operation) = transaction.operations[0].body,
            case .invokeContract(let call) = operation.hostFunction
        else { return nil }
        return (call.functionName.description, call.args)
    }

    /// What the host says to a call that the contract refuses.
    func refusal(of transaction: StellarXDR.Transaction) -> String? {
        guard let (name, arguments) = call(in: transaction) else { return "no call" }
        guard !isElsewhere(transaction) else { return nil }
        let source = passenger(of: transaction)
        let refuse = { (number: UInt32) in "HostError: Error(Contract, #\(number))" }
        switch name {
        case "book_quoted":
            guard let quote = try? BookingContract.Quote(scVal: arguments[1]) else {
                return "bad quote"
            }
            if quote.expires <= time { return refuse(413) }
            if bookings.values.contains(where: { $0.nonce == quote.nonce }) { return refuse(414) }
            let tokens = source.isContract ? .max : account(source)?.tokens ?? 0
            return quote.price * Int128(quote.seats) > tokens ? refuse(103) : nil
        case "booking":
            return id(in: arguments).flatMap { bookings[$0] } == nil ? refuse(400) : nil
        case "ticket", "expire", "cancel", "refund_preview":
            guard let id = id(in: arguments), let booking = bookings[id] else {
                return refuse(400)
            }
            let state = states[id] ?? ""
            let isOpen =
                name == "cancel" || name == "refund_preview"
                ? ["paid", "ticketed"].contains(state) : state == "paid"
            guard isOpen else { return refuse(403) }
            if name == "ticket" && time >= booking.ticketDeadline { return refuse(405) }
            if name == "expire" && time < booking.ticketDeadline { return refuse(406) }
            if name == "cancel" && time >= booking.departs { return refuse(404) }
            return nil
        case "settle_stale":
            guard let id = id(in: arguments), let booking = bookings[id] else {
                return refuse(400)
            }
            guard states[id] == "ticketed" else { return refuse(403) }
            return time < booking.staleAt ? refuse(423) : nil
        case "dispute":
            guard let id = id(in: arguments), let booking = bookings[id] else {
                return refuse(400)
            }
            guard states[id] == "ticketed" else { return refuse(403) }
            return time < booking.staleAt ? nil : refuse(405)
        case "carrier_cancel":
            // Bookings that tests wrote into the database are unknown here.
            guard let id = id(in: arguments), let booking = bookings[id] else { return nil }
            guard ["paid", "ticketed"].contains(states[id] ?? "") else { return refuse(403) }
            return time < booking.departs ? nil : refuse(404)
        case "withdraw", "claim_delay", "is_operator", "admin", "paused", "version", "balance",
            "airline", "bond", "flight", "status", "set_operator", "publish_policy", "publish",
            "set_fare", "close", "report", "respond", "redeem", "vote", "delegate", "set_payout",
            "propose_owner", "accept_owner", "deposit_bond", "request_bond_withdrawal",
            "withdraw_bond":
            return nil
        case "extend":
            return ids(in: arguments).allSatisfy { bookings[$0] != nil } ? nil : refuse(400)
        default: return "no such function"
        }
    }

    func result(of transaction: StellarXDR.Transaction) -> SCVal {
        guard let (name, arguments) = call(in: transaction) else { return .void }
        switch name {
        case "claim_delay": return Self.compensation.scVal
        case "paused": return .bool(false)
        case "is_operator":
            guard case .address(.account(let account))? = arguments.last else { return .void }
            return .bool(operators.contains(account))
        case "airline":
            let account = SCAddress.account(owner ?? .ed25519(Uint256(fitting: [4])))
            return AirlineContract.Airline(
                metadataHash: .zero, name: "Traqora Air", owner: account, payout: account,
                proposedOwner: heir.map { .account($0) }, standing: .active
            ).scVal
        case "bond":
            guard case .address(let token)? = arguments.last else { return .void }
            return (bonds[token] ?? .init(amount: 0, availableAt: 0, requested: 0)).scVal
        case "flight": return id(in: arguments).flatMap { flights[$0]?.scVal } ?? .void
        case "status":
            guard let flight = id(in: arguments).flatMap({ flights[$0] }) else { return .void }
            return FlightRegistryContract.StatusView(
                confirmed: false, status: .scheduled, time: flight.arrives
            ).scVal
        case "admin": return .address(.contract(Self.contract))
        case "version": return .u32(1)
        case "balance": return Int128(70_000_000).scVal
        case "book_quoted": return .u64(UInt64(bookings.count + 1))
        case "booking":
            guard let id = id(in: arguments), var booking = bookings[id] else { return .void }
            if states[id] != "paid" { booking.state = .ticketed }
            return booking.scVal
        case "refund_preview":
            guard let id = id(in: arguments), let booking = bookings[id] else { return .void }
            let (refund, penalty) = split(booking)
            return BookingContract.Refund(penalty: penalty, refund: refund).scVal
        default: return .void
        }
    }

    func apply(_ transaction: StellarXDR.Transaction, _ hash: Hash) {
        guard let (name, arguments) = call(in: transaction) else { return }
        let source = passenger(of: transaction)
        switch name {
        case "book_quoted":
            let id = UInt64(bookings.count + 1)
            guard let booking = escrowed(arguments[1], by: source) else { return }
            bookings[id] = booking
            change(source, by: -booking.price * Int128(booking.seats))
            tell(id, "paid", "booked", [.address(booking.seller)], booking.scVal, hash)
        case "ticket":
            guard let id = id(in: arguments) else { return }
            tell(
                id, "ticketed", "ticketed", [], .structure(["ticket_hash": arguments[2]]),
                hash)
        case "expire":
            guard let id = id(in: arguments), let booking = bookings[id] else { return }
            let amount = booking.price * Int128(booking.seats)
            tell(
                id, "expired", "expired", [], .structure(["refund": amount.scVal]), hash
            )
        case "settle_stale":
            guard let id = id(in: arguments), let booking = bookings[id] else { return }
            let amount = booking.price * Int128(booking.seats)
            tell(
                id, "settled", "settled", [],
                .structure(["fee": Int128(0).scVal, "seller": amount.scVal]), hash)
        case "dispute":
            guard let id = id(in: arguments) else { return }
            evidence[id] = try? arguments[2].decode()
            tell(
                id, "disputed", "disputed", [],
                .structure(["evidence": arguments[2], "resolve_by": .u64(time + 86_400)]), hash)
        case "carrier_cancel":
            guard let id = id(in: arguments), let booking = bookings[id] else { return }
            let amount = booking.price * Int128(booking.seats)
            tell(
                id, "refunded", "refunded", [], .structure(["refund": amount.scVal]), hash)
        case "extend":
            for id in ids(in: arguments) { extensions[id, default: 0] += 1 }
        case "cancel":
            guard let id = id(in: arguments), let booking = bookings[id] else { return }
            let (refund, penalty) = split(booking)
            change(source, by: refund)
            tellCancelled(id, refund: refund, penalty: penalty, hash)
        default: return
        }
    }

    private var time: UInt64 { now() }

    private func account(_ address: SCAddress) -> Account? {
        guard case .account(let id) = address else { return nil }
        return accounts[id]
    }

    private func change(_ address: SCAddress, by tokens: Int128) {
        guard case .account(let id) = address else { return }
        accounts[id]?.tokens += tokens
    }

    /// The passenger of a booking cancels it past the API.
    func cancel(_ id: UInt64) {
        guard let booking = bookings[id] else { return }
        sequence += 1
        let (refund, penalty) = split(booking)
        tellCancelled(id, refund: refund, penalty: penalty, Hash(fitting: [0xca]))
    }

    private func tellCancelled(_ id: UInt64, refund: Int128, penalty: Int128, _ hash: Hash) {
        guard let booking = bookings[id] else { return }
        tell(
            id, "cancelled", "cancelled", [],
            .structure([
                "fee": Int128(0).scVal, "penalty": penalty.scVal, "refund": refund.scVal,
                "seats": .u32(booking.seats), "seats_left": .u32(0),
            ]), hash)
    }

    private func split(_ booking: BookingContract.Booking) -> (Int128, Int128) {
        let amount = booking.price * Int128(booking.seats)
        return (amount * 8 / 10, amount - amount * 8 / 10)
    }

    private func tell(
        _ id: UInt64, _ state: String, _ name: SCSymbol, _ more: [SCVal], _ value: SCVal,
        _ hash: Hash
    ) {
        guard let passenger = bookings[id]?.passenger else { return }
        states[id] = state
        events.append(
            Event(
                ledger: sequence, hash: hash,
                topics: [.symbol(name), .u64(id), .address(passenger)] + more, value: value))
    }

    func escrowed(_ value: SCVal, by passenger: SCAddress) -> BookingContract.Booking? {
        guard let quote = try? BookingContract.Quote(scVal: value) else { return nil }
        return BookingContract.Booking(
            arrives: quote.arrives, bookedAt: time, cabin: nil, carrier: quote.carrier,
            departs: quote.departs, disputeWindow: 0, feeBps: 0, flight: nil,
            flightRef: quote.flightRef, nonce: quote.nonce, passenger: passenger,
            policy: quote.policy, price: quote.price, resolveBy: 0, resolveWindow: 0,
            responded: false, seats: quote.seats, seller: quote.seller,
            staleAt: quote.arrives + 10 * 86_400,
            state: .paid, ticketDeadline: min(time + Self.ticketWindow, quote.departs),
            ticketHash: nil,
            token: quote.token)
    }

    private func ids(in arguments: [SCVal]) -> [UInt64] {
        (try? arguments.first?.decode()) ?? []
    }

    private func id(in arguments: [SCVal]) -> UInt64? {
        for argument in arguments { if case .u64(let id) = argument { return id } }
        return nil
    }
}
