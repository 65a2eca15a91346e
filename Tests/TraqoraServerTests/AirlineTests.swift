import Database
import FareRules
import HTTP
import Stellar
import StellarXDR
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import TraqoraServer

/// What airlines see and do over the API.
@Suite(.serialized) struct AirlineTests {
    private static let otherToken = SCAddress.contract(Hash(fitting: [8])).description

    @Test(arguments: Engine.all)
    func `an airline is told as its contract has it, whatever happens to it`(engine: Engine)
        async throws
    {
        let airline = try await AirlineWorld(engine)
        let (world, contract) = (airline.world, ScriptedLedger.registry.airline)
        func profile() async throws -> AirlineResponse {
            try await world.work(airline.server)
            return try await airline.ask(.airline, headers: [:]).json()
        }
        var told = try await profile()
        #expect(told.name == "Traqora Air" && told.standing == .active)
        #expect(told.owner == airline.owner.address && told.reason == "approved")
        #expect(told.operators.map(\.account) == [airline.operator.address])
        #expect(told.fareRules.map(\.number) == [1])
        #expect(told.fareRules.first?.tiers.first?.refundBasisPoints == 8_000)
        #expect(told.bonds.isEmpty && told.proposedOwner == nil)

        let code = SCVal.symbol(AirlineWorld.code)
        let token = SCVal.address(.contract(Hash(fitting: [9])))
        let other = try KeyPair.random()
        let address = SCVal.address(.account(other.accountID))
        await airline.tell(
            contract, "deposited", [code, token],
            .structure(["amount": Int128(500).scVal, "from": address]))
        await airline.tell(
            contract, "requested", [code, token],
            .structure(["amount": Int128(300).scVal, "available_at": .u64(1_795_700_000)]))
        await airline.tell(
            contract, "slashed", [code, token],
            .structure(["amount": Int128(250).scVal, "to": address]))
        await airline.tell(contract, "payout", [code], address)
        await airline.tell(contract, "owner_proposed", [code, address], .void)
        await airline.tell(contract, "operator", [code, address], .bool(true))
        told = try await profile()
        #expect(told.bonds.map(\.amount.baseUnits) == [250])
        #expect(told.bonds.map(\.requested.baseUnits) == [250])
        #expect(told.bonds.first?.availableAt == Instant(seconds: 1_795_700_000))
        #expect(told.payout == other.address && told.proposedOwner == other.address)
        #expect(told.operators.count == 2)

        await airline.tell(
            contract, "withdrawn", [code, token],
            .structure(["amount": Int128(250).scVal, "to": address]))
        await airline.tell(contract, "owner", [code, address], .void)
        await airline.tell(
            contract, "operator", [code, .address(.account(airline.operator.accountID))],
            .bool(false))
        await airline.tell(
            contract, "standing", [code],
            .structure([
                "reason": .symbol("safety"), "standing": AirlineWorld.Standing.suspended.scVal,
            ]))
        told = try await profile()
        #expect(told.bonds.map(\.amount.baseUnits) == [0] && told.bonds[0].availableAt == nil)
        #expect(told.owner == other.address && told.proposedOwner == nil)
        #expect(told.operators.map(\.account) == [other.address])
        #expect(told.standing == .suspended && told.reason == "safety")

        // What is read again from the first ledger on is the same.
        try await airline.server.rebuildEscrow()
        #expect(try await profile() == told)
        await world.close()
    }

    @Test func `airlines are listed page by page, and what is none is unknown`() async throws {
        let airline = try await AirlineWorld()
        let second = AirlineContract.Airline(
            metadataHash: .zero, name: "Another", owner: .account(airline.owner.accountID),
            payout: .account(airline.owner.accountID), proposedOwner: nil, standing: .pending)
        await airline.tell(
            ScriptedLedger.registry.airline, "registered", [.symbol("AA")], second.scVal)
        try await airline.world.work(airline.server)
        let first = try await airline.ask(.airlines, query: "?limit=1", headers: [:])
            .json(as: AirlinesResponse.self)
        #expect(first.airlines.map(\.code) == ["AA"] && first.airlines[0].standing == .pending)
        let rest = try await airline.ask(
            .airlines, query: "?cursor=\(first.nextCursor ?? "")", headers: [:]
        ).json(as: AirlinesResponse.self)
        #expect(rest.airlines.map(\.code) == ["TQ"] && rest.nextCursor == nil)
        for code in ["ZZ", "tq", "T", "T Q"] {
            let none = try await airline.ask(.airline, ["code": code], headers: [:])
            #expect(none.problemCode == "airlines.unknown")
        }
        await airline.world.close()
    }

