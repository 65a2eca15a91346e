internal import StellarXDR

extension Host {
    /// Notes what happens now in the running contract, if someone wants to know.
    func diagnose(_ happening: @autoclosure () -> Diagnostics.Happening) {
        guard diagnostics != nil else { return }
        diagnose(happening(), in: frames.last?.call?.contract)
    }

    /// Notes what happens in a contract, as long as there is room.
    func diagnose(_ happening: Diagnostics.Happening, in contract: ContractID?) {
        guard diagnostics != nil else { return }
        let room: Void? = budget.forDiagnostics { () throws(HostError) in
            try budget.makeVector(of: DeclaredSize.recordedEvent, count: 1)
        }
        guard room != nil else { return }
        diagnostics?.append(happening, in: contract)
    }

    /// A log entry of the running contract. What it cannot read, it does not log.
    func diagnoseLog(
        _ messagePosition: UInt32, _ messageLength: UInt32, _ valuesPosition: UInt32,
        _ valueCount: UInt32, memory: some LinearMemory
    ) {
        guard diagnostics != nil else { return }
        let logged = budget.forDiagnostics {
            () throws(HostError) -> (text: [UInt8], values: [Val]) in
            try budget.copyBytes(Int(messageLength))
            let text = try memory.bytes(memory.range(messagePosition, count: Int(messageLength)))
            try budget.makeVector(of: DeclaredSize.val, count: Int(valueCount))
            let values = try readValues(valueCount, at: valuesPosition, memory)
            for value in values { try check(value) }
            return (text, values)
        }
        guard let logged else { return }
        diagnose(.log(text: logged.text, values: logged.values))
    }

    /// Everything that happened, for the outcome.
    func makeDiagnostics() -> [DiagnosticEvent] {
        guard let records = diagnostics?.records else { return [] }
        return records.compactMap { record in
            budget.forDiagnostics { () throws(HostError) in
                DiagnosticEvent(
                    inSuccessfulContractCall: !record.isOfFailedCall,
                    event: try makeEvent(record))
            }
        }
    }

    private func makeEvent(_ record: Diagnostics.Record) throws(HostError) -> ContractEvent {
        var contract = record.contract
        var type = ContractEventType.diagnostic
        var (topics, data): ([SCVal], SCVal)
        switch record.happening {
        case .call(let callee, let function, let arguments):
            topics = [.symbol("fn_call"), .bytes(SCBytes(callee.bytes)), try toSCVal(function)]
            data = try bundle(toSCVals(arguments))
        case .answer(let function, let result):
            (topics, data) = ([.symbol("fn_return"), try toSCVal(function)], try toSCVal(result))
        case .log(let text, let values):
            (topics, data) = (
                [.symbol("log")], bundle([.string(SCString(text))] + (try toSCVals(values)))
            )
        case .failure(let error, let what, let function, let arguments):
            topics = [.symbol("error"), .error(error.xdr)]
            var said: [SCVal] = [.string(SCString(what))]
            if let function {
                try budget.makeVector(of: DeclaredSize.scVal, count: arguments.count)
                said += [try toSCVal(function), .vec(try toSCVals(arguments))]
            }
            data = bundle(said)
        case .event(let number):
            let event = events[number]
            (contract, type) = (event.contract, event.type)
            (topics, data) = (try toSCVals(vec(event.topics)), try toSCVal(event.data))
        }
        return ContractEvent(
            contractID: contract, type: type,
            body: .v0(ContractEventV0(topics: topics, data: data)))
    }

    /// Several values as one: none is void, one stands for itself.
    private func bundle(_ values: [SCVal]) -> SCVal {
        values.count == 1 ? values[0] : values.isEmpty ? .void : .vec(values)
    }
}
