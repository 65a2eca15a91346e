/// Arithmetic, comparisons, memory accesses and conditions.
extension CodeBuilder {
    /// An operator of two values; `code` is its form with registers.
    mutating func arithmetic(_ code: UInt16, width: UInt16, isCommutative: Bool) {
        var (right, left) = (pop(), pop())
        if isCommutative, case .constant = left.operand { swap(&left, &right) }
        define(code, left, right, width: width)
    }

    mutating func compare(_ comparison: Comparison) {
        var (right, left) = (pop(), pop())
        var comparison = comparison
        if case .constant = left.operand {
            swap(&left, &right)
            comparison = comparison.mirrored
        }
        define(comparison.code, left, right, width: comparison.width)
    }

    /// The form that fits: register, constant of 16 bits, constant in the word after.
    private mutating func define(_ code: UInt16, _ left: Value, _ right: Value, width: UInt16) {
        let first = register(of: left)
        guard case .constant(let value) = right.operand else {
            define(code: code, first, register(of: right))
            return
        }
        if let small = Self.small(value, width: width) {
            define(code: code + 1, first, small)
        } else {
            define(code: code + 2, first, then: value)
        }
    }

    /// The constant as a sign-extended number of 16 bits, if it is one.
    private static func small(_ value: UInt64, width: UInt16) -> UInt16? {
        let signed =
            width == 0
            ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
        return Int16(exactly: signed).map(UInt16.init(bitPattern:))
    }

    /// Whether the top value is 0; of a comparison just made, its opposite.
    mutating func isZero(width: UInt16) {
        let value = pop()
        if width == 0, let (word, comparison, form) = lastComparison(for: value) {
            let code = UInt64(comparison.negated.code + form)
            words[word] = words[word] & ~0xffff | code
            pushSlot()
            return
        }
        let equal = Comparison(width: width, index: 0)
        define(code: equal.code + 1, register(of: value), 0)
    }

    mutating func unary(_ operation: Operation) {
        let value = pop()
        define(code: operation.rawValue, register(of: value))
    }

    mutating func load(_ operation: Operation, offset: UInt32) {
        let address = pop()
        let register = register(of: address)
        if let small = UInt16(exactly: offset) {
            define(code: operation.rawValue, register, small)
        } else {
            define(code: operation.rawValue + Self.largeOffset, register, then: UInt64(offset))
        }
    }

    mutating func store(_ operation: Operation, offset: UInt32) {
        let (value, address) = (pop(), pop())
        let target = register(of: address)
        if case .constant(let constant) = value.operand, let small = UInt16(exactly: offset),
            let value = Self.small(constant, width: operation == .store64 ? 1 : 0)
        {
            emit(code: operation.rawValue + Self.constantValue, target, value, small)
            return
        }
        let source = register(of: value)
        if let small = UInt16(exactly: offset) {
            emit(operation, target, source, small)
        } else {
            emit(code: operation.rawValue + Self.largeOffset, target, source)
            words.append(UInt64(offset))
        }
    }

    /// From a store to the form with a constant of 16 bits as its value.
    private static let constantValue =
        Operation.store8Constant.rawValue - Operation.store8.rawValue

    /// From a load or store to the form with its offset in the word after.
    private static let largeOffset =
        Operation.load8UnsignedLarge.rawValue - Operation.load8Unsigned.rawValue

    mutating func select() {
        let (condition, second, first) = (pop(), pop(), pop())
        let (x, y, test) = (register(of: first), register(of: second), register(of: condition))
        define(code: Operation.select.rawValue, x, y, then: UInt64(test))
    }

    /// Pops three values for a bulk operation.
    mutating func bulk(_ operation: Operation, segment: Int? = nil) {
        let (third, second, first) = (pop(), pop(), pop())
        let (x, y, z) = (register(of: first), register(of: second), register(of: third))
        emit(operation, x, y, z)
        if let segment { words.append(UInt64(segment)) }
    }

    /// Emits a call whose frame begins at `base`; for a far one the frame is moved there meanwhile.
    mutating func window(
        to base: Int, always: Bool = false, _ call: (inout CodeBuilder, UInt16) -> Void
    ) {
        guard always || base > Int(UInt16.max) else { return call(&self, UInt16(base)) }
        let distance = Int32(truncatingIfNeeded: base)
        emit(.window, wide: UInt32(bitPattern: distance))
        call(&self, 0)
        emit(.window, wide: UInt32(bitPattern: -distance))
        markFar()
    }

    // MARK: Conditions

    /// Pops the top value as what a branch depends on; a comparison just made becomes part of it.
    mutating func condition() -> Condition {
        let value = pop()
        if isLarge { return .register(register(of: value), isNegated: false) }
        guard let (word, comparison, form) = lastComparison(for: value) else {
            return .comparison(
                Comparison(width: 0, index: Comparison.notEqual), left: register(of: value),
                right: .small(0))
        }
        let left = UInt16(truncatingIfNeeded: words[word] >> 32)
        let right = UInt16(truncatingIfNeeded: words[word] >> 48)
        let comparand: Comparand =
            switch form {
            case 0: .register(right)
            case 1: .small(right)
            default: .large(words[word + 1])
            }
        words.removeLast(words.count - word)
        bind()
        return .comparison(comparison, left: left, right: comparand)
    }

    /// Emits a comparison that decides; the patch is for its distance.
    private mutating func emit(
        _ comparison: Comparison, _ left: UInt16, _ right: Comparand, in family: BranchFamily
    ) -> Patch {
        let code = comparison.code(in: family) + right.form
        let word = words.count
        switch right {
        case .register(let register): emit(code: code, left, register)
        case .small(let constant): emit(code: code, left, constant)
        case .large(let constant):
            emit(code: code, left)
            words.append(constant)
        }
        return Patch(word: word, origin: words.count, kind: .small)
    }

    /// Jumps if `condition` holds.
    mutating func branch(if condition: Condition) -> Patch {
        switch condition {
        case .comparison(let comparison, let left, let right):
            return emit(comparison, left, right, in: .branch)
        case .register(let register, let isNegated):
            emit(isNegated ? .branchZero : .branchNonZero, register, wide: 0)
            return Patch(word: words.count - 1, origin: words.count, kind: .wide)
        }
    }

    /// Jumps back to the loop whose `fuel` instruction is at `head` if `condition` holds.
    mutating func loop(to head: Int, if condition: Condition) {
        switch condition {
        case .comparison(let comparison, let left, let right):
            write(head + 1, to: emit(comparison, left, right, in: .loop))
        case .register: write(head, to: branch(if: condition))
        }
    }

    /// Goes on if `condition` holds, else jumps; the word after holds what either arm costs.
    mutating func conditional(_ condition: Condition) -> Patch {
        let patch: Patch
        switch condition {
        case .comparison(let comparison, let left, let right):
            patch = emit(comparison, left, right, in: .conditional)
        case .register(let register, _):
            emit(.ifNonZero, register, wide: 0)
            patch = Patch(word: words.count - 1, origin: words.count, kind: .wide)
        }
        words.append(0)
        return patch
    }

    mutating func branch() -> Patch {
        emit(.branch, wide: 0)
        return Patch(word: words.count - 1, origin: words.count, kind: .wide)
    }

    mutating func loop(to head: Int) {
        emit(.branchLoop, wide: 0)
        write(head + 1, to: Patch(word: words.count - 1, origin: words.count, kind: .wide))
    }

    /// Sets the fuel of the instruction or word that waits for it.
    mutating func setFuel(_ units: UInt64, at word: Int, shift: UInt64 = 32) {
        words[word] |= UInt64(UInt32(clamping: units)) << shift
    }
}
