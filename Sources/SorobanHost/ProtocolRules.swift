/// What depends on the version of the protocol, in one place; which host functions a version has
/// stands with the functions, in ``HostImport``.
public struct ProtocolRules: Sendable {
    /// The versions that can be run: the one that networks are at, and those that the host was
    /// compared with the genuine one at.
    public static let supported: [UInt32] = [27, 28, 30]

    private let version: UInt32

    /// The rules of a version of the protocol.
    public init(_ version: UInt32) {
        self.version = version
    }

    /// Whether a contract made for this version has a constructor.
    var hasConstructors: Bool { version >= 22 }

    /// Whether an invocation may bear neither memo nor muxed source (CAP-67).
    public var refusesMemos: Bool { version >= 25 }

    /// Whether there are credentials that bind the address (CAP-71).
    public var hasAddressV2: Bool { version >= 27 }

    /// Whether custom sections, and the targets of `br_table`, count in what a module costs.
    var countsCustomSections: Bool { version >= 30 }

    /// Whether extending a life by more ledgers than there can be extends it as far as it may be,
    /// also by the first form of the functions.
    var clampsExtensions: Bool { version >= 30 }
}
