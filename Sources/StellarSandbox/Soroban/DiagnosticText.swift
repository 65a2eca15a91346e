internal import SorobanHost
internal import StellarXDR

/// What happened in an invocation as a text for people, as the answers of a network have it.
enum DiagnosticText {
    /// At most so many events are told, the newest.
    static let eventsMax = 25
    /// At most so many characters of a value.
    static let valueLengthMax = 1_000

    /// Why an invocation failed, and what happened before, the newest first.
    static func text(_ error: HostError, _ events: [DiagnosticEvent]) -> String {
        var lines = ["HostError: \(error)"]
        if !events.isEmpty { lines += ["", "Event log (newest first):"] }
        for (number, event) in events.reversed().prefix(eventsMax).enumerated() {
            lines.append("   \(number): \(text(event))")
        }
        if events.count > eventsMax { lines.append("   and \(events.count - eventsMax) before") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ told: DiagnosticEvent) -> String {
        let event = told.event
        guard case .v0(let body) = event.body else { return "" }
        let kind =
            switch event.type {
            case .system: "System Event"
            case .contract: "Contract Event"
            case .diagnostic: "Diagnostic Event"
            }
        let isVoid = event.type != .diagnostic && !told.inSuccessfulContractCall
        let head = isVoid ? "[Failed \(kind) (not emitted)]" : "[\(kind)]"
        let contract = event.contractID.map { " contract:\(SCAddress.contract($0))," } ?? ""
        let topics = body.topics.map(text).joined(separator: ", ")
        return "\(head)\(contract) topics:[\(topics)], data:\(text(body.data))"
    }

    private static func text(_ value: SCVal) -> String {
        var text = ""
        write(value, to: &text)
        return text.count <= valueLengthMax ? text : text.prefix(valueLengthMax) + "…"
    }

    private static func write(_ value: SCVal, to text: inout String) {
        guard text.utf8.count <= 4 * valueLengthMax else { return }
        switch value {
        case .bool(let truth): text += "\(truth)"
        case .void: text += "Void"
        case .error(let error): text += self.text(error)
        case .u32(let number): text += "\(number)"
        case .i32(let number): text += "\(number)"
        case .u64(let number), .timepoint(let number), .duration(let number): text += "\(number)"
        case .i64(let number): text += "\(number)"
        case .u128(let parts): text += "\(UInt128(parts.hi) << 64 | UInt128(parts.lo))"
        case .i128(let parts): text += "\(Int128(parts.hi) << 64 | Int128(parts.lo))"
        case .bytes(let bytes): text += "Bytes(\(hexadecimal(bytes.bytes)))"
        case .string(let string), .executableTag(let string): text += "\"\(string)\""
        case .symbol(let symbol): text += "\(symbol)"
        case .address(let address): text += "\(address)"
        case .vec(let elements):
            text += "["
            for (index, element) in (elements ?? []).enumerated() {
                if index > 0 { text += ", " }
                write(element, to: &text)
            }
            text += "]"
        case .map(let entries):
            text += "{"
            for (index, entry) in (entries ?? []).enumerated() {
                if index > 0 { text += ", " }
                write(entry.key, to: &text)
                text += ": "
                write(entry.val, to: &text)
            }
            text += "}"
        case .u256, .i256, .contractInstance, .ledgerKeyContractInstance, .ledgerKeyNonce:
            text += (try? value.base64()) ?? ""
        }
    }

    private static func text(_ error: SCError) -> String {
        HostError(error).description
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.prefix(valueLengthMax).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }
}
