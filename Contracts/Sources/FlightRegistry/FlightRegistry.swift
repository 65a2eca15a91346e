import Common
import Soroban

/// What is flown, what a seat costs, how many are left, and what became of each flight.
@Contract(
    Administered.self, errors: FlightError.self, events: Published.self, FareChanged.self,
    Closed.self, SeatsHeld.self,
    SeatsReleased.self, Reported.self, StatusChanged.self, OraclesChanged.self)
struct FlightRegistryContract {
    @Stored("last_id") var lastID: UInt64
    @Stored var airline: Address
    @Stored var booking: Address
    @Stored var refund: Address
    @Stored("panel") var panel: Panel
    @Stored("flights", .persistent) var flights: Table<UInt64, FlightRecord>
    @Stored("ids", .persistent) var ids: PairTable<Symbol, UInt64, OpaqueUInt64>
    @Stored("statuses", .persistent) var statuses: Table<UInt64, StatusRecord>

    /// Deploys, with the other contracts and the oracles (``setOracles(oracles:quorum:)``).
    ///
    /// - Fails: `oraclesOutOfRange`.
    init(
        admin: Address, guardian: Address?, airline: Address, booking: Address, refund: Address,
        oracles: Vec<Address>, quorum: UInt32
    ) {
        Administered.begin(admin: admin, guardian: guardian, version: version())
        self.airline = airline
        self.booking = booking
        self.refund = refund
        lastID = 0
        appoint(oracles, quorum)
    }

    /// Offers a flight. One carrier has one flight of a number at a time.
    ///
    /// - Signed by: `operator`, who acts for the carrier.
    /// - Emits: ``Published``.
    /// - Fails: `paused`, `carrierNotActive`, `notOperator`, `numberOutOfRange`,
    ///   `placesOutOfRange`, `timesOutOfRange`, `faresOutOfRange`, `tokenNotAccepted`,
    ///   `unknownPolicy`, `alreadyPublished`.
    func publish(operator: Address, flight: Flight) -> UInt64 {
        `operator`.requireAuthorization()
        Administered.requireOpen()
        guard AirlineClient(airline).isActive(code: flight.carrier) else {
            fail(.carrierNotActive)
        }
        guard isOperator(`operator`, of: flight.carrier) else { fail(.notOperator) }
        flight.check(now: Ledger.time)
        let fares = offered(flight.fares, by: flight.carrier)
        let known = ids.load(flight.carrier, flight.key)
        guard !known.exists else { fail(.alreadyPublished) }

        let id = lastID + 1
        lastID = id
        known.save(OpaqueUInt64(stored: id.value))
        flights[id] = FlightRecord(flight, fares: fares)
        Published(id: id, carrier: flight.carrier, operator: `operator`, flight: flight).emit()
        return id
    }

    /// Changes price and number of seats for who books from now on.
    ///
    /// - Signed by: `operator`, who acts for the carrier.
    /// - Emits: ``FareChanged``.
    /// - Fails: `paused`, `notFound`, `notOperator`, `closed`, `departed`, `unknownCabin`,
    ///   `faresOutOfRange`.
    func setFare(operator: Address, id: UInt64, cabin: Symbol, price: Amount, seats: UInt32) {
        Administered.requireOpen()
        let record = operated(id, by: `operator`)
        record.checkOnSale()
        let index = record.index(of: cabin)
        var fare = record.fares[index]
        guard isPrice(price), seats >= fare.sold, isCapacity(seats) else { fail(.faresOutOfRange) }
        fare.price = price
        fare.seats = seats
        keep(record, id, fare, at: index)
        FareChanged(id: id, cabin: cabin, price: price, seats: seats).emit()
    }

    /// Sells no more of it. What was sold stays sold.
    ///
    /// - Signed by: `operator`, who acts for the carrier.
    /// - Emits: ``Closed``.
    /// - Fails: `notFound`, `notOperator`, `closed`.
    func close(operator: Address, id: UInt64) {
        var record = operated(id, by: `operator`)
        guard record.open else { fail(.closed) }
        record.open = false
        flights.replace(id, with: record)
        Closed(id: id, carrier: record.carrier).emit()
    }

    /// Takes seats, and says what they cost.
    ///
    /// - Signed by: the Booking contract.
    /// - Emits: ``SeatsHeld``.
    /// - Fails: `paused`, `notFound`, `closed`, `departed`, `unknownCabin`, `notEnoughSeats`,
    ///   `flightOver`.
    func hold(id: UInt64, cabin: Symbol, seats: UInt32) -> Held {
        booking.requireAuthorization()
        Administered.requireOpen()
        let record = flight(id)
        record.checkOnSale()
        let fare = sell(seats, of: record, id, in: cabin, isBack: false)
        if let status = statuses[id], status.status.isOver { fail(.flightOver) }
        SeatsHeld(id: id, cabin: cabin, seats: seats, sold: fare.sold).emit()
        return Held(
            arrives: record.arrives, carrier: record.carrier, departs: record.departs,
            policy: fare.policy, price: fare.price, token: fare.token)
    }

