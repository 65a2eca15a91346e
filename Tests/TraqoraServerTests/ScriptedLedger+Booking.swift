import Stellar
import StellarXDR
import TraqoraContracts

/// What the contract would do: the four calls, as its README has them.
extension ScriptedLedger {
    private func call(in transaction: StellarXDR.Transaction) -> (String, [SCVal])? {
        guard transaction.operations.count == 1,
            case .invokeHostFunction(let operation) = transaction.operations[0].body,
            case .invokeContract(let call) = operation.hostFunction
        else { return nil }
        return (call.functionName.description, call.args)
    }

    /// What the host says to a call that the contract refuses.
    func refusal(of transaction: StellarXDR.Transaction) -> String? {
        guard let (name, arguments) = call(in: transaction) else { return "no call" }
        let source = transaction.sourceAccount.accountID
        let refuse = { (number: UInt32) in "HostError: Error(Contract, #\(number))" }
        switch name {
        case "book_quoted":
            guard let fields = fields(arguments[1]), case .u64(let nonce)? = fields["nonce"],
                case .i128(let price)? = fields["price"], case .u32(let seats)? = fields["seats"],
                case .u64(let expires)? = fields["expires"]
            else { return "bad quote" }
            if expires <= time { return refuse(413) }
            if bookings.values.contains(where: { $0.nonce == nonce }) { return refuse(414) }
            let tokens = accounts[source]?.tokens ?? 0
            return price.value * Int128(seats) > tokens ? refuse(103) : nil
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
        default: return "no such function"
        }
    }

    func result(of transaction: StellarXDR.Transaction) -> SCVal {
        guard let (name, arguments) = call(in: transaction) else { return .void }
        switch name {
        case "book_quoted": return .u64(UInt64(bookings.count + 1))
        case "refund_preview":
            guard let id = id(in: arguments), let booking = bookings[id] else { return .void }
            let (refund, penalty) = split(booking)
            return .fields([("refund", .int128(refund)), ("penalty", .int128(penalty))])
        default: return .void
        }
    }

    func apply(_ transaction: StellarXDR.Transaction, _ hash: Hash) {
        guard let (name, arguments) = call(in: transaction) else { return }
        let source = transaction.sourceAccount.accountID
        switch name {
        case "book_quoted":
            let id = UInt64(bookings.count + 1)
            let value = escrowed(arguments[1], by: source)
            guard let booking = try? EscrowedBooking(value) else { return }
            bookings[id] = booking
            accounts[source]?.tokens -= booking.seatPrice * Int128(booking.seats)
            tell(id, "paid", "booked", [.address(booking.seller)], value, hash)
        case "ticket":
            guard let id = id(in: arguments) else { return }
            tell(
                id, "ticketed", "ticketed", [], .fields([(SCSymbol("ticket_hash"), arguments[2])]),
                hash)
        case "expire":
            guard let id = id(in: arguments), let booking = bookings[id] else { return }
            let amount = booking.seatPrice * Int128(booking.seats)
            tell(
                id, "expired", "expired", [], .fields([(SCSymbol("refund"), .int128(amount))]), hash
            )
        case "cancel":
            guard let id = id(in: arguments), let booking = bookings[id] else { return }
            let (refund, penalty) = split(booking)
            accounts[source]?.tokens += refund
            tell(
                id, "cancelled", "cancelled", [],
                .fields([
                    ("fee", .int128(0)), ("penalty", .int128(penalty)),
                    ("refund", .int128(refund)), ("seats", .u32(booking.seats)),
                    ("seats_left", .u32(0)),
                ]), hash)
        default: return
        }
    }

    private var time: UInt64 { now() }

    private func split(_ booking: EscrowedBooking) -> (Int128, Int128) {
        let amount = booking.seatPrice * Int128(booking.seats)
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

    private func escrowed(_ quote: SCVal, by passenger: AccountID) -> SCVal {
        guard let fields = fields(quote), case .u64(let departs)? = fields["departs"] else {
            return .void
        }
        let deadline = min(time + Self.ticketWindow, departs)
        return .fields([
            ("arrives", fields["arrives"] ?? .void), ("booked_at", .u64(time)),
            ("carrier", fields["carrier"] ?? .void), ("departs", .u64(departs)),
            ("fee_bps", .u32(0)), ("flight_ref", fields["flight_ref"] ?? .void),
            ("nonce", fields["nonce"] ?? .void), ("passenger", .address(.account(passenger))),
            ("policy", fields["policy"] ?? .void), ("price", fields["price"] ?? .void),
            ("seats", fields["seats"] ?? .void), ("seller", fields["seller"] ?? .void),
            ("state", .u32(0)), ("ticket_deadline", .u64(deadline)), ("ticket_hash", .void),
            ("token", fields["token"] ?? .void),
        ])
    }

    private func id(in arguments: [SCVal]) -> UInt64? {
        for argument in arguments { if case .u64(let id) = argument { return id } }
        return nil
    }

    private func fields(_ value: SCVal) -> [String: SCVal]? {
        guard case .map(let entries?) = value else { return nil }
        return Dictionary(
            entries.compactMap { entry in
                guard case .symbol(let name) = entry.key else { return nil }
                return (name.description, entry.val)
            }, uniquingKeysWith: { first, _ in first })
    }
}
