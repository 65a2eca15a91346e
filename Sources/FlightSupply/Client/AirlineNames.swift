import Telemetry
import Travel

/// The names of airlines that came along with offers; as many as there are airlines, about.
final class AirlineNames: Sendable {
    private let names = Lock<[AirlineCode: String]>([:])

    /// There are fewer than a thousand airlines with a code.
    static let countMax = 1_300

    func learn(_ code: AirlineCode, _ name: String) {
        names.withLock { names in
            guard names.count < Self.countMax || names[code] != nil else { return }
            names[code] = name
        }
    }

    subscript(code: AirlineCode) -> String? { names.withLock { $0[code] } }
}
