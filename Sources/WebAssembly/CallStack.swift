/// Where a call goes on when it returns.
@unsafe struct CallFrame {
    // Safe: both point into the code and the stack of the running instance, which outlive it.
    var pc: UnsafePointer<UInt64>
    var registers: UnsafeMutablePointer<UInt64>
}

/// The value stack and the frames of an instance.
@safe final class CallStack {
    // Safe: allocated here for the limits given, freed here; the interpreter checks every frame
    // against them before it enters it.
    let slots: UnsafeMutablePointer<UInt64>
    let frames: UnsafeMutablePointer<CallFrame>
    let slotCount: Int
    let frameCount: Int

    /// Slots beyond the limit for frames that need scratch registers.
    static let spareSlots = 64

    init(_ limits: WasmLimits) {
        slotCount = limits.stackSlots
        // One more for the frame that the outermost function returns to.
        frameCount = limits.callDepth + 1
        unsafe slots = .allocate(capacity: slotCount + Self.spareSlots)
        unsafe frames = .allocate(capacity: frameCount)
    }

    deinit {
        unsafe slots.deallocate()
        unsafe frames.deallocate()
    }
}

/// What the interpreter reads at its start; it changes only copies.
// Safe: see `CallStack`, `WasmInstance`; code, records and signatures are arrays of the module,
// kept where they are by `withUnsafeBufferPointer` around the run.
@unsafe struct Machine {
    var code: UnsafePointer<UInt64>
    var functions: UnsafePointer<FunctionRecord>
    var signatures: UnsafePointer<UInt32>
    var globals: UnsafeMutablePointer<UInt64>
    var table: UnsafeMutablePointer<UInt32>
    var tableCount: UInt32
    var importedFunctions: UInt32
    var framesEnd: UnsafeMutablePointer<CallFrame>
    var stackEnd: UnsafeMutablePointer<UInt64>
    var frame: UnsafeMutablePointer<CallFrame>
    var pc: UnsafePointer<UInt64>
    var registers: UnsafeMutablePointer<UInt64>
}
