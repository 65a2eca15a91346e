/// Instructions with one operand.
func unaryCases() -> [InstructionCase] {
    let word = "unsafe r[i.b]"
    let small = "UInt32(truncatingIfNeeded: unsafe r[i.b])"
    let texts = [
        ("i32CountLeadingZeros", "UInt64(\(small).leadingZeroBitCount)"),
        ("i32CountTrailingZeros", "UInt64(\(small).trailingZeroBitCount)"),
        ("i32CountOnes", "UInt64(\(small).nonzeroBitCount)"),
        ("i64CountLeadingZeros", "UInt64(\(word).leadingZeroBitCount)"),
        ("i64CountTrailingZeros", "UInt64(\(word).trailingZeroBitCount)"),
        ("i64CountOnes", "UInt64(\(word).nonzeroBitCount)"),
        ("wrap", "\(word) & 0xffff_ffff"),
        ("i32Extend8", "UInt64(UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: \(word)))))"),
        ("i32Extend16", "UInt64(UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: \(word)))))"),
        ("i64Extend8", "UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: \(word))))"),
        ("i64Extend16", "UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: \(word))))"),
        ("i64Extend32", "UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: \(word))))"),
        ("move", word),
    ]
    return texts.map { InstructionCase(name: $0, lines: ["unsafe r[i.a] = \($1)"]) }
}

private let charge = [
    "if _slowPath(fuel < units) { \(leave("outOfFuel")) }", "fuel &-= units",
]

/// Enters `callee` with `base` as its frame. The stack is looked at before fuel is taken.
private let enter =
    [
        "let end = unsafe base + callee.pointee.frameSlots",
        "if unsafe _slowPath(frame >= framesEnd || end > stackEnd) { \(leave("stackOverflow")) }",
        "let units = unsafe callee.pointee.fuel",
    ] + charge + [
        "unsafe frame.pointee = CallFrame(pc: pc, registers: r)", "unsafe frame += 1",
        "unsafe r = base",
        "var local = unsafe base + callee.pointee.parameters",
        "let locals = unsafe local + callee.pointee.clearedLocals",
        "while unsafe local < locals {", "    unsafe local.pointee = 0", "    unsafe local += 1",
        "}",
        "unsafe pc = code + callee.pointee.entry",
    ]

private func host(_ index: String) -> [String] {
    [
        "if unsafe _slowPath(frame >= framesEnd) { \(leave("stackOverflow")) }",
        "instance.fuel = fuel",
        "let reason = unsafe instance.callImport(\(index), base)",
        "fuel = instance.fuel",
        "unsafe memory = instance.memory.base",
        "size = instance.memory.byteCount64",
        "if _slowPath(reason != .returned) { exit = reason; break loop }",
    ]
}

private let leaveFrame = [
    "unsafe frame -= 1", "unsafe pc = frame.pointee.pc", "unsafe r = frame.pointee.registers",
]

/// A call of the instance's slow paths, which may take fuel.
private func slow(_ call: String) -> [String] {
    [
        "instance.fuel = fuel", "let reason = unsafe instance.\(call)", "fuel = instance.fuel",
        "if _slowPath(reason != .returned) { exit = reason; break loop }",
    ]
}

