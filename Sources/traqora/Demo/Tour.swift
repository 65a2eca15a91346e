import Cryptography
import Deployment
import HTTP
import Stellar
import StellarXDR
import TraqoraAPI
import TraqoraContracts
import Travel

/// The walk through everything else: an airline of one's own, flights on the ledger, points, a
/// dispute, a delay, a vote. It moves the network's clock and acts with keys that everybody knows,
/// so it is for `traqora up` alone.
struct Tour {
    var demo: Demo
    let ledger: TourLedger
    let roles: Roles
    let manifest: DeploymentManifest
    /// Who owns and operates the new airline.
    let owner: KeyPair
    /// Its code, which nobody has yet.
    let code: SCSymbol

    /// What a seat costs: 240.
    static let price: Int128 = 240 * unit
    /// What the airline puts down.
    static let bond: Int128 = 5_000 * unit
    static let unit: Int128 = 10_000_000
    static let hour: UInt64 = 3_600
    static let day = 24 * hour
    /// How long its flights take.
    static let flightSeconds = 2 * hour

    /// How often a code is drawn before giving up.
    private static let drawsMax = 50

    /// Finds out whether this is the network that the walk needs.
    init(_ demo: Demo, rpcURL: String) async throws {
        let network = Network(passphrase: try await demo.rpc.network().passphrase)
        guard network == .standalone else {
            throw DemoError(
                "this is “\(network.passphrase)”: the walk moves the clock and acts for everybody, "
                    + "which is for the network of traqora up alone. Try traqora demo --flight")
        }
        self.demo = demo
        roles = Roles(on: network)
        manifest = try .standalone()
        let contracts = try DeployedContracts(
            deployer: roles.address(Roles.administrator), network: network)
        ledger = TourLedger(
            rpc: demo.rpc, network: network, url: rpcURL, client: demo.client,
            contracts: contracts)
        owner = try KeyPair.random(SecureRandom.bytes)
        code = try await Self.freshCode(contracts, demo.rpc)
        try await checkClock()
    }

    /// Moves the clock by little, before it is moved by much: the API has to follow.
    private func checkClock() async throws {
        let later = try await ledger.time() + 120
        try await ledger.move(to: later)
        let told = try await demo.api.health().checkedAt.seconds
        guard told >= Int64(clamping: later) - 60 else {
            throw DemoError(
                "the API does not go by the network's clock: the walk needs traqora up, which runs "
                    + "both. Try traqora demo --flight")
        }
    }

    private static func freshCode(
        _ contracts: DeployedContracts, _ rpc: SorobanRPC
    ) async throws -> SCSymbol {
        let digits = Array("0123456789")
        for _ in 0..<drawsMax {
            let bytes = SecureRandom.bytes(2)
            let letter = Character(UnicodeScalar(UInt8(ascii: "A") + bytes[0] % 26))
            let code = SCSymbol("\(letter)\(digits[Int(bytes[1]) % 10])")
            do {
                _ = try await AirlineContract(contracts.airline).airline(code: code).read(from: rpc)
            } catch RPCError.simulationFailed(let failure)
                where failure.contractError == AirlineContract.AirlineError.notFound.rawValue
            {
                return code
            }
        }
        throw DemoError("every airline's code is taken: begin with another --state")
    }

    /// Everything in its order.
    mutating func walk() async throws {
        say("\nNow the rest of it, with everybody's part. I move this network's clock as I go.\n")
        try await foundAirline()
        let onTime = try await publish(number: 100, departsIn: 2 * Self.day)
        let late = try await publish(number: 200, departsIn: 2 * Self.day + 2 * Self.hour)
        let flown = try await book(onTime)
        let disputed = try await book(late)
        let delayed = try await book(late)
        try await arrive(onTime, late)
        try await claim(delayed, on: late)
        try await dispute(disputed)
        let window = try await booking.settings().read(from: demo.rpc).disputeWindow
        try await settle(
            [flown, delayed], at: late.arrives + 4 * Self.hour + window + 1)
        try await redeem()
        let last = try await voteFee(earlier: flown)
        try await checkEverything([flown, disputed, delayed, last])
    }

    var passenger: TourLedger.Purse {
        .init(name: "I", address: .account(demo.key.accountID))
    }
    var escrow: TourLedger.Purse {
        .init(name: "the escrow", address: .contract(ledger.contracts.booking))
    }
    var airline: TourLedger.Purse {
        .init(name: "the airline", address: .account(owner.accountID))
    }
    var bonds: TourLedger.Purse {
        .init(name: "the bonds", address: .contract(ledger.contracts.airline))
    }
    var pool: TourLedger.Purse {
        .init(name: "the points' pool", address: .contract(ledger.contracts.loyalty))
    }
    var treasury: TourLedger.Purse {
        get throws { .init(name: "the treasury", address: try roles.address(manifest.treasury)) }
    }

    var dollar: ContractID { ledger.contracts.dollar }
    var booking: BookingContract { BookingContract(ledger.contracts.booking) }
    var airlines: AirlineContract { AirlineContract(ledger.contracts.airline) }
    var registry: FlightRegistryContract { FlightRegistryContract(ledger.contracts.flights) }
}
