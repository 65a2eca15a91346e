/// Writes the code of one function after another, and knows where each value of the stack is.
///
/// A frame is parameters, locals, then one slot for each possible height of the stack. A value
/// rarely has to be in its slot: reading a local or a constant emits nothing until someone needs
/// it. What is there lazily is put in place before control flow could make two paths differ.
struct CodeBuilder {
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

    var words: [UInt64]
    private(set) var operands: [Operand] = []
    private(set) var localCount = 0
    private(set) var maximumHeight = 0
    /// Comparisons are not fused with branches, and distances have 32 bits.
    private(set) var isLarge = false
    /// A distance did not fit: the function must be compiled again, as a large one.
    private(set) var hasOverflow = false
    /// Registers beyond 16 bits were needed.
    private(set) var needsFarRegisters = false
    /// How many operands read each local.
    private var readers: [Int] = []
    /// No operand below this height is in a local.
    private var settledHeight = 0
    /// The instruction that computed the value in `lastSlot`, if nothing came after it.
    private var last: Int?
    private var lastSlot = 0

    init(words: [UInt64]) { self.words = words }

    var height: Int { operands.count }

    /// The value on top, which stays.
    var top: Value { Value(operand: operands[operands.count - 1], height: operands.count - 1) }

    mutating func begin(locals: Int, isLarge: Bool) {
        truncate(to: 0)
        while readers.count < locals { readers.append(0) }
        (localCount, self.isLarge) = (locals, isLarge)
        (maximumHeight, settledHeight, last) = (0, 0, nil)
        (hasOverflow, needsFarRegisters) = (false, false)
    }

    // MARK: Values

    private mutating func push(_ operand: Operand) {
        operands.append(operand)
        maximumHeight = max(maximumHeight, operands.count)
    }

    mutating func pushConstant(_ value: UInt64) { push(.constant(value)) }

    mutating func pushLocal(_ index: Int) {
        readers[index] += 1
        push(.local(index))
    }

    /// A value that is already in its slot, the result of a call or a block.
    mutating func pushSlot() { push(.slot) }

    mutating func pop() -> Value {
        let operand = operands.removeLast()
        if case .local(let index) = operand { readers[index] -= 1 }
        settledHeight = min(settledHeight, operands.count)
        return Value(operand: operand, height: operands.count)
    }

    mutating func truncate(to height: Int) {
        while operands.count > height { _ = pop() }
    }

    /// The register of the slot at `height`.
    mutating func slot(_ height: Int) -> UInt16 {
        let register = localCount + height
        if register > Int(UInt16.max) { needsFarRegisters = true }
        return UInt16(truncatingIfNeeded: register)
    }

    /// The register to read a value, just popped, from; a constant is put into its slot.
    mutating func register(of value: Value) -> UInt16 {
        switch value.operand {
        case .slot: return slot(value.height)
        case .local(let index): return UInt16(truncatingIfNeeded: index)
        case .constant(let constant):
            emitConstant(constant, to: slot(value.height))
            return slot(value.height)
        }
    }

    /// Puts the value at `height` into its slot.
    mutating func settle(_ height: Int) {
        switch operands[height] {
        case .slot: return
        case .local(let index):
            readers[index] -= 1
            emit(.move, slot(height), UInt16(truncatingIfNeeded: index))
        case .constant(let value): emitConstant(value, to: slot(height))
        }
        operands[height] = .slot
    }

    /// Puts values that are in locals into their slots, so that code which may or may not run can
    /// write the locals.
    mutating func settleLocals() {
        for height in settledHeight..<max(settledHeight, operands.count) {
            if case .local = operands[height] { settle(height) }
        }
        settledHeight = operands.count
    }

    /// Copies the top value into the slot at `height` for whoever is branched to.
    mutating func copyTop(to height: Int) {
        let top = operands.count - 1
        switch operands[top] {
        case .slot:
            if top != height { emit(.move, slot(height), slot(top)) }
        case .local(let index): emit(.move, slot(height), UInt16(truncatingIfNeeded: index))
        case .constant(let value): emitConstant(value, to: slot(height))
        }
    }

    // MARK: Locals

