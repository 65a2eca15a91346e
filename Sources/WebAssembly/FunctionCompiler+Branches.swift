/// Branches and returns.
extension FunctionCompiler {
    /// The frame that a branch names.
    private mutating func target() throws(WasmError) -> Int {
        let depth = try reader.index()
        guard depth < frames.count else {
            throw reader.error(.unknownIndex, "a branch leaves the function")
        }
        return frames.count - 1 - depth
    }

    /// What a jump needs to know of the frame it goes to. Not a copy of the frame: with that,
    /// adding to its jumps would copy them all, each time.
    private func landing(_ target: Int) -> (
        kind: Frame.Kind, result: ValueType?, base: Int, head: Int
    ) {
        (frames[target].kind, frames[target].result, frames[target].base, frames[target].head)
    }

    /// What a branch to a frame carries.
    private func carried(to target: Int) -> ValueType? {
        frames[target].kind == .loop ? nil : frames[target].result
    }

    /// The reference keeps the number of dropped values in 16 bits.
    private func checkDropped(to target: Int) throws(WasmError) {
        let kept = carried(to: target) == nil ? 0 : 1
        let isReturn = frames[target].kind == .function
        let height = builder.height + (isReturn ? locals.count : 0)
        guard height - frames[target].base - kept <= FormatLimit.droppedValues else {
            throw reader.error(.limitExceeded, "a branch drops too many values")
        }
    }

    mutating func branch() throws(WasmError) {
        let target = try target()
        charge()
        if let type = carried(to: target) { try pop(type) }
        if isAlive {
            try checkDropped(to: target)
            jump(to: target)
        }
        becomeUnreachable()
    }

    /// Jumps, with the top value if the target takes one.
    private mutating func jump(to target: Int) {
        let frame = landing(target)
        switch frame.kind {
        case .function: emitReturnCode()
        case .loop: builder.loop(to: frame.head)
        case .block, .then, .otherwise:
            if frame.result != nil { builder.copyTop(to: frame.base) }
            frames[target].patches.append(builder.branch())
        }
    }

    mutating func branchIf() throws(WasmError) {
        let target = try target()
        try pop(.i32)
        let type = carried(to: target)
        if let type {
            try pop(type)
            push(type)
        }
        guard isAlive else { return }
        let frame = landing(target)
        if frame.kind != .function { charge() }
        let condition = builder.condition()
        try checkDropped(to: target)
        if frame.kind == .loop {
            builder.loop(to: frame.head, if: condition)
        } else if frame.kind != .function, type == nil || builder.height - 1 == frame.base {
            if type != nil { builder.settle(frame.base) }
            frames[target].patches.append(builder.branch(if: condition))
        } else {
            let skip = builder.branch(if: condition.negated)
            jump(to: target)
            builder.bind([skip])
        }
    }

    mutating func returnValue() throws(WasmError) {
        charge()
        if let result = frames[0].result { try pop(result) }
        if isAlive {
            try checkDropped(to: 0)
            emitReturnCode()
        }
        becomeUnreachable()
    }

    /// The `end` of a function.
    mutating func emitReturn() throws(WasmError) {
        try checkDropped(to: 0)
        emitReturnCode()
    }

    private mutating func emitReturnCode() {
        let register = frames[0].result == nil ? nil : builder.register(of: builder.top)
        if let scratch = builder.scratch {
            builder.emit(.raiseStackEnd, wide: UInt32(bitPattern: -Int32(scratch.count)))
        }
        if let register { builder.emit(.returnValue, register) } else { builder.emit(.return) }
    }

    mutating func branchTable() throws(WasmError) {
        let count = try reader.count(max: FormatLimit.branchTargets, of: "branch targets")
        var targets: [Int] = []
        for _ in 0...count { targets.append(try target()) }
        countTargets(count)
        try pop(.i32)
        let last = targets[count]
        for target in targets {
            guard (carried(to: target) == nil) == (carried(to: last) == nil) else {
                throw reader.error(.typeMismatch, "targets of a br_table differ in their values")
            }
            if let type = carried(to: target) { push(try pop(type)) }
        }
        charge()
        if isAlive { try emitTable(targets, carriesValue: carried(to: last) != nil) }
        if let type = carried(to: last) { try pop(type) }
        becomeUnreachable()
    }

    /// The table of distances, and behind it code for targets that need more than a jump.
    private mutating func emitTable(_ targets: [Int], carriesValue: Bool) throws(WasmError) {
        let index = builder.pop()
        if carriesValue { builder.settle(builder.height - 1) }
        let register = builder.register(of: index)
        builder.emit(.branchTable, register, wide: UInt32(targets.count - 1))
        let origin = builder.words.count
        var stubs: [Int: [CodeBuilder.Patch]] = [:]
        var order: [Int] = []
        for target in targets {
            let patch = CodeBuilder.Patch(
                word: builder.words.count, origin: origin, kind: .entry)
            builder.words.append(0)
            let frame = landing(target)
            let isInPlace = !carriesValue || builder.height - 1 == frame.base
            try checkDropped(to: target)
            if frame.kind == .loop {
                builder.write(frame.head, to: patch)
            } else if frame.kind != .function, isInPlace {
                frames[target].patches.append(patch)
            } else {
                if stubs[target] == nil { order.append(target) }
                stubs[target, default: []].append(patch)
            }
        }
        for target in order {
            builder.bind(stubs[target] ?? [])
            jump(to: target)
        }
    }
}
