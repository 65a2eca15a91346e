/// A value that must not be seen: it prints, interpolates, dumps and logs as `[redacted]`.
///
/// What it is comes out through ``reveal()`` alone, so that a search for that word finds every
/// place where it does.
public struct Secret: Sendable {
    private let text: String

    /// Wraps `text`.
    public init(_ text: String) { self.text = text }

    /// The value itself, for the one place that needs it.
    public func reveal() -> String { text }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { text.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `[redacted]`.
    public var description: String { "[redacted]" }
    /// Always `[redacted]`.
    public var debugDescription: String { "[redacted]" }
    /// Nothing to see for `dump`.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
