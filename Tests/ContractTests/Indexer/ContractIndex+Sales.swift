import Stellar
import StellarXDR

// Airlines, flights and bookings.

extension ContractIndex {
    mutating func applyAirline(_ name: SCSymbol, _ topics: [SCVal], _ data: SCVal) -> Bool {
        let code = topics[0]
        func field(_ name: String) -> SCVal { data[name] ?? .void }
        switch name {
        case "registered": keep(data, "airlines", code)
        case "standing": change("airlines", code, fields: ["standing": field("standing")])
        case "operator":
            keep(data == .bool(true) ? data : nil, "operators", code, topics[1])
        case "payout": change("airlines", code, fields: ["payout": data])
        case "owner_proposed": change("airlines", code, fields: ["proposed_owner": topics[1]])
        case "owner":
            change("airlines", code, fields: ["owner": topics[1], "proposed_owner": .void])
        case "deposited": changeBond(topics, by: field("amount"))
        case "requested":
            change(
                "bonds", code, topics[1],
                fields: ["requested": field("amount"), "available_at": field("available_at")])
        case "withdrawn":
            changeBond(topics, by: .int128(-(field("amount").int128 ?? 0)))
            change("bonds", code, topics[1], fields: ["requested": .int128(0)])
        case "slashed": changeBond(topics, by: .int128(-(field("amount").int128 ?? 0)))
        default: return false
        }
        return true
    }

    private mutating func changeBond(_ topics: [SCVal], by amount: SCVal) {
        let none = SCVal.fields([
            "amount": .int128(0), "available_at": .u64(0), "requested": .int128(0),
        ])
        let bond = kept("bonds", topics[0], topics[1]) ?? none
        let rest = (bond["amount"]?.int128 ?? 0) + (amount.int128 ?? 0)
        let requested = min(bond["requested"]?.int128 ?? 0, rest)
        keep(
            bond.setting("amount", .int128(rest)).setting("requested", .int128(requested)), "bonds",
            topics[0], topics[1])
    }

    mutating func applyFlights(_ name: SCSymbol, _ topics: [SCVal], _ data: SCVal) -> Bool {
        func field(_ name: String) -> SCVal { data[name] ?? .void }
        switch name {
        case "published": publish(topics[0], carrier: topics[1], data)
        case "fare":
            changeFare(topics, ["price": field("price"), "seats": field("seats")])
        case "closed": change("flights", topics[0], fields: ["open": .bool(false)])
        case "held", "released": changeFare(topics, ["sold": field("sold")])
        case "reported": report(topics, field("status"), field("time"))
        case "status":
            let isConfirmed = field("confirmed")
            let reports = isConfirmed == .bool(true) ? .list([]) : record(topics[0])[1]
            keep(
                .list([isConfirmed, reports, field("status"), field("time")]), "statuses",
                topics[0])
        case "oracles": store(data, as: "panel")
        default: return false
        }
        return true
    }

    private mutating func publish(_ id: SCVal, carrier: SCVal, _ flight: SCVal) {
        let fares = (flight["fares"] ?? .void).elements.map { fare in
            SCVal.fields([
                "cabin": fare["cabin"] ?? .void, "policy": fare["policy"] ?? .void,
                "price": fare["price"] ?? .void, "seats": fare["seats"] ?? .void,
                "sold": .u32(0), "token": fare["token"] ?? .void,
            ])
        }
        func field(_ name: String) -> SCVal { flight[name] ?? .void }
        keep(
            .fields([
                "arrives": field("arrives"), "carrier": carrier, "departs": field("departs"),
                "destination": field("destination"), "fares": .list(fares),
                "number": field("number"), "open": .bool(true), "origin": field("origin"),
            ]), "flights", id)
        let number = field("departs").number * 10_000 + field("number").number
        keep(id, "ids", carrier, .u64(number))
        store(id, as: "last_id")
    }

