internal import StellarXDR

/// What is wrong with a filter.
struct FilterFault: Error {
    let reason: String
}

extension EventFilter {
    /// Reads a filter as it is asked for.
    init(_ wanted: RPCService.EventsParameters.Filter) throws(FilterFault) {
        for name in wanted.type.split(separator: ",") {
            switch name {
            case "contract": types.insert(.contract)
            case "system": types.insert(.system)
            default:
                throw FilterFault(
                    reason: "filter type invalid: if set, type must be either 'system' or "
                        + "'contract'")
            }
        }
        let contracts = wanted.contractIds
        guard contracts.count <= 5 else {
            throw FilterFault(reason: "maximum 5 contract IDs per filter")
        }
        for (index, text) in contracts.enumerated() {
            guard case .contract(let id)? = try? StrKey(parsing: text) else {
                throw FilterFault(reason: "contract ID \(index + 1) invalid")
            }
            add(contract: id)
        }
        let topics = wanted.topics
        guard topics.count <= 5 else { throw FilterFault(reason: "maximum 5 topics per filter") }
        for (index, segments) in topics.enumerated() {
            do throws(FilterFault) {
                self.topics.append(try Topics(segments))
            } catch {
                throw FilterFault(reason: "topic \(index + 1) invalid: \(error.reason)")
            }
        }
    }
}

extension EventFilter.Topics {
    fileprivate init(_ texts: [String]) throws(FilterFault) {
        isOpen = texts.last == "**"
        let fixed = isOpen ? texts.dropLast() : texts[...]
        guard !fixed.isEmpty || isOpen else {
            throw FilterFault(reason: "topic must have at least 1 segment")
        }
        guard fixed.count <= 4 else {
            throw FilterFault(reason: "topic cannot have more than 4 segments")
        }
        segments = []
        for (index, text) in fixed.enumerated() {
            switch text {
            case "*": segments.append(.any)
            case "**":
                throw FilterFault(
                    reason: "segment \(index + 1) invalid: wildcard '**' is only allowed as the "
                        + "last segment")
            default:
                do throws(XDRError) {
                    let value = try SCVal(base64: text)
                    segments.append(.value(value, try EventMark(value)))
                } catch {
                    throw FilterFault(reason: "segment \(index + 1) invalid: not an ScVal")
                }
            }
        }
    }
}
