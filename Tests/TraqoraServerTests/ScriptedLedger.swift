import Foundation
import HTTP
import Stellar
import StellarXDR
import TraqoraContracts

/// A ledger with one contract for these tests, behind a real socket: it knows accounts, takes
/// transactions, and lets Booking's calls do what its README says. Whatever can go wrong on a
/// network it does on demand. The genuine network is met in the end-to-end tests.
actor ScriptedLedger {
    static let contract = Hash(fitting: [UInt8](repeating: 7, count: 32))
    static let network = Network.standalone
    static let ticketWindow: UInt64 = 3_600
    /// What a delay is worth.
    static let compensation: Int128 = 2_500_000_000

    struct Account {
        var sequence: Int64 = 0
        var stroops: Int64 = 100_000_000
        var tokens: Int128 = 1_000_000_000_000
    }

    struct Applied {
        var ledger: UInt32
        var envelope: TransactionEnvelope
        var isSuccessful: Bool
    }

    struct Event {
        var ledger: UInt32
        var hash: Hash
        var topics: [SCVal]
        var value: SCVal
        var contract: ContractID = ScriptedLedger.contract
    }

    var accounts: [AccountID: Account] = [:]
    var bookings: [UInt64: BookingContract.Booking] = [:]
    var states: [UInt64: String] = [:]
    var events: [Event] = []
    /// How often the life of each booking was extended.
    var extensions: [UInt64: Int] = [:]
    /// What each dispute commits to.
    var evidence: [UInt64: Hash] = [:]
    var applied: [Hash: Applied] = [:]
    var sequence: UInt32 = 100
    /// The oldest ledger that it still tells of.
    var oldest: UInt32 = 1
    /// How often each method was called.
    var calls: [String: Int] = [:]
    /// The answers to these methods are lost on the way, after they had their effect.
    var losingAnswers: Set<String> = []
    /// The numbers of the authorizations that were used.
    var nonces: Set<Int64> = []
    /// What the resources of a call cost.
    var resourceFee: Int64 = 50_000
    /// What a transaction costs in the end.
    static let feeCharged: Int64 = 100
    /// Nobody answers.
    var isDown = false
    /// What it says that is not so.
    var lie: Lie?
    /// What it told last, if it goes on telling that: see ``set(isStale:)``.
    var stale: View?
    /// Transactions that were taken and that no ledger has.
    var swallowed: [Hash: TransactionEnvelope] = [:]
    /// The last booking that was prepared, paid or not: the quote, and whose.
    var quoted: (quote: SCVal, by: SCAddress)?
    /// How far its newest ledger's clock is behind ours.
    var lagSeconds: UInt64 = 0
    /// How long every answer takes.
    var delay = Duration.zero
    /// What simulations say instead of an answer.
    var simulationError: String?

    /// Bonds of the airline TQ, and flights, as their contracts have them.
    var bonds: [SCAddress: AirlineContract.Bond] = [:]
    var flights: [UInt64: FlightRegistryContract.FlightRecord] = [:]

    /// Who acts for the airline TQ, and who owns it.
    var operators: Set<AccountID> = []
    var owner: AccountID?
    /// To whom it offered the airline.
    var heir: AccountID?

    let now: @Sendable () -> UInt64

    /// Where in a trace those who asked said they were.
    private(set) var traceparents: [String] = []

    init(now: @escaping @Sendable () -> UInt64) { self.now = now }

    func fund(_ id: AccountID, _ account: Account = Account()) { accounts[id] = account }
    func set(owner: AccountID, operators: Set<AccountID>) {
        (self.owner, self.operators) = (owner, operators)
    }
    func set(heir: AccountID?) { self.heir = heir }
    func add(_ booking: BookingContract.Booking, as id: UInt64) {
        (bookings[id], states[id]) = (booking, "paid")
    }
    func set(bond: AirlineContract.Bond, of token: SCAddress) { bonds[token] = bond }
    func set(flight: FlightRegistryContract.FlightRecord, as id: UInt64) { flights[id] = flight }
    func insert(_ event: Event, at place: Int) { events.insert(event, at: place) }
    func set(isDown: Bool) { self.isDown = isDown }
    func set(lie: Lie?) { self.lie = lie }
    func set(lagSeconds: UInt64) { self.lagSeconds = lagSeconds }
    func set(delay: Duration) { self.delay = delay }
    func set(simulationError: String?) { self.simulationError = simulationError }
    func set(losingAnswers: Set<String>) { self.losingAnswers = losingAnswers }
    func set(resourceFee: Int64) { self.resourceFee = resourceFee }
    func useNumber(of id: AccountID) { accounts[id]?.sequence += 1 }
    func setTokens(_ tokens: Int128, of id: AccountID) { accounts[id]?.tokens = tokens }
    func set(sequence: UInt32) { self.sequence = sequence }
    func set(oldest: UInt32) { self.oldest = oldest }
    func add(_ event: Event) { events.append(event) }
    func state(of id: UInt64) -> String? { states[id] }

    /// The handler of an RPC server.
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        if delay > .zero { try? await Task.sleep(for: delay) }
        guard !isDown, let call = try? request.json(as: RPCCall.self) else {
            return .empty(.serviceUnavailable)
        }
        calls[call.method, default: 0] += 1
        if let place = request.headers["traceparent"] { traceparents.append(place) }
        let result: String
        do {
            result = try answer(call)
        } catch {
            result = #"{"error":"\#(error)"}"#
        }
        guard !losingAnswers.contains(call.method) else { return .empty(.badGateway) }
        return .text(
            #"{"jsonrpc":"2.0","id":\#(call.id),"result":\#(result)}"#,
            contentType: "application/json")
    }

    private func answer(_ call: RPCCall) throws -> String {
        switch call.method {
        case "getHealth":
            return """
                {"status":"healthy","latestLedger":\(told.sequence),"oldestLedger":\(oldest),
                "ledgerRetentionWindow":1000}
                """
        case "getLatestLedger":
            return """
                {"id":"\(Hash.zero)","protocolVersion":28,"sequence":\(told.sequence),
                "closeTime":"\(told.time - lagSeconds)"}
                """
        case "getLedgerEntries": return try ledgerEntries(call)
        case "simulateTransaction": return try simulate(call)
        case "sendTransaction": return try send(call)
        case "getTransaction": return try transaction(call)
        case "getEvents": return try eventPage(call)
        default: throw Refusal.unknownMethod
        }
    }

    enum Refusal: Error { case unknownMethod }
}

/// A request as far as the scripted ledger reads it.
struct RPCCall: Decodable {
    struct Parameters: Decodable {
        var keys: [String]?
        var transaction: String?
        var hash: String?
        var startLedger: UInt32?
        var pagination: Pagination?
    }

    struct Pagination: Decodable {
        var cursor: String?
        var limit: Int?
    }

    var id: Int
    var method: String
    var params: Parameters?
}