    /// `local.set`, or `local.tee` if the value stays.
    mutating func setLocal(_ index: Int, keeping: Bool) {
        let value = pop()
        let (operand, height) = (value.operand, value.height)
        if case .local(index) = operand {
            if keeping { pushLocal(index) }
            return
        }
        settleReaders(of: index)
        let target = UInt16(truncatingIfNeeded: index)
        switch operand {
        case .slot:
            if let last, lastSlot == height {
                // The instruction that computed the value writes the local instead.
                words[last] = words[last] & ~0xffff_0000 | UInt64(target) << 16
                self.last = nil
                if keeping { pushLocal(index) }
                return
            }
            emit(.move, target, slot(height))
            if keeping { push(.slot) }
        case .local(let source):
            emit(.move, target, UInt16(truncatingIfNeeded: source))
            if keeping { pushLocal(source) }
        case .constant(let value):
            emitConstant(value, to: target)
            if keeping { push(operand) }
        }
    }

    /// Values that are still in the local which is about to change move to their slots.
    private mutating func settleReaders(of index: Int) {
        var height = operands.count
        while readers[index] > 0, height > 0 {
            height -= 1
            if case .local(index) = operands[height] { settle(height) }
        }
    }

    // MARK: Emitting

    mutating func emit(code: UInt16, _ a: UInt16, _ b: UInt16 = 0, _ c: UInt16 = 0) {
        last = nil
        words.append(Instruction.word(code, a, b, c))
    }

    mutating func emit(_ operation: Operation, _ a: UInt16 = 0, _ b: UInt16 = 0, _ c: UInt16 = 0) {
        emit(code: operation.rawValue, a, b, c)
    }

    mutating func emit(_ operation: Operation, _ a: UInt16 = 0, wide: UInt32) {
        last = nil
        words.append(Instruction.word(operation, a, wide: wide))
    }

    /// Emits an instruction whose result becomes the top value.
    mutating func define(code: UInt16, _ b: UInt16 = 0, _ c: UInt16 = 0, then extra: UInt64? = nil)
    {
        let height = operands.count
        let position = words.count
        words.append(Instruction.word(code, slot(height), b, c))
        if let extra { words.append(extra) }
        push(.slot)
        (last, lastSlot) = (position, height)
    }

    mutating func defineWide(_ operation: Operation, wide: UInt32) {
        define(
            code: operation.rawValue, UInt16(truncatingIfNeeded: wide),
            UInt16(truncatingIfNeeded: wide >> 16))
    }

    mutating func emitConstant(_ value: UInt64, to register: UInt16) {
        if value <= UInt64(UInt32.max) {
            emit(.constant, register, wide: UInt32(value))
        } else if let small = Int32(exactly: Int64(bitPattern: value)) {
            emit(.constantSigned, register, wide: UInt32(bitPattern: small))
        } else {
            emit(.constantLarge, register)
            words.append(value)
        }
    }

    /// The comparison that computed the value at `height`, if it was the last thing to happen.
    func lastComparison(for value: Value) -> (
        word: Int, comparison: Comparison, form: UInt16
    )? {
        guard case .slot = value.operand, let last, lastSlot == value.height,
            let (comparison, form) = Comparison.of(code: UInt16(truncatingIfNeeded: words[last]))
        else { return nil }
        return (last, comparison, form)
    }

    /// Something may jump to the next instruction.
    mutating func bind() { last = nil }

    mutating func bind(_ patches: [Patch]) {
        for patch in patches { write(words.count, to: patch) }
        if !patches.isEmpty { last = nil }
    }

    mutating func write(_ target: Int, to patch: Patch) {
        let distance = target - patch.origin
        switch patch.kind {
        case .small:
            guard let small = Int16(exactly: distance) else {
                hasOverflow = true
                return
            }
            words[patch.word] |= UInt64(UInt16(bitPattern: small)) << 48
        case .wide:
            let wide = UInt32(bitPattern: Int32(truncatingIfNeeded: distance))
            words[patch.word] |= UInt64(wide) << 32
        case .entry: words[patch.word] = UInt64(bitPattern: Int64(distance))
        }
    }
}