    /// Gives seats back: works while paused and whatever became of the flight.
    ///
    /// - Signed by: the Booking contract.
    /// - Emits: ``SeatsReleased``.
    /// - Fails: `notFound`, `unknownCabin`, `notEnoughSeats`.
    func release(id: UInt64, cabin: Symbol, seats: UInt32) {
        booking.requireAuthorization()
        let fare = sell(seats, of: flight(id), id, in: cabin, isBack: true)
        SeatsReleased(id: id, cabin: cabin, seats: seats, sold: fare.sold).emit()
    }

    /// Says what became of a flight: an oracle to be counted, an operator until the oracles agree.
    ///
    /// What `time` means: `FlightStatus`. A carrier cannot take back that a flight is over, nor
    /// fall behind what the oracles confirmed; a confirmed end is final.
    /// - Signed by: `reporter`, an oracle or who acts for the carrier.
    /// - Emits: ``Reported`` for an oracle, ``StatusChanged`` if the status changed.
    /// - Fails: `notFound`, `final`, `timeNotPlausible`, `notReporter`, `alreadyReported`.
    func report(reporter: Address, id: UInt64, status: FlightStatus, time: UInt64) {
        reporter.requireAuthorization()
        let flight = flight(id)
        let entry = statuses.load(id)
        let record = entry.value ?? StatusRecord(of: flight)
        guard !(record.confirmed && record.status.isOver) else { fail(.final) }
        let report = Report(reporter: reporter, status: status, time: time)
        let panel = panel
        let isOracle = panel.oracles.contains(reporter)
        guard report.isPlausible(for: flight, at: Ledger.time, byOracle: isOracle) else {
            fail(.timeNotPlausible)
        }
        var reports = record.reports
        if isOracle {
            reports = record.reports(with: report)
            Reported(id: id, reporter: reporter, status: status, time: time).emit()
            guard reports.votes(for: report, of: panel) >= panel.quorum else {
                var record = record
                record.reports = reports
                entry.save(record)
                return
            }
            reports = Vec()
        } else {
            guard isOperator(reporter, of: flight.carrier) else { fail(.notReporter) }
            guard !record.status.isOver, status.hasDeparted || !record.status.hasDeparted else {
                fail(.final)
            }
        }
        entry.save(
            StatusRecord(confirmed: isOracle, reports: reports, status: status, time: time))
        StatusChanged(
            id: id, carrier: flight.carrier, confirmed: isOracle, status: status, time: time
        ).emit()
    }

    /// Names the oracles, at most 9, and how many of them must agree: more than half. None, with
    /// quorum 0, leaves the word to the carriers.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``OraclesChanged``.
    /// - Fails: `oraclesOutOfRange`.
    func setOracles(oracles: Vec<Address>, quorum: UInt32) {
        Administered.requireAdmin()
        appoint(oracles, quorum)
    }

    /// The oracles, and how many must agree.
    func oracles() -> Panel { panel }

    /// A flight as it is now.
    ///
    /// - Fails: `notFound`.
    func flight(id: UInt64) -> FlightRecord {
        guard let record = flights[id] else { fail(.notFound) }
        return record
    }

    /// The flight of a carrier by number and departure.
    func find(carrier: Symbol, number: UInt32, departs: UInt64) -> OpaqueUInt64? {
        ids[carrier, flightKey(number, departs)]
    }

    /// How many seats are left.
    ///
    /// - Fails: `notFound`, `unknownCabin`.
    func availability(id: UInt64, cabin: Symbol) -> UInt32 {
        let record = flight(id: id)
        let fare = record.fares[record.index(of: cabin)]
        return record.open && Ledger.time < record.departs ? fare.seats - fare.sold : 0
    }

    /// What became of a flight: as planned, until somebody says otherwise.
    ///
    /// - Fails: `notFound`.
    func status(id: UInt64) -> StatusView {
        let record: StatusRecord
        if let found = statuses[id] {
            record = found
        } else {
            record = StatusRecord(of: flight(id: id))
        }
        return StatusView(confirmed: record.confirmed, status: record.status, time: record.time)
    }

    /// Keeps flights alive, at most 50.
    ///
    /// - Fails: `tooMany`, `notFound`.
    func extend(ids: Vec<UInt64>) {
        let count = ids.count
        guard count <= 50 else { fail(.tooMany) }
        var index: UInt32 = 0
        while index < count {
            let record = flight(id: ids[index])
            _ = self.ids[record.carrier, flightKey(record.number, record.departs)]
            _ = statuses[ids[index]]
            index += 1
        }
    }

    /// Of the code.
    func version() -> UInt32 { 1 }

    /// Adapts what is stored to new code, once.
    ///
    /// - Signed by: the admin.
    /// - Fails: `alreadyMigrated`.
    func migrate() { Administered.migrate(to: version()) }
}
