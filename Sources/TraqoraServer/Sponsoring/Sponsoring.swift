/// How far the platform pays the network's fees for others.
public struct Sponsoring: Hashable, Sendable {
    /// How many transactions of an account in a day (UTC).
    public var countPerDayMax = 20
    /// What one may cost the platform at most, in stroops.
    public var feeStroopsMax: UInt32 = 20_000_000
    /// What all of a day may cost the platform at most, in stroops.
    public var dayStroopsMax: Int64 = 10_000_000_000
    /// The shortest time between two ledgers; `nil` where one closes for each transaction.
    public var ledgerSecondsMin: Int64? = 4

    /// The defaults.
    public init() {}

    /// For how many ledgers a signature has to hold that is used within some seconds.
    func ledgers(in seconds: Int64) -> UInt32 {
        guard let ledgerSecondsMin else { return 100_000 }
        return UInt32(clamping: max(0, seconds) / max(1, ledgerSecondsMin) + 12)
    }
}
