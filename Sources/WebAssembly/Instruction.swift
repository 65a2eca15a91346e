/// An instruction where it stands in the code: what to do and three small numbers, mostly
/// registers. `wide` is the last two as one number. Some use the words that follow as well.
///
/// Each field is read by itself when it is needed: that is one load, where taking them all out of
/// the word at once costs three shifts at every step. The compiler makes a call of each in a
/// function as large as the interpreter's unless it is told not to.
// Safe: made only by the interpreter, at a position where the compiler wrote an instruction.
@safe struct Instruction {
    let place: UnsafeRawPointer

    @inline(__always) init(_ pc: UnsafePointer<UInt64>) { unsafe place = UnsafeRawPointer(pc) }

    @inline(__always) var operation: Operation { unsafe place.load(as: Operation.self) }
    @inline(__always) var a: Int { Int(unsafe place.load(fromByteOffset: 2, as: UInt16.self)) }
    @inline(__always) var b: Int { Int(unsafe place.load(fromByteOffset: 4, as: UInt16.self)) }
    @inline(__always) var c: Int { Int(unsafe place.load(fromByteOffset: 6, as: UInt16.self)) }
    @inline(__always) var smallB: Int { Int(unsafe place.load(fromByteOffset: 4, as: Int16.self)) }
    @inline(__always) var smallC: Int { Int(unsafe place.load(fromByteOffset: 6, as: Int16.self)) }
    @inline(__always) var wide: UInt32 { unsafe place.load(fromByteOffset: 4, as: UInt32.self) }
    @inline(__always) var wideSigned: Int {
        Int(unsafe place.load(fromByteOffset: 4, as: Int32.self))
    }

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
