/// Why the host stopped: a pair of type and code, as contracts and the ledger see it.
public struct HostError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Who says so. XDR `SCErrorType`.
    public enum Kind: UInt32, Sendable, Hashable, CaseIterable {
        /// A contract, with a number of its own.
        case contract
        /// The machine that runs contracts.
        case wasmVm
        /// What may be called when.
        case context
        /// The ledger's entries.
        case storage
        /// A value of the host.
        case object
        /// A signature or a point of a curve.
        case crypto
        /// The recording of events.
        case events
        /// The limits of an invocation.
        case budget
        /// A word that should be a value.
        case value
        /// Who allowed what.
        case auth
    }

    /// What is wrong. XDR `SCErrorCode`.
    public enum Code: UInt32, Sendable, Hashable, CaseIterable {
        /// Arithmetic has no answer.
        case arithDomain
        /// A position outside.
        case indexBounds
        /// Input that is not what it should be.
        case invalidInput
        /// Something that must exist does not.
        case missingValue
        /// Something that must not exist does.
        case existingValue
        /// A limit.
        case exceededLimit
        /// Not allowed here.
        case invalidAction
        /// The host's own fault.
        case internalError
        /// A value of another type.
        case unexpectedType
        /// A value of another size.
        case unexpectedSize
    }

    /// Who says so.
    public let kind: Kind
    /// A ``Code``, or the number that a contract chose.
    public let number: UInt32

    /// An error of the host.
    public init(_ kind: Kind, _ code: Code) {
        self.kind = kind
        number = code.rawValue
    }

    private init(kind: Kind, number: UInt32) {
        self.kind = kind
        self.number = number
    }

    /// An error that a contract numbered.
    public static func contract(_ number: UInt32) -> HostError {
        HostError(kind: .contract, number: number)
    }

    /// The error that two words stand for, if there is one.
    init?(kind: UInt32, number: UInt32) {
        guard let kind = Kind(rawValue: kind) else { return nil }
        guard kind == .contract || Code(rawValue: number) != nil else { return nil }
        self.init(kind: kind, number: number)
    }

    /// What is wrong, unless a contract numbered it.
    public var code: Code? { kind == .contract ? nil : Code(rawValue: number) }

    /// The limits of the invocation are used up.
    static let budgetExceeded = HostError(.budget, .exceededLimit)
    /// A word that no value has, or that does not fit its place.
    static let badValue = HostError(.value, .invalidInput)

    /// Whether `try_call` may go on after it: exhausted limits and the host's own faults pass
    /// through every caller.
    public var isRecoverable: Bool {
        switch (kind, code) {
        case (.contract, _): true
        case (_, .internalError): false
        case (.budget, .exceededLimit), (.storage, .exceededLimit): false
        default: true
        }
    }

    /// `Error(Object, IndexBounds)`, `Error(Contract, #7)`: as the reference host prints it.
    public var description: String {
        guard let code else { return "Error(Contract, #\(Int32(bitPattern: number)))" }
        return "Error(\(Self.capitalized(kind)), \(Self.capitalized(code)))"
    }

    private static func capitalized(_ value: some Any) -> String {
        let name = String(describing: value)
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
