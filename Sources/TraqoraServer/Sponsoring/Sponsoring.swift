/// How far the platform pays the network's fees for others.
public struct Sponsoring: Hashable, Sendable {
    /// How many transactions of an account in a day (UTC).
    public var countPerDayMax = 20
    /// What one may cost the platform at most, in stroops.
    public var feeStroopsMax: UInt32 = 20_000_000
    /// What all of a day may cost the platform at most, in stroops.
    public var dayStroopsMax: Int64 = 10_000_000_000
    /// For how many ledgers a signature holds at most; the time in which it may be sent is shorter.
    public var ledgersToSign: UInt32 = 1_000

    /// The defaults.
    public init() {}
}