    private mutating func changeFare(_ topics: [SCVal], _ fields: KeyValuePairs<String, SCVal>) {
        let fares = (kept("flights", topics[0])?["fares"] ?? .void).elements.map { fare in
            guard fare["cabin"] == topics[1] else { return fare }
            return fields.reduce(fare) { $0.setting($1.key, $1.value) }
        }
        change("flights", topics[0], fields: ["fares": .list(fares)])
    }

    private func record(_ id: SCVal) -> [SCVal] {
        kept("statuses", id)?.elements
            ?? [
                .bool(false), .list([]), .u32(0), kept("flights", id)?["arrives"] ?? .void,
            ]
    }

    /// Each oracle's last word is kept.
    private mutating func report(_ topics: [SCVal], _ status: SCVal, _ time: SCVal) {
        var record = record(topics[0])
        var reports = record[1].elements
        let report = SCVal.list([topics[1], status, time])
        if let index = reports.firstIndex(where: { $0.elements.first == topics[1] }) {
            reports[index] = report
        } else {
            if reports.count >= 18 { reports = [] }
            reports.append(report)
        }
        record[1] = .list(reports)
        keep(.list(record), "statuses", topics[0])
    }

    mutating func applyBooking(_ name: SCSymbol, _ topics: [SCVal], _ data: SCVal) -> Bool {
        switch name {
        case "booked": book(topics[0], data)
        case "ticketed":
            change(
                "bookings", topics[0],
                fields: ["state": .u32(1), "ticket_hash": data["ticket_hash"] ?? .void])
        case "expired": close(topics[0], as: 2)
        case "refunded": close(topics[0], as: 4)
        case "settled": close(topics[0], as: 5)
        case "resolved": close(topics[0], as: 7)
        case "cancelled":
            let left = data["seats_left"] ?? .void
            release(topics[0], seats: (data["seats"] ?? .void).number)
            change("bookings", topics[0], fields: ["seats": left])
            if left == .u32(0) { change("bookings", topics[0], fields: ["state": .u32(3)]) }
        case "disputed":
            change(
                "bookings", topics[0],
                fields: ["state": .u32(6), "resolve_by": data["resolve_by"] ?? .void])
        case "responded": change("bookings", topics[0], fields: ["responded": .bool(true)])
        case "credited":
            let before = kept("credits", topics[0], topics[1])?.int128 ?? 0
            keep(.int128(before + (data.int128 ?? 0)), "credits", topics[0], topics[1])
        case "withdrawn": keep(nil, "credits", topics[0], topics[1])
        case "settings": store(data, as: "terms")
        case "quote_key": keep(data == .void ? nil : data, "keys", topics[0])
        case "token": keep(data == .bool(true) ? data : nil, "tokens", topics[0])
        case "arbiter": keep(data == .bool(true) ? data : nil, "arbiters", topics[0])
        default: return false
        }
        return true
    }

    private mutating func book(_ id: SCVal, _ booking: SCVal) {
        keep(booking, "bookings", id)
        if booking["flight"] == .void {
            keep(id, "quotes", booking["seller"] ?? .void, booking["nonce"] ?? .void)
        }
        addEscrow(booking, seats: (booking["seats"] ?? .void).number)
    }

    private mutating func close(_ id: SCVal, as state: UInt32) {
        release(id, seats: (kept("bookings", id)?["seats"] ?? .void).number)
        change("bookings", id, fields: ["state": .u32(state)])
    }

    private mutating func release(_ id: SCVal, seats: UInt64) {
        addEscrow(kept("bookings", id) ?? .void, seats: seats, sign: -1)
    }

    private mutating func addEscrow(_ booking: SCVal, seats: UInt64, sign: Int128 = 1) {
        let token = booking["token"] ?? .void
        let amount = sign * Int128(seats) * (booking["price"]?.int128 ?? 0)
        let before = kept("escrowed", token)?.int128 ?? 0
        keep(.int128(before + amount), "escrowed", token)
    }
}
