/// One case of the interpreter's instruction set: its name and what it does.
struct InstructionCase {
    var name: String
    var lines: [String]
}

/// An integer width of WebAssembly, as the texts below need it.
struct Width {
    var name: String
    var unsigned: String
    var signed: String

    static let all = [
        Width(name: "i32", unsigned: "UInt32", signed: "Int32"),
        Width(name: "i64", unsigned: "UInt64", signed: "Int64"),
    ]

    /// A register read as an unsigned integer of this width.
    func register(_ field: String) -> String {
        let word = "unsafe r[i.\(field)]"
        return name == "i64" ? word : "UInt32(truncatingIfNeeded: \(word))"
    }

    /// The same, as a signed one.
    func signed(_ text: String) -> String { "\(signed)(bitPattern: \(text))" }

    /// The sign-extended 16-bit constant of the instruction.
    var small: String { "\(unsigned)(truncatingIfNeeded: i.smallC)" }

    /// The constant in the word after the instruction.
    var large: String { "\(unsigned)(truncatingIfNeeded: unsafe pc[-1])" }
}

/// How an instruction gets its second operand.
enum Form: String, CaseIterable {
    case register = ""
    case small = "Small"
    case large = "Large"

    /// The operand's text, and what must run before it.
    func operand(_ width: Width, _ field: String = "c") -> (before: [String], text: String) {
        switch self {
        case .register: ([], width.register(field))
        case .small: ([], width.small)
        case .large: (["unsafe pc += 1"], width.large)
        }
    }

    /// The same for a branch, whose second operand is in `b`.
    func branchOperand(_ width: Width) -> (before: [String], text: String) {
        switch self {
        case .register: ([], width.register("b"))
        case .small: ([], "\(width.unsigned)(truncatingIfNeeded: i.smallB)")
        case .large: (["unsafe pc += 1"], width.large)
        }
    }
}

/// Operators in the order of their opcodes: `i32.add` is 0x6a, `i64.add` 0x7c.
let arithmetic: [(name: String, expression: String)] = [
    ("Add", "x &+ y"), ("Subtract", "x &- y"), ("Multiply", "x &* y"),
    ("DivideSigned", ""), ("DivideUnsigned", ""), ("RemainderSigned", ""),
    ("RemainderUnsigned", ""),
    ("And", "x & y"), ("Or", "x | y"), ("Xor", "x ^ y"),
    ("ShiftLeft", "x &<< y"),
    ("ShiftRightSigned", "U(bitPattern: S(bitPattern: x) &>> S(bitPattern: y))"),
    ("ShiftRightUnsigned", "x &>> y"),
    ("RotateLeft", "(x &<< y) | (x &>> (0 &- y))"), ("RotateRight", "(x &>> y) | (x &<< (0 &- y))"),
]

/// Comparisons in the order of their opcodes: `i32.eq` is 0x46, `i64.eq` 0x51.
let comparisons: [(name: String, operator: String, isSigned: Bool)] = [
    ("Equal", "==", false), ("NotEqual", "!=", false),
    ("LessSigned", "<", true), ("LessUnsigned", "<", false),
    ("GreaterSigned", ">", true), ("GreaterUnsigned", ">", false),
    ("AtMostSigned", "<=", true), ("AtMostUnsigned", "<=", false),
    ("AtLeastSigned", ">=", true), ("AtLeastUnsigned", ">=", false),
]

func comparison(_ index: Int, _ width: Width, _ x: String, _ y: String) -> String {
    let (_, sign, isSigned) = comparisons[index]
    return isSigned
        ? "\(width.signed(x)) \(sign) \(width.signed(y))" : "\(x) \(sign) \(y)"
}

/// Leaves the loop with `reason`.
func leave(_ reason: String) -> String { "exit = .\(reason); break loop" }

/// Arithmetic of both widths, each with a register, a small and a large second operand.
func arithmeticCases() -> [InstructionCase] {
    Width.all.flatMap { width in
        arithmetic.flatMap { name, expression in
            Form.allCases.map { form in
                let (before, operand) = form.operand(width)
                var lines = before
                lines += ["let x = \(width.register("b"))", "let y = \(operand)"]
                lines += body(name, expression, width)
                return InstructionCase(name: width.name + name + form.rawValue, lines: lines)
            }
        }
    }
}

private func body(_ name: String, _ expression: String, _ width: Width) -> [String] {
    let (unsigned, signed) = (width.unsigned, width.signed)
    let store = "unsafe r[i.a] = UInt64("
    let zero = "if _slowPath(y == 0) { \(leave("divisionByZero")) }"
    switch name {
    case "DivideUnsigned": return [zero, store + "x / y)"]
    case "RemainderUnsigned": return [zero, store + "x % y)"]
    case "DivideSigned":
        return [
            zero,
            "let (quotient, overflow) = \(signed)(bitPattern: x)"
                + ".dividedReportingOverflow(by: \(signed)(bitPattern: y))",
            "if _slowPath(overflow) { \(leave("integerOverflow")) }",
            store + "\(unsigned)(bitPattern: quotient))",
        ]
    case "RemainderSigned":
        return [
            zero,
            "let remainder = \(signed)(bitPattern: x)"
                + ".remainderReportingOverflow(dividingBy: \(signed)(bitPattern: y)).partialValue",
            store + "\(unsigned)(bitPattern: remainder))",
        ]
    default:
        let text = expression.replacing("U(", with: unsigned + "(")
            .replacing("S(", with: signed + "(")
        return [store + text + ")"]
    }
}

