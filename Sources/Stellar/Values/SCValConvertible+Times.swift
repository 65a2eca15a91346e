public import StellarXDR

/// A moment as contracts have it: seconds since 1970-01-01 00:00 UTC.
public struct ContractTimepoint: SCValConvertible, Hashable, Sendable {
    /// In seconds.
    public var seconds: UInt64

    /// Made of seconds.
    public init(seconds: UInt64) { self.seconds = seconds }

    /// From `timepoint`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .timepoint(let seconds) = scVal else { throw scVal.mismatch(.timepoint) }
        self.seconds = seconds
    }

    /// As `timepoint`.
    public var scVal: SCVal { .timepoint(seconds) }
}

/// A length of time as contracts have it.
public struct ContractDuration: SCValConvertible, Hashable, Sendable {
    /// In seconds.
    public var seconds: UInt64

    /// Made of seconds.
    public init(seconds: UInt64) { self.seconds = seconds }

    /// From `duration`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .duration(let seconds) = scVal else { throw scVal.mismatch(.duration) }
        self.seconds = seconds
    }

    /// As `duration`.
    public var scVal: SCVal { .duration(seconds) }
}

extension UInt256Parts: SCValConvertible {
    /// From `u256`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .u256(let value) = scVal else { throw scVal.mismatch(.u256) }
        self = value
    }
    /// As `u256`.
    public var scVal: SCVal { .u256(self) }
}

extension Int256Parts: SCValConvertible {
    /// From `i256`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .i256(let value) = scVal else { throw scVal.mismatch(.i256) }
        self = value
    }
    /// As `i256`.
    public var scVal: SCVal { .i256(self) }
}

extension SCError: SCValConvertible {
    /// From `error`.
    public init(scVal: SCVal) throws(SCValError) {
        guard case .error(let value) = scVal else { throw scVal.mismatch(.error) }
        self = value
    }
    /// As `error`.
    public var scVal: SCVal { .error(self) }
}
