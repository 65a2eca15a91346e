import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// What `contracts.md` says must always hold, of all entries of the ledger there are, whatever the
/// model thinks of them.
struct PlatformInvariants {
    private let ledger: PlatformLedger
    private var tokens: [SCAddress: TokenSums] = [:]
    private var escrowed: [SCVal: Int128] = [:]
    private var openEscrow: [SCVal: Int128] = [:]
    private var credits: [SCVal: Int128] = [:]
    private var bonds: [SCVal: Int128] = [:]
    private var soldSeats: [SCVal: UInt32] = [:]
    private var bookedSeats: [SCVal: UInt32] = [:]
    private var tallies: [SCVal: [Int128]] = [:]
    private var ballots: [SCVal: [Int128]] = [:]

    private struct TokenSums {
        var balances: Int128 = 0
        var supply: Int128 = 0
        var delegated: Int128 = 0
        var votes: Int128 = 0
    }

    init(_ ledger: PlatformLedger) throws {
        self.ledger = ledger
        let platform = ledger.platform
        let base = platform.base
        for stored in ledger.snapshot.entries.values {
            guard case .contractData(let data) = stored.entry.data,
                case .vec(let key?) = data.key, case .symbol(let name)? = key.first
            else { continue }
            let (contract, value) = (data.contract, data.val)
            if contract == platform.token || contract == base.token {
                addToken(contract, name, key, value)
            } else if contract == base.booking {
                try addBooking(name, key, value)
            } else if contract == base.flights, name == "flights" {
                try addFlight(key[1], value)
            } else if contract == base.airline, name == "bonds" {
                try addBond(key[2], value)
            } else if contract == platform.governance {
                addVotes(name, key, value)
            } else if contract == base.loyalty, name == "accounts" {
                try Self.checkPoints(value)
            } else if contract == base.refund, name == "claims" {
                let (owed, paid) = (value["owed"]?.int128 ?? -1, value["paid"]?.int128 ?? -1)
                try Self.hold("0 ≤ paid ≤ owed", paid >= 0 && paid <= owed)
            }
        }
    }

    private static func hold(_ text: String, _ holds: Bool) throws {
        guard !holds else { return }
        throw Mismatch(description: "it does not hold that \(text)")
    }

    private mutating func addToken(
        _ token: SCAddress, _ name: SCSymbol, _ key: SCVec, _ value: SCVal
    ) {
        var sums = tokens[token] ?? TokenSums()
        if name == "balances" {
            let holding = PlatformLedger.holding(value)
            sums.balances += holding.amount
            if holding.delegate != nil { sums.delegated += holding.amount }
        } else if name == "power", case .vec(let checkpoint?) = value {
            let amount = checkpoint.first?.int128 ?? 0
            if key[1] == .void { sums.supply = amount } else { sums.votes += amount }
        }
        tokens[token] = sums
    }

    private mutating func addBooking(_ name: SCSymbol, _ key: SCVec, _ value: SCVal) throws {
        if name == "escrowed" { escrowed[key[1]] = value.int128 }
        if name == "credits" { credits[key[2], default: 0] += value.int128 ?? 0 }
        guard name == "bookings" else { return }
        guard let token = value["token"], let price = value["price"]?.int128,
            case .u32(let seats)? = value["seats"], case .u32(let number)? = value["state"],
            let state = PlatformModel.State(rawValue: number), let flight = value["flight"]
        else { throw WorldError.unexpected(value) }
        if [.paid, .ticketed, .disputed].contains(state) {
            openEscrow[token, default: 0] += price * Int128(seats)
        }
        if ![.expired, .cancelled, .refunded].contains(state), flight != .void {
            bookedSeats[flight, default: 0] += seats
        }
    }

    private mutating func addFlight(_ id: SCVal, _ value: SCVal) throws {
        guard case .vec(let fares?)? = value["fares"] else { throw WorldError.unexpected(value) }
        for fare in fares {
            guard case .u32(let sold)? = fare["sold"], case .u32(let seats)? = fare["seats"] else {
                throw WorldError.unexpected(fare)
            }
            try Self.hold("0 ≤ sold ≤ seats", sold <= seats)
            soldSeats[id, default: 0] += sold
        }
    }

    private mutating func addBond(_ token: SCVal, _ value: SCVal) throws {
        let amount = value["amount"]?.int128 ?? -1
        let requested = value["requested"]?.int128 ?? -1
        try Self.hold("0 ≤ requested ≤ bond", requested >= 0 && requested <= amount)
        bonds[token, default: 0] += amount
    }

    private mutating func addVotes(_ name: SCSymbol, _ key: SCVec, _ value: SCVal) {
        if name == "proposals" {
            tallies[key[1]] = ["against", "support", "abstain"].map { value[$0]?.int128 ?? -1 }
        } else if name == "votes", case .u32(let support)? = value["support"] {
            var sums = ballots[key[1]] ?? [0, 0, 0]
            sums[Int(support)] += value["weight"]?.int128 ?? 0
            ballots[key[1]] = sums
        }
    }

    private static func checkPoints(_ value: SCVal) throws {
        guard case .vec(let lots?)? = value["lots"] else { throw WorldError.unexpected(value) }
        try hold("an account has at most 13 lots", lots.count <= 13)
        for lot in lots {
            let (earned, left) = (lot["earned"]?.int128 ?? -1, lot["left"]?.int128 ?? -1)
            try hold("0 ≤ left ≤ earned", left >= 0 && left <= earned)
        }
        try hold("nobody owes points who lost none", value["debt"]?.int128 == 0)
    }

    /// - Throws: `Mismatch`, with what does not hold.
    func check() throws {
        let base = ledger.platform.base
        for (token, sums) in tokens where token == ledger.platform.token || !isIssued {
            let cap = token == base.token ? 1_000_000_000 : TokenModel.cap
            try Self.hold(
                "Σ balances = supply ≤ cap", sums.balances == sums.supply && sums.supply <= cap)
            try Self.hold("Σ votes = Σ delegated balances", sums.votes == sums.delegated)
        }
        try Self.hold("what is escrowed is what open bookings hold", isEscrowed)
        let token = SCVal.address(base.token)
        try Self.hold(
            "Booking has what it owes",
            ledger.money(of: base.booking) >= openEscrow[token, default: 0]
                + credits[token, default: 0])
        try Self.hold(
            "Airline has what it owes",
            ledger.money(of: base.airline) >= bonds[token, default: 0])
        try Self.hold(
            "what is sold are the seats of open and flown bookings",
            soldSeats.allSatisfy { $0.value == bookedSeats[$0.key, default: 0] })
        try Self.hold(
            "a proposal's votes are those of its ballots",
            tallies.allSatisfy { $0.value == ballots[$0.key, default: [0, 0, 0]] })
        let all = WholePlatform.people.indices.reduce(Int128(0)) { $0 + ledger.money(of: $1) }
        try Self.hold(
            "money neither appears nor vanishes",
            all + ledger.money(of: base.booking) + ledger.money(of: base.airline)
                == 3 * PlatformWorld.balance)
    }

    private var isIssued: Bool { ledger.platform.dollar != nil }

    private var isEscrowed: Bool {
        escrowed.allSatisfy { openEscrow[$0.key, default: 0] == $0.value }
            && openEscrow.allSatisfy { escrowed[$0.key, default: 0] == $0.value }
    }
}