/// Comparisons that leave 0 or 1 in a register.
func comparisonCases() -> [InstructionCase] {
    Width.all.flatMap { width in
        comparisons.indices.flatMap { index in
            Form.allCases.map { form in
                let (before, operand) = form.operand(width)
                let test = comparison(index, width, "x", "y")
                return InstructionCase(
                    name: width.name + comparisons[index].name + form.rawValue,
                    lines: before + [
                        "let x = \(width.register("b"))", "let y = \(operand)",
                        "unsafe r[i.a] = \(test) ? 1 : 0",
                    ])
            }
        }
    }
}

/// What a comparison does when it decides where to go on.
struct BranchFamily: Sendable {
    var prefix: String
    var body: @Sendable (_ test: String) -> [String]

    static let all = [
        BranchFamily(prefix: "branch") { test in
            ["if _fastPath(\(test)) { unsafe pc += i.smallC }"]
        },
        BranchFamily(prefix: "loop") { test in
            [
                "if _fastPath(\(test)) {", "    unsafe pc += i.smallC",
                "    let units = unsafe pc[-1] &>> 32",
                "    if _slowPath(fuel < units) { \(leave("outOfFuel")) }",
                "    fuel &-= units", "}",
            ]
        },
        BranchFamily(prefix: "if") { test in
            [
                "if _fastPath(\(test)) {", "    let units = unsafe pc[0] & 0xffff_ffff",
                "    if _slowPath(fuel < units) { \(leave("outOfFuel")) }",
                "    fuel &-= units", "    unsafe pc += 1", "} else {",
                "    let units = unsafe pc[0] &>> 32",
                "    if _slowPath(fuel < units) { \(leave("outOfFuel")) }",
                "    fuel &-= units", "    unsafe pc += i.smallC", "}",
            ]
        },
    ]
}

/// Compare and branch: `a` with `b`, a register, a small constant, or one in the word after; the
/// distance is `c`.
func branchCases() -> [InstructionCase] {
    BranchFamily.all.flatMap { family in
        Width.all.flatMap { width in
            comparisons.indices.flatMap { index in
                Form.allCases.map { form in
                    let (before, right) = form.branchOperand(width)
                    let name =
                        family.prefix + width.name.uppercased() + comparisons[index].name
                        + form.rawValue
                    return InstructionCase(
                        name: name,
                        lines: before + ["let x = \(width.register("a"))", "let y = \(right)"]
                            + family.body(comparison(index, width, "x", "y")))
                }
            }
        }
    }
}

/// Loads and stores, with the offset in the instruction or in the word after it.
func memoryCases() -> [InstructionCase] {
    let loads: [(String, String, Int, String)] = [
        ("load8Unsigned", "UInt8", 1, "UInt64(value)"),
        ("load16Unsigned", "UInt16", 2, "UInt64(value)"),
        ("load32Unsigned", "UInt32", 4, "UInt64(value)"),
        ("load64", "UInt64", 8, "value"),
        ("load8SignedI32", "Int8", 1, "UInt64(UInt32(bitPattern: Int32(value)))"),
        ("load16SignedI32", "Int16", 2, "UInt64(UInt32(bitPattern: Int32(value)))"),
        ("load8SignedI64", "Int8", 1, "UInt64(bitPattern: Int64(value))"),
        ("load16SignedI64", "Int16", 2, "UInt64(bitPattern: Int64(value))"),
        ("load32SignedI64", "Int32", 4, "UInt64(bitPattern: Int64(value))"),
    ]
    let stores = [("store8", 8), ("store16", 16), ("store32", 32), ("store64", 64)]
    func address(_ register: String, _ form: Form, _ bytes: Int) -> [String] {
        let offset = form == .large ? "pc[-1]" : "UInt64(i.c)"
        return (form == .large ? ["unsafe pc += 1"] : []) + [
            "let address = unsafe UInt64(UInt32(truncatingIfNeeded: r[i.\(register)]))"
                + " &+ \(offset)",
            "if _slowPath(address &+ \(bytes) > size) { \(leave("memoryOutOfBounds")) }",
        ]
    }
    return [Form.small, .large].flatMap { form in
        loads.map { name, type, bytes, value in
            InstructionCase(
                name: name + (form == .large ? "Large" : ""),
                lines: address("b", form, bytes) + [
                    "let value = unsafe memory.loadUnaligned("
                        + "fromByteOffset: Int(address), as: \(type).self)",
                    "unsafe r[i.a] = \(value)",
                ])
        }
            + stores.map { name, bits in
                InstructionCase(
                    name: name + (form == .large ? "Large" : ""),
                    lines: address("a", form, bits / 8) + [
                        "let value = UInt\(bits)(truncatingIfNeeded: unsafe r[i.b])",
                        "unsafe memory.storeBytes("
                            + "of: value, toByteOffset: Int(address), as: UInt\(bits).self)",
                    ])
            }
    }
        + stores.map { name, bits in
            InstructionCase(
                name: name + "Constant",
                lines: address("a", .small, bits / 8) + [
                    "let value = UInt\(bits)(truncatingIfNeeded: i.smallB)",
                    "unsafe memory.storeBytes("
                        + "of: value, toByteOffset: Int(address), as: UInt\(bits).self)",
                ])
        }
}
