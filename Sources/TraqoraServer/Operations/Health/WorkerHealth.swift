import Database
import TraqoraAPI
import Travel

/// Whether the workers get on.
struct WorkerHealth: Sendable {
    let escrows: EscrowRepository
    /// That of the money first.
    let readers: [Indexer]
    let leases: Leases
    let reports: WorkerReports
    let now: @Sendable () -> Instant

    /// How long nothing may succeed.
    static let silenceSecondsMax: Int64 = 60
    /// The leases of those workers that only one process runs at a time.
    private static let leaseNames = ["indexer": "indexer.", "keeper": "keeper"]

    func indexerCheck() async -> HealthResponse.Check {
        do {
            guard let money = readers.first,
                let place = try await escrows.cursor(of: money.book.name)
            else {
                return .init(name: "indexer", status: .failing, detail: "has not read yet")
            }
            let silence = place.readAt.seconds(until: now())
            var check = HealthResponse.Check(
                name: "indexer", status: silence <= Self.silenceSecondsMax ? .ok : .failing,
                detail: "read up to ledger \(place.ledger), \(silence) s ago")
            check.ledger = place.ledger
            return check
        } catch {
            return .init(name: "indexer", status: .failing, detail: error.code.rawValue)
        }
    }

    /// Books that lack what happened before they were begun; the others are not told of.
    func bookChecks() async -> [HealthResponse.Check] {
        var checks: [HealthResponse.Check] = []
        for reader in readers {
            let name = "book.\(reader.book.subject)"
            do {
                guard let beginning = try await reader.books.find(reader.book.name),
                    let gap = beginning.gap(among: reader.book.contracts.count)
                else { continue }
                checks.append(.init(name: name, status: .degraded, detail: gap))
            } catch {
                checks.append(.init(name: name, status: .degraded, detail: error.code.rawValue))
            }
        }
        return checks
    }

    func checks() async -> [HealthResponse.Check] {
        let held = (try? await leases.held(now: now().seconds)) ?? [:]
        return reports.all.map { name, report in
            var check = check(name, report)
            if let prefix = Self.leaseNames[name],
                let lease = held.first(where: { $0.key.hasPrefix(prefix) })
            {
                check.leasedUntil = Instant(seconds: lease.value)
            }
            return check
        }
    }

    private func check(_ name: String, _ report: WorkerReports.Report) -> HealthResponse.Check {
        let last = report.lastSuccess ?? report.began
        let silence = last.seconds(until: now())
        let isLate = silence > Self.silenceSecondsMax + report.pauseSeconds
        var check = HealthResponse.Check(
            name: "worker.\(name)",
            // A book that stands still stops no other, and nobody's money.
            status: isLate ? (name.hasPrefix("indexer.") ? .degraded : .failing) : .ok,
            detail: report.lastSuccess == nil
                ? "no round has succeeded since it began, \(silence) s ago"
                : "last round \(silence) s ago")
        check.lastSuccessAt = report.lastSuccess
        return check
    }
}

extension BookRepository.Beginning {
    /// What is not known of the time before; `nil` if all is, or if nothing says otherwise.
    func gap(among count: Int) -> String? {
        guard !isAnnounced, firstLedger > 0 else { return nil }
        if truncated > 0 {
            return "begins in ledger \(firstLedger), in the middle of \(truncated) of \(count) "
                + "contracts; \(filled) read from the ledger since: see `traqora ledger rebuild`"
        }
        guard contracts < count else { return nil }
        return "begins in ledger \(firstLedger), and \(count - contracts) of \(count) contracts "
            + "said nothing since: if they are older, something is missing"
    }
}