    @Test func `nobody acts for an airline but those whom the contract names`() async throws {
        let airline = try await AirlineWorld()
        let stranger = try await airline.world.signIn(to: airline.server).headers
        let owner = try await airline.world.signIn(airline.owner, to: airline.server).headers
        let places = ["id": "17", "number": "1"]
        for route in Route.allCases where route.subject == .airlines {
            guard case .airline = route.access else { continue }
            #expect(
                try await airline.ask(route, places, headers: stranger).problemCode
                    == "airlines.not_allowed", "\(route)")
            #expect(
                try await airline.ask(route, places, headers: [:]).problemCode
                    == "auth.token_missing", "\(route)")
        }
        let change = SetOperatorRequest(account: airline.world.traveller.address, enabled: true)
        for headers in [stranger, airline.headers] {
            let refused = try await airline.ask(.setOperator, body: change, headers: headers)
            #expect(refused.problemCode == "airlines.not_allowed")
        }
        #expect(
            try await airline.ask(.setOperator, body: change, headers: owner).status == .created)
        // Who was let go may do nothing from that moment on.
        await airline.world.ledger.set(owner: airline.owner.accountID, operators: [])
        #expect(
            try await airline.ask(.airlineFlights).problemCode == "airlines.not_allowed")
        await airline.world.ledger.set(isDown: true)
        #expect(try await airline.ask(.airlineFlights).problemCode == "ledger.unavailable")
        #expect(
            try await airline.ask(.setOperator, body: change, headers: owner).problemCode
                == "ledger.unavailable")
        await airline.world.close()
    }

    @Test(arguments: Engine.all)
    func `what an airline does is a transaction that comes back byte for byte`(engine: Engine)
        async throws
    {
        let airline = try await AirlineWorld(engine)
        let departs = airline.departs.adding(seconds: 86_400)
        let flight = PublishFlightRequest(
            number: 102, origin: try AirportCode(parsing: "LIS"),
            destination: try AirportCode(parsing: "ZRH"), departs: departs,
            arrives: departs.adding(seconds: 9_000),
            fares: [
                PublishedFareRequest(
                    cabin: .business, price: TokenAmount(baseUnits: 3_000_000_000), seats: 12,
                    policy: 1),
                PublishedFareRequest(
                    cabin: .premiumEconomy, price: TokenAmount(baseUnits: 2_000_000_000),
                    seats: 20, policy: 1),
            ])
        let offered = try await airline.ask(.publishFlight, body: flight)
            .json(as: UnsignedTransactionResponse.self)
        #expect(offered.purpose == .publishFlight)
        #expect(offered.summary.first?.contains("TQ102 from LIS to ZRH") == true)
        #expect(offered.summary[1].contains("12 seats in business for 300") == true)
        let envelope = try TransactionEnvelope(base64: offered.transaction)
        #expect(envelope.transaction.sourceAccount.accountID == airline.operator.accountID)
        let call = FlightRegistryContract(ScriptedLedger.registry.flights).publish(
            operator: .account(airline.operator.accountID),
            flight: .init(
                arrives: UInt64(departs.seconds + 9_000), carrier: "TQ",
                departs: UInt64(departs.seconds), destination: "ZRH",
                fares: [
                    .init(
                        cabin: "business", policy: 1, price: 3_000_000_000, seats: 12,
                        token: .contract(Hash(fitting: [9]))),
                    .init(
                        cabin: "premium", policy: 1, price: 2_000_000_000, seats: 20,
                        token: .contract(Hash(fitting: [9]))),
                ], number: 102, origin: "LIS"))
        #expect(envelope.transaction.operations.first?.body == call.operation.body)

        func send(_ text: String) async throws -> HTTPResponse {
            try await airline.ask(
                .submitTransaction, body: SignedTransactionRequest(transaction: text),
                headers: [:])
        }
        var dearer = envelope.transaction
        dearer.fee += 1
        let other = try dearer.signed(by: [airline.operator], on: ScriptedLedger.network)
        #expect(try await send(other.base64()).problemCode == "payments.other_transaction")
        let byOwner = try airline.world.sign(offered, by: airline.owner)
        #expect(try await send(byOwner).problemCode == "payments.wrong_signature")
        let signed = try airline.world.sign(offered, by: airline.operator)
        #expect(try await send(signed).status == .accepted)
        try await airline.world.work(airline.server)
        let done = try await airline.ask(.readTransaction, ["hash": offered.hash], headers: [:])
            .json(as: TransactionResponse.self)
        #expect(done.status == .applied && done.purpose == .publishFlight)
        await airline.world.close()
    }

    @Test func `every other thing is offered with what it does in words`() async throws {
        let airline = try await AirlineWorld()
        _ = try await airline.book(5)
        let (flight, number) = (["id": "17"], ["number": "5"])
        let fare = ChangeFareRequest(
            cabin: .economy, price: TokenAmount(baseUnits: 990_000_000), seats: 9)
        let rule = PublishFareRuleRequest(
            tiers: [RefundTier(secondsBefore: 0, refundBasisPoints: 10_000)], graceSeconds: 0,
            graceMinLeadSeconds: 0)
        let owner = try await airline.world.signIn(airline.owner, to: airline.server).headers
        let bond = BondRequest(amount: TokenAmount(baseUnits: 250_000_000))
        let other = BondRequest(amount: bond.amount, token: Self.otherToken)
        await airline.world.ledger.set(heir: airline.operator.accountID)
        let decided: [(Route, (any Encodable)?, TransactionPurpose, String)] = [
            (
                .setPayout, SetPayoutRequest(address: Self.otherToken), .setPayout,
                "withdraws from its bond, to \(Self.otherToken)"
            ),
            (
                .proposeOwner, ProposeOwnerRequest(account: airline.operator.address),
                .proposeOwner, "Let \(airline.operator.address) take over TQ"
            ),
            (.depositBond, bond, .bondDeposit, "Pay 25.00 TUSD from \(airline.owner.address)"),
            (.depositBond, other, .bondDeposit, "Pay 25.00 of the token \(Self.otherToken)"),
            (
                .requestBondWithdrawal, bond, .bondWithdrawalRequest,
                "Announce that 25.00 TUSD shall leave the bond of TQ"
            ),
            (.withdrawBond, nil, .bondWithdrawal, "of the bond of TQ, in TUSD"),
        ]
        for (route, body, purpose, words) in decided {
            let offered = try await airline.ask(route, body: body, headers: owner)
                .json(as: UnsignedTransactionResponse.self)
            #expect(offered.purpose == purpose)
            #expect(offered.summary[0].contains(words), "\(offered.summary)")
            let source = try TransactionEnvelope(base64: offered.transaction).transaction
                .sourceAccount
            #expect(source.accountID == airline.owner.accountID)
            // Who only acts for the airline decides nothing of this, but may add to the bond.
            let refused = try await airline.ask(route, body: body)
            #expect(
                refused.problemCode == (route == .depositBond ? nil : "airlines.not_allowed"))
        }
        let accepted = try await airline.ask(.acceptOwner)
            .json(as: UnsignedTransactionResponse.self)
        #expect(accepted.purpose == .acceptOwner)
        #expect(
            try await airline.ask(.acceptOwner, headers: owner).problemCode
                == "airlines.not_allowed")
        await airline.world.ledger.set(heir: nil)
        #expect(try await airline.ask(.acceptOwner).problemCode == "airlines.not_allowed")
        let noToken = BondRequest(amount: bond.amount, token: airline.owner.address)
        #expect(
            try await airline.ask(.depositBond, body: noToken).problemCode
                == "payments.malformed_account")
        let asked: [(Route, [String: String], (any Encodable)?, TransactionPurpose, String)] = [
            (.changeFare, flight, fare, .changeFare, "9 seats in economy of TQ101, flight 17"),
            (.closeFlight, flight, nil, .closeFlight, "Sell no more of TQ101"),
            (
                .reportStatus, flight, ReportStatusRequest(status: .cancelled), .reportStatus,
                "TQ101, flight 17, is cancelled"
            ),
            (.publishFareRule, [:], rule, .publishFareRule, "fare rule of TQ"),
            (.cancelForAirline, number, nil, .airlineCancellation, "all 1000"),
        ]
        for (route, places, body, purpose, words) in asked {
            let offered = try await airline.ask(route, places, body: body)
                .json(as: UnsignedTransactionResponse.self)
            #expect(offered.purpose == purpose)
            #expect(offered.summary[0].contains(words), "\(offered.summary)")
        }
        // Another airline's flights and bookings are none.
        for route: Route in [.changeFare, .closeFlight, .reportStatus] {
            let body: (any Encodable)? = route == .closeFlight ? nil : fare
            let none = try await airline.ask(route, ["id": "18"], body: body)
            #expect(none.problemCode == "airlines.flight_unknown")
        }
        for route: Route in [.cancelForAirline, .ticketForAirline] {
            let none = try await airline.ask(route, ["number": "6"])
            #expect(none.problemCode == "airlines.booking_unknown")
        }
        let malformed = try await airline.ask(
            .setOperator, body: SetOperatorRequest(account: "GABC", enabled: true),
            headers: airline.world.signIn(airline.owner, to: airline.server).headers)
        #expect(malformed.problemCode == "payments.malformed_account")
        await airline.world.close()
    }
}
