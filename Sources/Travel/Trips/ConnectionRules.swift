/// The least time between two flights that lets people and bags change over.
///
/// The airlines' own table is proprietary, so these are the cautious estimates a self-built
/// connection is shown with.
public enum ConnectionRules {
    /// Minutes needed between flights that both stay inside `country`.
    public static let domesticMinutesMin = 60
    /// Minutes needed when either crosses a border.
    public static let internationalMinutesMin = 90
    /// Minutes that people like to wait at most.
    public static let comfortableMinutesMax = 8 * 60
    /// Minutes after which it is a stay, not a change.
    public static let minutesMax = 24 * 60 - 1

    /// Minutes needed at an airport of `country` between a flight from `origin` and one to
    /// `destination` (their countries).
    public static func minutesMin(from origin: String, at country: String, to destination: String)
        -> Int
    {
        origin == country && country == destination
            ? domesticMinutesMin : internationalMinutesMin
    }
}