/// Calls, branches without a comparison, and everything that is rare.
func controlCases() -> [InstructionCase] {
    let bulk =
        "UInt32(truncatingIfNeeded: r[i.a]), UInt32(truncatingIfNeeded: r[i.b]),"
        + " UInt32(truncatingIfNeeded: r[i.c])"
    let nonZero = "UInt32(truncatingIfNeeded: unsafe r[i.a]) != 0"
    return [
        InstructionCase(name: "exit", lines: ["break loop"]),
        InstructionCase(name: "unreachable", lines: [leave("unreachable")]),
        InstructionCase(name: "fuel", lines: ["let units = UInt64(i.wide)"] + charge),
        InstructionCase(
            name: "call",
            lines: [
                "let callee = unsafe functions + Int(i.wide)", "let base = unsafe r + i.a",
            ] + enter),
        InstructionCase(
            name: "callHost", lines: ["let base = unsafe r + i.a"] + host("Int(i.wide)")),
        InstructionCase(name: "callIndirect", lines: callIndirect()),
        InstructionCase(name: "return", lines: leaveFrame),
        InstructionCase(name: "returnValue", lines: ["unsafe r[0] = r[i.a]"] + leaveFrame),
        InstructionCase(name: "branch", lines: ["unsafe pc += i.wideSigned"]),
        InstructionCase(
            name: "branchLoop",
            lines: [
                "unsafe pc += i.wideSigned", "let units = unsafe pc[-1] &>> 32",
            ] + charge),
        InstructionCase(
            name: "branchNonZero",
            lines: ["if _fastPath(\(nonZero)) { unsafe pc += i.wideSigned }"]),
        InstructionCase(
            name: "branchZero",
            lines: ["if _fastPath(!(\(nonZero))) { unsafe pc += i.wideSigned }"]),
        InstructionCase(
            name: "ifNonZero",
            lines: [
                "let isTrue = \(nonZero)",
                "let units = isTrue ? unsafe pc[0] & 0xffff_ffff : unsafe pc[0] &>> 32",
            ] + charge + ["unsafe pc += isTrue ? 1 : i.wideSigned"]),
        InstructionCase(
            name: "branchTable",
            lines: [
                "let index = min(UInt32(truncatingIfNeeded: unsafe r[i.a]), i.wide)",
                "unsafe pc += Int(Int64(bitPattern: pc[Int(index)]))",
            ]),
        InstructionCase(name: "constant", lines: ["unsafe r[i.a] = UInt64(i.wide)"]),
        InstructionCase(
            name: "constantSigned",
            lines: ["unsafe r[i.a] = UInt64(bitPattern: Int64(i.wideSigned))"]),
        InstructionCase(
            name: "constantLarge", lines: ["unsafe r[i.a] = pc[0]", "unsafe pc += 1"]),
        InstructionCase(
            name: "select",
            lines: [
                "let condition = UInt32(truncatingIfNeeded: unsafe r[Int(pc[0])])",
                "unsafe r[i.a] = condition != 0 ? r[i.b] : r[i.c]",
                "unsafe pc += 1",
            ]),
        InstructionCase(
            name: "globalGet", lines: ["unsafe r[i.a] = globals[Int(i.wide)]"]),
        InstructionCase(
            name: "globalSet", lines: ["unsafe globals[Int(i.wide)] = r[i.a]"]),
        InstructionCase(name: "memorySize", lines: ["unsafe r[i.a] = size &>> 16"]),
        InstructionCase(
            name: "memoryGrow",
            lines: slow("growMemory(&r[i.a], by: UInt32(truncatingIfNeeded: r[i.b]))")
                + ["unsafe memory = instance.memory.base", "size = instance.memory.byteCount64"]),
        InstructionCase(name: "memoryFill", lines: slow("fillMemory(\(bulk))")),
        InstructionCase(name: "memoryCopy", lines: slow("copyMemory(\(bulk))")),
        InstructionCase(
            name: "memoryInitialize",
            lines: ["unsafe pc += 1"] + slow("initializeMemory(\(bulk), from: Int(pc[-1]))")),
        InstructionCase(
            name: "dataDrop", lines: ["instance.droppedData[Int(i.wide)] = true"]),
        InstructionCase(
            name: "tableInitialize",
            lines: ["unsafe pc += 1"] + slow("initializeTable(\(bulk), from: Int(pc[-1]))")),
        InstructionCase(name: "tableCopy", lines: slow("copyTable(\(bulk))")),
        InstructionCase(
            name: "elementDrop", lines: ["instance.droppedElements[Int(i.wide)] = true"]),
        InstructionCase(name: "loadFar", lines: ["unsafe r[i.a] = r[Int(i.wide)]"]),
        InstructionCase(name: "storeFar", lines: ["unsafe r[Int(i.wide)] = r[i.a]"]),
        InstructionCase(name: "window", lines: ["unsafe r += i.wideSigned"]),
        InstructionCase(name: "raiseStackEnd", lines: ["unsafe stackEnd += i.wideSigned"]),
    ]
}

private func callIndirect() -> [String] {
    [
        "let index = UInt32(truncatingIfNeeded: unsafe r[i.b])",
        "let expected = unsafe UInt32(truncatingIfNeeded: pc[0])",
        "unsafe pc += 1",
        "if _slowPath(index >= tableCount) { \(leave("tableOutOfBounds")) }",
        "let function = unsafe table[Int(index)]",
        "if _slowPath(function == WasmInstance.noFunction) { \(leave("uninitializedElement")) }",
        "if unsafe _slowPath(signatures[Int(function)] != expected) {",
        "    \(leave("signatureMismatch"))", "}",
        "let base = unsafe r + i.a",
        "if _slowPath(function < importedFunctions) {",
    ] + host("Int(function)").map { "    " + $0 } + [
        "    continue loop", "}",
        "let callee = unsafe functions + Int(function &- importedFunctions)",
    ] + enter
}
