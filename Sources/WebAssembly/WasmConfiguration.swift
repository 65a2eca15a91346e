/// What the embedder decides: prices in fuel and limits at run time.
///
/// The defaults are those of the reference virtual machine of Soroban.
public struct WasmConfiguration: Hashable, Sendable {
    /// Prices of instructions.
    public var fuel: FuelCosts = FuelCosts()
    /// Limits of an instance.
    public var limits: WasmLimits = WasmLimits()

    /// The defaults; change what differs.
    public init() {}
}

/// Units of fuel by class of instruction. The compiler adds them up per unit of code; they are
/// taken when the unit is entered.
public struct FuelCosts: Hashable, Sendable {
    /// Entering a function, a loop's body, an arm of an `if`; and every instruction without a
    /// price of its own.
    public var base: UInt64 = 1
    /// A load from memory.
    public var load: UInt64 = 2
    /// A store to memory.
    public var store: UInt64 = 1
    /// Globals, `memory.*`, `table.*`, and dropping a segment.
    public var entity: UInt64 = 3
    /// Any call.
    public var call: UInt64 = 67
    /// Parameters and locals that one more unit at a function's entry pays for.
    public var localsPerUnit: UInt64 = 8
    /// Bytes that one more unit of a bulk memory operation pays for.
    public var bytesPerUnit: UInt64 = 64
    /// Elements that one more unit of a bulk table operation pays for.
    public var elementsPerUnit: UInt64 = 8
    /// Growing memory by a page.
    public var growPage: UInt64 = 1024

    /// The defaults.
    public init() {}
}

/// Limits of an instance.
public struct WasmLimits: Hashable, Sendable {
    /// Values of all frames together, each 8 bytes.
    public var stackSlots: Int = 131_072
    /// Calls nested below the function that was called from outside.
    public var callDepth: Int = 1_024
    /// Entries of the table.
    public var tableEntries: Int = 1_000

    /// The defaults.
    public init() {}
}

/// The limits of the format itself, as the reference's parser has them.
enum FormatLimit {
    static let items = 1_000_000
    static let exportsAndSegments = 100_000
    static let nameBytes = 100_000
    static let locals = 50_000
    static let parameters = 1_000
    static let tableEntries = 10_000_000
    static let branchTargets = 131_072
    static let memoryPages = 65_536
    /// Values that a branch may drop: the reference keeps the number in 16 bits.
    static let droppedValues = 65_535
}
