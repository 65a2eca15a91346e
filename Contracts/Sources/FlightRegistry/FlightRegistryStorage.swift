import Common
import Soroban

/// What the registry asks the Airline contract.
@ContractClient
protocol Airline {
    func isActive(code: Symbol) -> Bool
    func isOperator(code: Symbol, address: Address) -> Bool
}

/// What the registry asks the Booking contract.
@ContractClient
protocol Booking {
    func accepts(token: Address) -> Bool
}

/// What the registry asks the Refund contract.
@ContractClient
protocol Refund {
    func policy(id: UInt32) -> Record
}

/// The contracts it works with.
@ContractType
struct Others {
    var airline: Address
    var booking: Address
    var refund: Address
}

/// What a carrier offers.
@ContractType
struct Fare {
    var cabin: Symbol
    var policy: UInt32
    /// For one seat.
    var price: Amount
    var seats: UInt32
    var token: Address
}

/// A flight as its carrier publishes it.
@ContractType
struct Flight {
    var arrives: UInt64
    var carrier: Symbol
    var departs: UInt64
    var destination: Symbol
    /// 1 to 8, each another cabin.
    var fares: Vec<Fare>
    var number: UInt32
    var origin: Symbol
}

extension Flight {
    var key: UInt64 { flightKey(number, departs) }

    func check(now: UInt64) {
        guard number >= 1, number <= 9_999 else { fail(.numberOutOfRange) }
        guard origin.isCode(3...3), destination.isCode(3...3), origin != destination else {
            fail(.placesOutOfRange)
        }
        guard departs > now, arrives > departs, arrives <= now + 400 * 86_400 else {
            fail(.timesOutOfRange)
        }
    }
}

/// Number and departure in one word: departures end 400 days from now, numbers at 9,999.
func flightKey(_ number: UInt32, _ departs: UInt64) -> UInt64 {
    departs &* 10_000 &+ UInt64(number)
}

func isPrice(_ price: Amount) -> Bool { price >= 1 && price <= 1_000_000_000_000_000_000 }
func isCapacity(_ seats: UInt32) -> Bool { seats >= 1 && seats <= 1_000 }

/// A fare, and how many seats of it are sold.
@ContractType
struct SoldFare {
    var cabin: Symbol
    var policy: UInt32
    var price: Amount
    var seats: UInt32
    /// At most `seats`.
    var sold: UInt32
    var token: Address
}

/// A flight as it is kept.
@ContractType
struct FlightRecord {
    var arrives: UInt64
    var carrier: Symbol
    var departs: UInt64
    var destination: Symbol
    var fares: Vec<SoldFare>
    var number: UInt32
    /// Whether it is sold.
    var open: Bool
    var origin: Symbol
}

/// What a seat costs and when it flies: what Booking keeps of it.
@ContractType
struct Held {
    var arrives: UInt64
    var carrier: Symbol
    var departs: UInt64
    var policy: UInt32
    /// For one seat.
    var price: Amount
    var token: Address
}

extension FlightRecord {
    init(_ flight: Flight, fares: Vec<SoldFare>) {
        self.init(
            arrives: flight.arrives, carrier: flight.carrier, departs: flight.departs,
            destination: flight.destination, fares: fares, number: flight.number, open: true,
            origin: flight.origin)
    }

    func index(of cabin: Symbol) -> UInt32 {
        guard let index = fares.index(of: cabin) else { fail(.unknownCabin) }
        return index
    }
}

extension Vec<SoldFare> {
    /// At most 8 are looked at.
    func index(of cabin: Symbol) -> UInt32? {
        var index: UInt32 = 0
        while index < count {
            if self[index].cabin == cabin { return index }
            index += 1
        }
        return nil
    }
}

extension FlightRegistryContract {
    /// The flight and its entry, as somebody signed who acts for its carrier.
    func operated(_ id: UInt64, by operator: Address) -> (Entry<FlightRecord>, FlightRecord) {
        `operator`.requireAuthorization()
        let entry = flights.load(id)
        guard let record = entry.value else { fail(.notFound) }
        let airline = AirlineClient(others.airline)
        guard airline.isOperator(code: record.carrier, address: `operator`) else {
            fail(.notOperator)
        }
        return (entry, record)
    }

    /// The fares as they are kept, if they can be sold.
    func offered(_ fares: Vec<Fare>, by carrier: Symbol) -> Vec<SoldFare> {
        let count = fares.count
        guard count >= 1, count <= 8 else { fail(.faresOutOfRange) }
        var offered = Vec<SoldFare>()
        var index: UInt32 = 0
        while index < count {
            let fare = fares[index]
            guard isPrice(fare.price), isCapacity(fare.seats), fare.cabin.isShort,
                offered.index(of: fare.cabin) == nil
            else { fail(.faresOutOfRange) }
            guard BookingClient(others.booking).accepts(token: fare.token) else {
                fail(.tokenNotAccepted)
            }
            guard let policy = RefundClient(others.refund).tryPolicy(id: fare.policy),
                policy.field(#symbol("carrier")) == carrier
            else { fail(.unknownPolicy) }
            offered.append(
                SoldFare(
                    cabin: fare.cabin, policy: fare.policy, price: fare.price,
                    seats: fare.seats, sold: 0, token: fare.token))
            index += 1
        }
        return offered
    }

    func appoint(_ oracles: Vec<Address>, _ quorum: UInt32) {
        let count = oracles.count
        guard count <= 9, quorum <= count, quorum * 2 > count || count == 0 else {
            fail(.oraclesOutOfRange)
        }
        var index: UInt32 = 0
        while index < count {
            guard oracles.firstIndex(of: oracles[index]) == index else {
                fail(.oraclesOutOfRange)
            }
            index += 1
        }
        panel = Panel(oracles: oracles, quorum: quorum)
        OraclesChanged(panel: panel).emit()
    }
}
