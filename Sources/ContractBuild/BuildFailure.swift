/// Why there is no contract, in words for who builds it: what is wrong, and what to do.
public struct BuildFailure: Error, Hashable, CustomStringConvertible {
    /// The words.
    public var message: String

    /// A failure.
    public init(_ message: String) { self.message = message }

    /// The words.
    public var description: String { message }
}
