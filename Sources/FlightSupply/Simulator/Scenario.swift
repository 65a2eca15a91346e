import Travel

/// Routes on which the simulator misbehaves on purpose, so that a test, or a person who wants to
/// see what happens, need not wait for bad luck. None of them is flown in the real world.
enum Scenario: Sendable {
    /// STN–LHR: the order's answer never comes; it is there all the same.
    case unanswered
    /// LGW–LHR: on offer, but gone when it is ordered.
    case refused
    /// LHR–STN: ten dollars more each time it is priced again.
    case dearer
    /// LHR–LGW: cannot be priced again.
    case gone
    /// LGW–STN: when it has been ordered, the airline lets it leave two hours later.
    case rescheduled

    /// The scenario of a route, `nil` for an ordinary one.
    init?(from origin: AirportCode, to destination: AirportCode) {
        switch (origin.text, destination.text) {
        case ("STN", "LHR"): self = .unanswered
        case ("LGW", "LHR"): self = .refused
        case ("LHR", "STN"): self = .dearer
        case ("LHR", "LGW"): self = .gone
        case ("LGW", "STN"): self = .rescheduled
        default: return nil
        }
    }
}
