import Cryptography
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import Travel

/// A traveller on the command line. Everything it says it has read from the API or the ledger;
/// where the two or its own reckoning disagree, it stops.
struct Demo {
    /// What it flies.
    struct Trip: Sendable {
        var origin: AirportCode
        var destination: AirportCode
        var date: LocalDate
    }

    /// What it holds on to between steps.
    struct Purchase: Sendable {
        var booking: BookingResponse
        var token: String
    }

    /// How often it pays for one booking before it gives up.
    private static let paymentsMax = 5

    let api: TraqoraClient
    let rpc: SorobanRPC
    let client: HTTPClient
    let trip: Trip
    let key: KeyPair
    /// Whether the platform pays the network.
    var isSponsored = false
    /// What friendbot gave.
    var lumens: Int64 = 0
    var dollars: ContractID?
    var purchase: Purchase?

    init(api: String, rpc: String, client: HTTPClient, trip: Trip) throws {
        self.api = TraqoraClient(base: api, http: client)
        self.rpc = SorobanRPC(url: rpc, client: client)
        self.client = client
        self.trip = trip
        key = try KeyPair.random(SecureRandom.bytes)
    }

    /// Lumens from friendbot for the network's fees, test dollars to pay with.
    mutating func getMoney() async throws {
        say("I am \(key.address). My key stays here.")
        guard let friendbot = try await rpc.network().friendbotUrl else {
            throw DemoError("this network has no friendbot, so I cannot get test money")
        }
        _ = try await Friendbot(url: friendbot, client: client).fund(key.accountID)
        lumens = try await rpc.account(key.accountID).balance
        say("Friendbot gave me \(TokenAmount(baseUnits: lumens).shortText) XLM.")
        let gift = try await api.testDollars(for: key.address)
        guard case .contract(let contract)? = try? StrKey(parsing: gift.token) else {
            throw DemoError("“\(gift.token)” is no contract")
        }
        dollars = contract
        let balance = try await balance()
        try check(balance == gift.amount, "the ledger says I have \(balance), not \(gift.amount)")
        say("I have \(balance.shortText) test dollars.\n")
    }

    /// Searches, takes the cheapest offer, shows what is to be signed, signs, pays.
    mutating func book() async throws {
        let query = FlightSearchQuery(
            origin: trip.origin, destination: trip.destination, date: trip.date,
            passengers: try PassengerCounts(adults: 1))
        let found = try await api.searchFlights(query)
        guard let offer = found.offers.first else {
            throw DemoError("nobody flies from \(trip.origin) to \(trip.destination) that day")
        }
        say("\(found.offers.count) offers for \(trip.origin)–\(trip.destination) on \(trip.date).")
        say("The cheapest: \(DemoText.line(offer, airlines: found.airlines))\n")
        purchase = try await take(offer, until: [.confirmed])
    }

    /// Books an offer and pays for it.
    /// - Parameter isQuiet: leaves out what is signed.
    func take(
        _ offer: Offer, isQuiet: Bool = false, until wanted: Set<BookingStatus>
    ) async throws -> Purchase {
        let request = CreateBookingRequest(
            offerID: offer.id, total: offer.total,
            passengers: [
                Passenger(
                    name: try PassengerName(given: "Zoë", family: "Müller"), type: .adult,
                    bornOn: try LocalDate(parsing: "1990-05-17"))
            ],
            payer: key.address, sponsored: isSponsored ? true : nil)
        let created = try await api.createBooking(request, idempotencyKey: Self.freshKey())
        let paid = try await pay(created, isQuiet: isQuiet, until: wanted)
        return Purchase(booking: paid, token: created.token)
    }

    /// Pays, and again with a new transaction if somebody else's booking came in between.
    private func pay(
        _ created: CreateBookingResponse, isQuiet: Bool, until wanted: Set<BookingStatus>
    ) async throws -> BookingResponse {
        let (id, token) = (created.booking.id, created.token)
        if let authorization = created.authorization {
            let signed = try await sign(authorization, isQuiet: isQuiet)
            _ = try await api.pay(id, token: token, SigningRequest(authorization: signed))
            return try await wait(for: id, token: token, until: wanted, by: .payment)
        }
        guard var offered = created.transaction else {
            throw DemoError("there is nothing to sign")
        }
        var attempts = 1
        while true {
            _ = try await api.pay(id, token: token, signed: sign(offered, isQuiet: isQuiet))
            do {
                return try await wait(for: id, token: token, until: wanted, by: .payment)
            } catch let refusal as LedgerRefusal {
                guard attempts < Self.paymentsMax else { throw refusal }
                attempts += 1
                say("\(refusal)\n")
                offered = try await api.preparePayment(id, token: token)
            }
        }
    }

    /// Cancels, and sees the money come back.
    func cancel() async throws {
        guard let purchase else { throw DemoError("there is nothing to cancel") }
        let before = try await balance()
        let id = purchase.booking.id
        let refund = try await sendCancellation(of: id, token: purchase.token)
        let booking = try await wait(
            for: id, token: purchase.token, until: [.cancelled], by: .cancellation)
        let after = try await balance()
        say(DemoText.lastTransaction(of: booking))
        try check(
            after.baseUnits - before.baseUnits == refund.baseUnits,
            "I had \(before) and have \(after): that is not the refund of \(refund)")
        let held = try await escrowed(booking)
        try check(held.baseUnits == 0, "the contract still holds \(held)")
        say(
            "Cancelled: \(refund.shortText) test dollars came back to me; "
                + "the contract holds nothing for the booking now.")
    }

    /// - Returns: what is to come back.
    private func sendCancellation(of id: BookingID, token: String) async throws -> TokenAmount {
        guard isSponsored else {
            let prepared = try await api.prepareCancellation(id, token: token)
            let signed = try await sign(prepared.transaction)
            _ = try await api.cancel(id, token: token, signed: signed)
            return prepared.refund
        }
        let prepared = try await api.prepareSponsoredCancellation(id, token: token)
        let signed = try await sign(prepared.authorization)
        _ = try await api.cancel(id, token: token, SigningRequest(authorization: signed))
        return prepared.refund
    }

    /// A key that no other request has.
    static func freshKey() -> String { Hex.encode(SecureRandom.bytes(16)) }

    func check(_ holds: Bool, _ reason: @autoclosure () -> String) throws {
        guard holds else { throw DemoError(reason()) }
    }
}

/// A ledger did not do what was signed.
struct LedgerRefusal: Error, CustomStringConvertible {
    let hash: String
    let reason: String

    var description: String { "The ledger did not do \(hash). \(reason)" }
}

/// Something is not as it should be.
struct DemoError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
