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
        // Safe: arrival is after departure, and that ahead.
        guard departs > now, arrives > departs, arrives &- now <= 400 * 86_400 else {
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
@ContractType(.kept)
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
@ContractType(.kept)
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
@ContractType(.kept)
struct Held {
    var arrives: UInt64
    var carrier: Symbol
    var departs: UInt64
    var policy: UInt32
    /// For one seat.
    var price: Amount
    var token: Address
}

extension SoldFare {
    /// All that the fare has, and that nothing of it is sold.
    init(_ fare: Fare) {
        self.init(stored: fare.value.setting(field: #symbol("sold").value.word, UInt32(0).value))
    }
}

extension FlightRecord {
    /// All that the flight has, with its fares as they are kept.
    init(_ flight: Flight, fares: Vec<SoldFare>) {
        self.init(stored: flight.value.setting(field: #symbol("open").value.word, true.value))
        self.fares = fares
    }

    @inline(never) func index(of cabin: Symbol) -> UInt32 {
        let index = fares.index(of: cabin)
        guard index < fares.count else { fail(.unknownCabin) }
        return index
    }

    /// Ends the call unless it is sold now.
    @inline(never) func checkOnSale() {
        guard open else { fail(.closed) }
        guard Ledger.time < departs else { fail(.departed) }
    }
}

extension Vec<SoldFare> {
    /// How many there are, if none is of that cabin. At most 8 are looked at.
    @inline(never) func index(of cabin: Symbol) -> UInt32 {
        var index: UInt32 = 0
        while index < count, self[index].cabin != cabin { index += 1 }
        return index
    }
}

extension FlightRegistryContract {
    @inline(never) func flight(_ id: UInt64) -> FlightRecord {
        guard let record = flights[id] else { fail(.notFound) }
        return record
    }

    /// The flight, as somebody signed who acts for its carrier.
    func operated(_ id: UInt64, by operator: Address) -> FlightRecord {
        `operator`.requireAuthorization()
        let record = flight(id)
        guard isOperator(`operator`, of: record.carrier) else { fail(.notOperator) }
        return record
    }

    @inline(never) func isOperator(_ address: Address, of carrier: Symbol) -> Bool {
        AirlineClient(airline).isOperator(code: carrier, address: address)
    }

    /// Keeps a flight with another fare in place of one it had.
    @inline(never)
    func keep(_ record: FlightRecord, _ id: UInt64, _ fare: SoldFare, at index: UInt32) {
        var record = record
        record.fares[index] = fare
        flights.replace(id, with: record)
    }

    /// Sells seats, or takes them back: some, and no more than there are of them.
    @inline(never)
    func sell(
        _ seats: UInt32, of record: FlightRecord, _ id: UInt64, in cabin: Symbol, isBack: Bool
    )
        -> SoldFare
    {
        let index = record.index(of: cabin)
        var fare = record.fares[index]
        // Safe: nothing is sold beyond the seats, and nothing is taken back that was not sold.
        let rest = isBack ? fare.sold : fare.seats &- fare.sold
        guard seats >= 1, seats <= rest else { fail(.notEnoughSeats) }
        fare.sold = isBack ? fare.sold &- seats : fare.sold &+ seats
        keep(record, id, fare, at: index)
        return fare
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
                offered.index(of: fare.cabin) == index
            else { fail(.faresOutOfRange) }
            guard BookingClient(booking).accepts(token: fare.token) else {
                fail(.tokenNotAccepted)
            }
            guard let policy = RefundClient(refund).tryPolicy(id: fare.policy),
                policy.field(#symbol("carrier")) == carrier
            else { fail(.unknownPolicy) }
            offered.append(SoldFare(fare))
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
