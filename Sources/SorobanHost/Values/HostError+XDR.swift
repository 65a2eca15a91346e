public import StellarXDR

extension HostError {
    /// The error as the ledger writes it.
    public var xdr: SCError {
        let code = SCErrorCode(rawValue: Int32(bitPattern: number)) ?? .internalError
        return switch kind {
        case .contract: .contract(number)
        case .wasmVm: .wasmVm(code)
        case .context: .context(code)
        case .storage: .storage(code)
        case .object: .object(code)
        case .crypto: .crypto(code)
        case .events: .events(code)
        case .budget: .budget(code)
        case .value: .value(code)
        case .auth: .auth(code)
        }
    }

    /// The error that the ledger wrote.
    public init(_ error: SCError) {
        self =
            switch error {
            case .contract(let number): .contract(number)
            case .wasmVm(let code): HostError(.wasmVm, Code(code))
            case .context(let code): HostError(.context, Code(code))
            case .storage(let code): HostError(.storage, Code(code))
            case .object(let code): HostError(.object, Code(code))
            case .crypto(let code): HostError(.crypto, Code(code))
            case .events(let code): HostError(.events, Code(code))
            case .budget(let code): HostError(.budget, Code(code))
            case .value(let code): HostError(.value, Code(code))
            case .auth(let code): HostError(.auth, Code(code))
            }
    }
}

extension HostError.Code {
    fileprivate init(_ code: SCErrorCode) {
        self = Self(rawValue: UInt32(bitPattern: code.rawValue)) ?? .internalError
    }
}
