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

    /// Later ones are higher; planned and delayed may alternate, the ends exclude each other.
    var rank: UInt32 { rawValue <= 1 ? 0 : isOver ? 2 : 1 }
}

/// A status with what goes with it.
@ContractType
struct StatusView {
    /// Whether enough oracles agreed.
    var confirmed: Bool
    var status: FlightStatus
    var time: UInt64
}

/// What an oracle said.
@ContractType
struct Report {
    var reporter: Address
    var status: FlightStatus
    var time: UInt64
}

extension Report {
    func isPlausible(for flight: FlightRecord, at now: UInt64, byOracle: Bool) -> Bool {
        switch status {
        case .scheduled: return time == flight.arrives
        case .delayed: return time > flight.arrives && time <= flight.arrives + 7 * 86_400
        case .departed: return time <= now && time + 3_600 >= flight.departs
        case .cancelled: return time <= now && (byOracle || time + 3_600 >= now)
        case .arrived, .diverted:
            return time <= now && time >= flight.departs + (flight.arrives - flight.departs) / 2
        }
    }
}

/// Who is asked.
@ContractType
struct Panel {
    var oracles: Vec<Address>
    /// How many must agree, in status and time.
    var quorum: UInt32
}

extension Panel {
    func contains(_ address: Address) -> Bool { oracles.firstIndex(of: address) != nil }
}

extension Vec<Address> {
    /// At most 9 are looked at.
    func firstIndex(of address: Address) -> UInt32? {
        var index: UInt32 = 0
        while index < count {
            if self[index] == address { return index }
            index += 1
        }
        return nil
    }
}

/// A status as it is kept, with what was said since it changed.
@ContractType
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

    /// Puts a report in place of what the oracle said before.
    mutating func add(_ report: Report) {
        var index: UInt32 = 0
        while index < reports.count {
            let earlier = reports[index]
            if earlier.reporter == report.reporter {
                guard earlier.status != report.status || earlier.time != report.time else {
                    fail(.alreadyReported)
                }
                reports[index] = report
                return
            }
            index += 1
        }
        if reports.count >= 18 { reports = Vec() }
        reports.append(report)
    }

    /// How many oracles of a panel say the same: each counts once.
    func votes(for report: Report, of panel: Panel) -> UInt32 {
        var votes: UInt32 = 0
        var index: UInt32 = 0
        while index < reports.count {
            let other = reports[index]
            if other.status == report.status, other.time == report.time,
                panel.contains(other.reporter)
            {
                votes += 1
            }
            index += 1
        }
        return votes
    }
}
