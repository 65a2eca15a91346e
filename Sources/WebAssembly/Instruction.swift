/// A word of compiled code: what to do and three small numbers, mostly registers.
///
/// `wide` is the last two as one number. Some instructions use the word that follows as well.
struct Instruction {
    var operation: Operation
    var a: UInt16
    var b: UInt16
    var c: UInt16

    var smallB: Int16 { Int16(bitPattern: b) }
    var smallC: Int16 { Int16(bitPattern: c) }
    var wide: UInt32 { UInt32(b) | UInt32(c) &<< 16 }
    var wideSigned: Int32 { Int32(bitPattern: wide) }

    /// The word of an instruction with three small numbers.
    static func word(_ code: UInt16, _ a: UInt16, _ b: UInt16, _ c: UInt16) -> UInt64 {
        UInt64(code) | UInt64(a) << 16 | UInt64(b) << 32 | UInt64(c) << 48
    }

    /// The word of an instruction with a small and a wide number.
    static func word(_ operation: Operation, _ a: UInt16 = 0, wide: UInt32) -> UInt64 {
        UInt64(operation.rawValue) | UInt64(a) << 16 | UInt64(wide) << 32
    }
}

/// What a call needs to know of a function.
struct FunctionRecord: Sendable {
    /// Where its code starts.
    var entry: Int
    /// Parameters, locals and the greatest height of its values.
    var frameSlots: Int
    var parameters: Int
    /// Locals that are no parameters: zero at the start.
    var clearedLocals: Int
    /// What its first unit of code costs.
    var fuel: UInt64
}

/// The code of all functions.
struct CompiledCode: Sendable {
    /// Begins with `exit`, where the outermost frame returns to.
    var words: [UInt64] = [Instruction.word(.exit, wide: 0)]
    var functions: [FunctionRecord] = []
    /// Operators read, each `end` included.
    var instructions = 0
    var branchTableTargets = 0
}
