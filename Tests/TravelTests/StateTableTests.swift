import Foundation
import Support
import Testing
import Travel

/// The tables in Docs/reference/bookings.md are those that the code makes.
@Suite struct StateTableTests {
    @Test func `the documented states of a booking are the real ones`() throws {
        let page = try String(
            contentsOf: Package.root.appendingPathComponent("Docs/reference/bookings.md"),
            encoding: .utf8)
        for line in fulfilmentTable() + escrowTable() + statusTable() {
            #expect(page.contains(line + "\n"), "\(line)")
        }
    }

    /// One line a state: what each event makes of it, and what is then to be done.
    private func fulfilmentTable() -> [String] {
        Fulfilment.allCases.map { state in
            let cells = Fulfilment.Event.allCases.map { event -> String in
                guard let (next, action) = try? state.after(event) else { return "–" }
                let name = next == state ? "·" : next.rawValue
                return action.map { "\(name), *\($0.rawValue)*" } ?? name
            }
            return "| **\(state.rawValue)** | \(cells.joined(separator: " | ")) |"
        }
    }

    private func escrowTable() -> [String] {
        EscrowState.allCases.map { state in
            let cells = EscrowState.Event.allCases.map { event in
                (try? state.after(event)).map { $0 == state ? "·" : $0.rawValue } ?? "–"
            }
            return "| **\(state.rawValue)** | \(cells.joined(separator: " | ")) |"
        }
    }

    private func statusTable() -> [String] {
        EscrowState.allCases.map { escrow in
            let cells = Fulfilment.allCases.map {
                BookingStatus(escrow: escrow, fulfilment: $0).rawValue
            }
            return "| **\(escrow.rawValue)** | \(cells.joined(separator: " | ")) |"
        }
    }
}
