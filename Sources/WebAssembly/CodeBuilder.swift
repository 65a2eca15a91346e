/// Writes the code of one function after another, and knows where each value of the stack is.
///
/// A frame is parameters, locals, then one slot for each possible height of the stack. A value
/// rarely has to be in its slot: reading a local or a constant emits nothing until someone needs
/// it. What is there lazily is put in place before control flow could make two paths differ.
struct CodeBuilder {
    var words: [UInt64]
    private(set) var operands: [Operand] = []
    /// Registers before the first slot: parameters and locals, and in a far frame its scratch.
    private(set) var localCount = 0
    private(set) var maximumHeight = 0
    /// Comparisons are not fused with branches, and distances have 32 bits.
    private(set) var isLarge = false
    /// A distance did not fit: the function must be compiled again, as a large one.
    private(set) var hasOverflow = false
    /// Registers beyond 16 bits were needed: the function must be compiled again, as a far one.
    private(set) var needsFarRegisters = false
    /// In a far frame, registers of its own between parameters and locals: what lies beyond 16
    /// bits passes through them.
    private(set) var scratch: Range<Int>?
    private var nextScratch = 0
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

    mutating func begin(_ layout: Layout) {
        truncate(to: 0)
        while readers.count < layout.locals { readers.append(0) }
        isLarge = layout.isLarge
        scratch =
            layout.isFar
            ? layout.parameters..<(layout.parameters + Layout.scratchRegisters) : nil
        localCount = layout.locals + (scratch?.count ?? 0)
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

    /// The number of the slot at `height`, which may be a far one.
    func slot(_ height: Int) -> Int { localCount + height }

    /// The register of a local: always near.
    func register(ofLocal index: Int) -> UInt16 {
        let isShifted = scratch.map { index >= $0.lowerBound } ?? false
        return UInt16(truncatingIfNeeded: isShifted ? index + Layout.scratchRegisters : index)
    }

    /// The register as an instruction can name it; a far one is read into scratch.
    private mutating func near(_ register: Int) -> UInt16 {
        guard register > Int(UInt16.max) else { return UInt16(register) }
        let copy = takeScratch()
        emit(.loadFar, copy, wide: UInt32(register))
        return copy
    }

    /// One of three scratch registers in turn, as many as an instruction reads.
    private mutating func takeScratch() -> UInt16 {
        guard let scratch else {
            needsFarRegisters = true
            return 0
        }
        nextScratch = (nextScratch + 1) % (scratch.count - 1)
        return UInt16(truncatingIfNeeded: scratch.lowerBound + nextScratch)
    }

    /// The function needs a far frame.
    mutating func markFar() { needsFarRegisters = true }

    /// The scratch register for results.
    private mutating func resultScratch() -> UInt16 {
        guard let scratch else { return takeScratch() }
        return UInt16(truncatingIfNeeded: scratch.upperBound - 1)
    }

    /// The register to read a value, just popped, from; a constant is put into its slot.
    mutating func register(of value: Value) -> UInt16 {
        switch value.operand {
        case .slot: return near(slot(value.height))
        case .local(let index): return register(ofLocal: index)
        case .constant(let constant):
            let target = slot(value.height)
            let register =
                target > Int(UInt16.max) ? takeScratch() : UInt16(truncatingIfNeeded: target)
            emitConstant(constant, to: register)
            return register
        }
    }

    /// Writes what `operand`, at `height`, is into the slot at `target`.
    private mutating func move(_ operand: Operand, at height: Int, to target: Int) {
        let source = register(of: Value(operand: operand, height: height))
        let destination = slot(target)
        if case .constant = operand, height == target, scratch == nil { return }
        if destination > Int(UInt16.max) {
            needsFarRegisters = true
            emit(.storeFar, source, wide: UInt32(destination))
        } else {
            emit(.move, UInt16(destination), source)
        }
    }

    /// Puts the value at `height` into its slot.
    mutating func settle(_ height: Int) {
        let operand = operands[height]
        if case .slot = operand { return }
        if case .local(let index) = operand { readers[index] -= 1 }
        move(operand, at: height, to: height)
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
        let top = self.top
        if case .slot = top.operand, top.height == height { return }
        if case .constant(let value) = top.operand, slot(height) <= Int(UInt16.max) {
            emitConstant(value, to: UInt16(slot(height)))
        } else {
            move(top.operand, at: top.height, to: height)
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
        let target = register(ofLocal: index)
        switch operand {
        case .slot:
            if let last, lastSlot == height {
                // The instruction that computed the value writes the local instead.
                words[last] = words[last] & ~0xffff_0000 | UInt64(target) << 16
                self.last = nil
                if keeping { pushLocal(index) }
                return
            }
            let source = register(of: value)
            emit(.move, target, source)
            if keeping { push(.slot) }
        case .local(let source):
            emit(.move, target, register(ofLocal: source))
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
        let target = slot(height)
        let isFar = target > Int(UInt16.max)
        let register = isFar ? resultScratch() : UInt16(target)
        words.append(Instruction.word(code, register, b, c))
        if let extra { words.append(extra) }
        push(.slot)
        (last, lastSlot) = (position, height)
        if isFar { emit(.storeFar, register, wide: UInt32(target)) }
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
