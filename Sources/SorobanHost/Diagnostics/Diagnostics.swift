internal import StellarXDR

/// What is told to those who look for faults, in the order in which it happened: calls, returns,
/// logs and failures, and among them the contracts' own events.
///
/// Nothing else depends on it. It holds the host's values as they are; they become XDR when the
/// invocation has ended, charged to a meter that is shown to no one and stops what grows too large.
struct Diagnostics {
    /// What happened.
    enum Happening {
        /// A contract's function is about to be called.
        case call(of: ContractID, function: Val, arguments: [Val])
        /// A contract's function came back.
        case answer(function: Val, result: Val)
        /// A contract logged something.
        case log(text: [UInt8], values: [Val])
        /// Something failed: a contract's own function, or one of the host by its name.
        case failure(HostError, what: String, function: Val?, arguments: [Val])
        /// The contract's event of this number in the host's list.
        case event(Int)
    }

    struct Record {
        var happening: Happening
        /// Where it happened; `nil` outside of contracts.
        var contract: ContractID?
        /// Whether the call in which it happened, or one around it, failed.
        var isOfFailedCall = false
    }

    private(set) var records: [Record] = []

    mutating func append(_ happening: Happening, in contract: ContractID?) {
        records.append(Record(happening: happening, contract: contract))
    }

    /// Notes that the call failed in which all but the first `count` records were made.
    mutating func fail(since count: Int) {
        for index in count..<records.count { records[index].isOfFailedCall = true }
    }

    /// Whether one of the records says why something failed.
    var haveFailure: Bool {
        records.contains { if case .failure = $0.happening { true } else { false } }
    }
}
