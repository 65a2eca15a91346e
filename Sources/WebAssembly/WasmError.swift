/// Why a module was refused: how far it got, what is wrong, and where.
public struct WasmError: Error, Hashable, Sendable {
    /// The stages of accepting a module, in their order.
    public enum Phase: Hashable, Sendable {
        /// The bytes are not a valid module of the feature set.
        case parse
        /// An import is something that no embedder offers.
        case link
        /// A segment, the table or the start function cannot be instantiated.
        case instantiate
        /// The counts that costs are computed from cannot be taken.
        case counts
    }

    /// What is wrong. ``WasmError/message`` says it for people.
    public enum Reason: Hashable, Sendable {
        case malformed, unsupported, typeMismatch, unknownIndex, limitExceeded
        case unlinkableImport, elementsOutOfBounds, dataOutOfBounds, tableTooLarge, hasStart
        case moreElementsThanTable, moreDataThanMemory
    }

    /// The stage that refused.
    public var phase: Phase
    /// What is wrong, for a caller that switches over it.
    public var reason: Reason
    /// What is wrong, as a sentence.
    public var message: String
    /// The offset of the byte after the one that shows it, or `nil` after parsing.
    public var offset: Int?

    init(_ phase: Phase, _ reason: Reason, _ message: String, at offset: Int? = nil) {
        self.phase = phase
        self.reason = reason
        self.message = message
        self.offset = offset
    }
}

/// Why running code stopped.
public enum WasmTrap: Error, Hashable, Sendable {
    /// `unreachable` was reached.
    case unreachable
    /// A load, store or bulk operation left the linear memory.
    case memoryOutOfBounds
    /// A table access left the table.
    case tableOutOfBounds
    /// `call_indirect` of an empty table entry.
    case uninitializedElement
    /// `call_indirect` of a function of another type.
    case signatureMismatch
    /// An integer division by zero.
    case divisionByZero
    /// A signed division whose quotient has no representation.
    case integerOverflow
    /// More nested calls, or more values on the stack, than the limits allow.
    case stackOverflow
    /// The fuel does not suffice for the next piece of code; none is taken for it.
    case outOfFuel
    /// `memory.grow` past the maximum that the module declares.
    case growthLimited
}

/// Why an export could not be called.
public enum WasmCallError: Error, Hashable, Sendable {
    /// There is no export of that name, or it is not a function.
    case noSuchFunction
    /// The arguments' number differs from the parameters'.
    case argumentCount(expected: Int)
}

/// How a run of the interpreter ended.
enum Exit: UInt8 {
    case returned, unreachable, memoryOutOfBounds, tableOutOfBounds, uninitializedElement
    case signatureMismatch, divisionByZero, integerOverflow, stackOverflow, outOfFuel
    case growthLimited, embedderFailed

    /// The trap for callers, `nil` for the two ways to end that are none.
    var trap: WasmTrap? {
        switch self {
        case .returned, .embedderFailed: nil
        case .unreachable: .unreachable
        case .memoryOutOfBounds: .memoryOutOfBounds
        case .tableOutOfBounds: .tableOutOfBounds
        case .uninitializedElement: .uninitializedElement
        case .signatureMismatch: .signatureMismatch
        case .divisionByZero: .divisionByZero
        case .integerOverflow: .integerOverflow
        case .stackOverflow: .stackOverflow
        case .outOfFuel: .outOfFuel
        case .growthLimited: .growthLimited
        }
    }
}
