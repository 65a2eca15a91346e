internal import StellarXDR

/// An event as it was recorded; it becomes XDR when the invocation ends.
struct RecordedEvent {
    var type: ContractEventType
    var contract: ContractID
    var topics: Val
    var data: Val
    /// Whether the call that recorded it, or one around it, failed.
    var isOfFailedCall = false
}

extension Host {
    /// Records an event of the current contract.
    func recordEvent(_ type: ContractEventType, topics: Val, data: Val) throws(HostError) {
        let call = try currentCall()
        try budget.copy(32)
        try budget.copyBytes(32)
        try budget.makeObject()
        try budget.makeVector(of: DeclaredSize.recordedEvent, count: 1)
        events.append(
            RecordedEvent(type: type, contract: call.contract, topics: topics, data: data))
        diagnose(.event(events.count - 1))
        traceEvent(topics: topics, data: data)
    }

    /// All events as XDR, those of failed calls left out after they were charged for.
    func makeEvents() throws(HostError) -> [ContractEvent] {
        var finished: [ContractEvent] = []
        for event in events {
            guard case .vec(let topics) = try visit(event.topics) else { throw .unexpectedObject }
            try budget.collect(topics.count, of: DeclaredSize.scVal)
            let converted = try toSCVals(topics)
            let data = try toSCVal(event.data)
            try budget.visitObject()
            try budget.copy(32)
            try budget.makeVector(of: DeclaredSize.hostEvent, count: 1)
            guard !event.isOfFailedCall else { continue }
            finished.append(
                ContractEvent(
                    contractID: event.contract, type: event.type,
                    body: .v0(ContractEventV0(topics: converted, data: data))))
        }
        return finished
    }
}

extension Host {
    /// `x.1`
    func contractEvent(_ topics: Val, _ data: Val) throws(HostError) {
        try recordEvent(.contract, topics: topics, data: data)
    }
}
