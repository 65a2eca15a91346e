/// A moment: seconds since 1970-01-01 00:00 UTC.
@frozen public struct Timepoint: Comparable {
    /// In seconds.
    public var seconds: UInt64
    /// Made of seconds.
    @inline(__always) public init(seconds: UInt64) { self.seconds = seconds }

    /// Whether the first is the earlier.
    @inline(__always) public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }

    /// So much later; beyond what 64 bits count the call ends.
    @inline(__always) public static func + (a: Self, b: Duration) -> Self {
        Timepoint(seconds: a.seconds + b.seconds)
    }
    /// So much earlier; before 1970 the call ends.
    @inline(__always) public static func - (a: Self, b: Duration) -> Self {
        Timepoint(seconds: a.seconds - b.seconds)
    }
    /// How much later the first is; if it is the earlier the call ends.
    @inline(__always) public static func - (a: Self, b: Self) -> Duration {
        Duration(seconds: a.seconds - b.seconds)
    }
}

extension Timepoint: ContractValue {
    /// Reads it; a value of another kind ends the call.
    public init(_ value: Value) {
        seconds =
            value.tag == Tag.timepoint.rawValue
            ? value.body : hostTimepointObjToU64(value.word)
    }
    /// As the host sees it.
    public var value: Value {
        seconds >> 56 == 0
            ? Value(.timepoint, body: seconds) : Value(word: hostTimepointObjFromU64(seconds))
    }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .timepoint }
    #endif
}

/// A length of time in seconds.
@frozen public struct Duration: Comparable {
    /// In seconds.
    public var seconds: UInt64
    /// Made of seconds.
    @inline(__always) public init(seconds: UInt64) { self.seconds = seconds }

    /// Whether the first is the shorter.
    @inline(__always) public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }

    /// The sum; beyond 64 bits the call ends.
    @inline(__always) public static func + (a: Self, b: Self) -> Self {
        Duration(seconds: a.seconds + b.seconds)
    }
    /// The difference; below zero the call ends.
    @inline(__always) public static func - (a: Self, b: Self) -> Self {
        Duration(seconds: a.seconds - b.seconds)
    }
    /// So many times as long; beyond 64 bits the call ends.
    @inline(__always) public static func * (a: Self, b: UInt64) -> Self {
        Duration(seconds: a.seconds * b)
    }
}

extension Duration: ContractValue {
    /// Reads it; a value of another kind ends the call.
    public init(_ value: Value) {
        seconds =
            value.tag == Tag.duration.rawValue
            ? value.body : hostDurationObjToU64(value.word)
    }
    /// As the host sees it.
    public var value: Value {
        seconds >> 56 == 0
            ? Value(.duration, body: seconds) : Value(word: hostDurationObjFromU64(seconds))
    }
    #if !arch(wasm32)
        /// How the interface description names it.
        public static var type: SpecificationType { .duration }
    #endif
}
