/// Where a supplier keeps offers that it has to show again: for a while, shared by all processes.
/// What is lost there has to be searched for again.
public struct OfferShelf: Sendable {
    let keep: @Sendable (_ bytes: [UInt8], _ key: String, _ seconds: Double) async -> Void
    let find: @Sendable (_ key: String) async -> [UInt8]?

    /// A shelf.
    public init(
        keep:
            @escaping @Sendable (_ bytes: [UInt8], _ key: String, _ seconds: Double) async -> Void,
        find: @escaping @Sendable (_ key: String) async -> [UInt8]?
    ) {
        self.keep = keep
        self.find = find
    }
}
