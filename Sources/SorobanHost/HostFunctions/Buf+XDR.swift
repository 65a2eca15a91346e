internal import StellarXDR

// Module b: values as XDR and back.
extension Host {
    func serializeToBytes(_ value: Val) throws(HostError) -> Val {
        let converted = try toSCVal(value)
        try budget.write(converted)
        do {
            return try make(.bytes(converted.xdr()))
        } catch let error as HostError {
            throw error
        } catch {
            throw HostError(.value, .internalError)
        }
    }

    func deserializeFromBytes(_ object: Val) throws(HostError) -> Val {
        let bytes = try bytes(object)
        try budget.charge(.valDeser, bytes.count)
        return try toVal(parsed(bytes))
    }

    /// The value that bytes are the XDR of.
    func parsed<Value: XDRCodable>(_ bytes: [UInt8]) throws(HostError) -> Value {
        do throws(XDRError) { return try Value(xdr: bytes) } catch { throw HostError(error) }
    }
}

extension HostError {
    /// What the host says of bytes that are not what they should be.
    init(_ error: XDRError) {
        switch error {
        case .truncated, .tooDeep: self.init(.context, .exceededLimit)
        default: self = .badValue
        }
    }
}
