/// A type of values. Floats exist only to be refused.
enum ValueType: UInt8, Sendable {
    case i32 = 0x7f
    case i64 = 0x7e
    case f32 = 0x7d
    case f64 = 0x7c
    /// A value that only code that never runs could have.
    case unknown = 0
}

/// A type that a parameter, a result or a global can have.
public enum WasmValueType: Hashable, Sendable {
    case i32, i64

    init?(_ type: ValueType) {
        switch type {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32, .f64, .unknown: return nil
        }
    }

    var internalType: ValueType { self == .i32 ? .i32 : .i64 }
}

/// A function's parameters and its result, if it has one.
public struct WasmFunctionType: Hashable, Sendable {
    /// Types of the parameters.
    public var parameters: [WasmValueType]
    /// Type of the result.
    public var result: WasmValueType?

    /// A type.
    public init(parameters: [WasmValueType], result: WasmValueType?) {
        self.parameters = parameters
        self.result = result
    }
}

/// What an import or an export is.
public enum WasmExternal: Hashable, Sendable {
    /// A function and its type.
    case function(WasmFunctionType)
    /// A table.
    case table
    /// The linear memory.
    case memory
    /// A global.
    case global
}

/// Something the module needs from outside.
public struct WasmImport: Hashable, Sendable {
    /// First part of the name.
    public var module: String
    /// Second part of the name.
    public var name: String
    /// What it is.
    public var kind: WasmExternal
}

/// Something the module offers.
public struct WasmExport: Hashable, Sendable {
    /// Its name: any UTF-8, even empty.
    public var name: String
    /// What it is.
    public var kind: WasmExternal
    /// Its index among the module's functions, tables, memories or globals.
    public var index: Int
}

/// A custom section.
public struct WasmCustomSection: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What follows the name.
    public var contents: [UInt8]
}

/// What the module consists of, for an embedder that charges for it.
public struct WasmCounts: Hashable, Sendable {
    /// Operators of all bodies, each `end` included.
    public var instructions = 0
    /// Targets of all `br_table`, without the defaults.
    public var branchTableTargets = 0
    /// Bodies; imports are not among them.
    public var functions = 0
    /// Globals that the module defines.
    public var globals = 0
    /// Initial entries of the tables.
    public var tableEntries = 0
    /// Types.
    public var types = 0
    /// Data segments.
    public var dataSegments = 0
    /// Element segments.
    public var elementSegments = 0
    /// Imports of any kind.
    public var imports = 0
    /// Exports of any kind.
    public var exports = 0
    /// Bytes of all data segments.
    public var dataSegmentBytes = 0
    /// Entries of all element segments.
    public var elements = 0
}

/// The offset of a segment or the value of a global.
enum ConstantExpression: Sendable {
    case value(UInt64)
    /// Only of an imported global, so that it can be parsed but never be linked.
    case importedGlobal(Int)
}

struct DataSegment: Sendable {
    /// `nil` if it is passive.
    var offset: ConstantExpression?
    /// Its place in ``WasmModule``'s bytes.
    var bytes: Range<Int>
}

struct ElementSegment: Sendable {
    enum Mode: Sendable { case active(ConstantExpression), passive, declared }
    var mode: Mode
    var functions: [UInt32]
}

struct Global: Sendable {
    var type: WasmValueType
    var isMutable: Bool
    var value: ConstantExpression
}

struct MemoryLimits: Sendable {
    var initialPages: Int
    var maximumPages: Int?
}
