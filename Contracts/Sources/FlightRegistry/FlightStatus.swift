import Soroban

/// What becomes of a flight, and what time goes with it.
@ContractType
enum FlightStatus: UInt32 {
    /// As planned; with the planned arrival.
    case scheduled = 0
    /// With the arrival now expected: later than planned, by at most 7 days.
    case delayed = 1
    /// With the departure, at most an hour before the planned one.
    case departed = 2
    /// With the arrival: after at least half of the planned time.
    case arrived = 3
    /// With when it was: a carrier says so within the hour.
    case cancelled = 4
    /// With the arrival elsewhere, as for `arrived`.
    case diverted = 5
}

extension FlightStatus {
    /// Whether nothing more becomes of it.
    var isOver: Bool { rawValue >= FlightStatus.arrived.rawValue }

    /// Whether it has left the ground.
    var hasDeparted: Bool { rawValue >= FlightStatus.departed.rawValue }
}

/// A status with what goes with it.
@ContractType(.kept)
struct StatusView {
    /// Whether enough oracles agreed.
    var confirmed: Bool
    var status: FlightStatus
    var time: UInt64
}

/// What an oracle said.
@ContractList
struct Report {
    var reporter: Address
    var status: FlightStatus
    var time: UInt64
}

extension Report {
    func isPlausible(for flight: FlightRecord, at now: UInt64, byOracle: Bool) -> Bool {
        let (time, arrives) = (time, flight.arrives)
        switch status {
        case .scheduled: return time == arrives
        case .delayed: return time > arrives && time &- arrives <= 7 * 86_400
        default: break
        }
        // Safe: now is no time near the end of all numbers, and nothing is later.
        guard time <= now else { return false }
        switch status {
        case .departed: return time &+ 3_600 >= flight.departs
        case .cancelled: return byOracle || time &+ 3_600 >= now
        // Safe: it arrives after it departs, within 400 days of being published.
        default: return time >= flight.departs &+ (arrives &- flight.departs) / 2
        }
    }
}

/// Who is asked.
@ContractType(.kept)
struct Panel {
    var oracles: Vec<Address>
    /// How many must agree, in status and time.
    var quorum: UInt32
}

/// A status as it is kept, with what was said since it changed.
@ContractList
struct StatusRecord {
    var confirmed: Bool
    /// Each oracle's last word, at most 18: those of a panel and of the one before.
    var reports: Vec<Report>
    var status: FlightStatus
    var time: UInt64
}

extension StatusRecord {
    /// As planned.
    init(of flight: FlightRecord) {
        self.init(confirmed: false, reports: Vec(), status: .scheduled, time: flight.arrives)
    }

    /// The reports, with one in place of what the oracle said before.
    func reports(with report: Report) -> Vec<Report> {
        var reports = reports
        var index: UInt32 = 0
        while index < reports.count, reports[index].reporter != report.reporter { index += 1 }
        if index < reports.count {
            guard reports[index] != report else { fail(.alreadyReported) }
            reports[index] = report
        } else {
            if index >= 18 { reports = Vec() }
            reports.append(report)
        }
        return reports
    }
}

extension Report: Equatable {
    static func == (a: Report, b: Report) -> Bool { a.value.isEqual(to: b.value) }
}

extension Vec<Report> {
    /// How many oracles of a panel say the same as another: each counts once.
    func votes(for report: Report, of panel: Panel) -> UInt32 {
        var votes: UInt32 = 0
        var index: UInt32 = 0
        while index < count {
            let other = self[index]
            if other.status == report.status, other.time == report.time,
                panel.oracles.contains(other.reporter)
            {
                votes += 1
            }
            index += 1
        }
        return votes
    }
}
