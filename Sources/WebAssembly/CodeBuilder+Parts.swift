/// What a builder keeps of values and of jumps.
extension CodeBuilder {
    /// Where a value of the stack is.
    enum Operand {
        /// In the slot of its height.
        case slot
        /// In a local, which has not changed since.
        case local(Int)
        case constant(UInt64)
    }

    /// A value that was on the stack, and at what height.
    struct Value {
        var operand: Operand
        var height: Int
    }

    /// A distance that is known when its target is.
    struct Patch {
        enum Kind { case small, wide, entry }
        var word: Int
        /// What the distance is counted from.
        var origin: Int
        var kind: Kind
    }
}
