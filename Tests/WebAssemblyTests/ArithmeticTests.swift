import Testing
import WebAssembly

/// An operator of two operands: its name, and what it must answer or how it must trap.
struct TestedOperator: Sendable, CustomTestStringConvertible {
    enum Answer: Equatable { case value(UInt64), trap(WasmTrap) }

    var name: String
    var bits: Int
    var isComparison = false
    var answer: @Sendable (Int64, Int64) -> Answer

    var testDescription: String { name }

    /// The operator on both widths; `body` works on sign-extended values.
    static func both(
        _ name: String, comparison: Bool = false,
        _ body: @escaping @Sendable (Int64, Int64, Int) -> Answer
    ) -> [TestedOperator] {
        [32, 64].map { bits in
            TestedOperator(name: "i\(bits).\(name)", bits: bits, isComparison: comparison) { x, y in
                let answer = body(x, y, bits)
                guard bits == 32, case .value(let value) = answer else { return answer }
                return .value(value & 0xffff_ffff)
            }
        }
    }

    static func comparison(
        _ name: String, signed: Bool, _ holds: @escaping @Sendable (Int64, Int64) -> Bool,
        _ holdsUnsigned: @escaping @Sendable (UInt64, UInt64) -> Bool
    ) -> [TestedOperator] {
        both(name, comparison: true) { x, y, bits in
            let mask = bits == 32 ? UInt64(UInt32.max) : .max
            let (a, b) = (UInt64(bitPattern: x) & mask, UInt64(bitPattern: y) & mask)
            return .value((signed ? holds(x, y) : holdsUnsigned(a, b)) ? 1 : 0)
        }
    }
}

func word(_ value: Int64) -> TestedOperator.Answer { .value(UInt64(bitPattern: value)) }

private func masked(_ value: Int64, _ bits: Int) -> UInt64 {
    UInt64(bitPattern: value) & (bits == 32 ? UInt64(UInt32.max) : .max)
}

private func rotated(_ x: Int64, by count: Int64, _ bits: Int) -> TestedOperator.Answer {
    let distance = UInt64(bitPattern: count) & UInt64(bits - 1)
    let value = masked(x, bits)
    guard distance > 0 else { return .value(value) }
    return .value(value << distance | value >> (UInt64(bits) - distance))
}

let testedOperators: [TestedOperator] =
    TestedOperator.both("add") { x, y, _ in word(x &+ y) }
    + TestedOperator.both("sub") { x, y, _ in word(x &- y) }
    + TestedOperator.both("mul") { x, y, _ in word(x &* y) }
    + TestedOperator.both("and") { x, y, _ in word(x & y) }
    + TestedOperator.both("or") { x, y, _ in word(x | y) }
    + TestedOperator.both("xor") { x, y, _ in word(x ^ y) }
    + TestedOperator.both("div_s") { x, y, bits in
        if y == 0 { return .trap(.divisionByZero) }
        let least = bits == 32 ? Int64(Int32.min) : .min
        return x == least && y == -1 ? .trap(.integerOverflow) : word(x / y)
    }
    + TestedOperator.both("rem_s") { x, y, _ in
        y == 0 ? .trap(.divisionByZero) : y == -1 ? .value(0) : word(x % y)
    }
    + TestedOperator.both("div_u") { x, y, bits in
        y == 0 ? .trap(.divisionByZero) : .value(masked(x, bits) / masked(y, bits))
    }
    + TestedOperator.both("rem_u") { x, y, bits in
        y == 0 ? .trap(.divisionByZero) : .value(masked(x, bits) % masked(y, bits))
    }
    + TestedOperator.both("shl") { x, y, bits in word(x << (y & Int64(bits - 1))) }
    + TestedOperator.both("shr_s") { x, y, bits in word(x >> (y & Int64(bits - 1))) }
    + TestedOperator.both("shr_u") { x, y, bits in
        .value(masked(x, bits) >> UInt64(y & Int64(bits - 1)))
    }
    + TestedOperator.both("rotl") { x, y, bits in rotated(x, by: y, bits) }
    + TestedOperator.both("rotr") { x, y, bits in rotated(x, by: 0 &- y, bits) }
    + TestedOperator.comparison("eq", signed: true, ==, ==)
    + TestedOperator.comparison("ne", signed: true, !=, !=)
    + TestedOperator.comparison("lt_s", signed: true, <, <)
    + TestedOperator.comparison("lt_u", signed: false, <, <)
    + TestedOperator.comparison("gt_s", signed: true, >, >)
    + TestedOperator.comparison("gt_u", signed: false, >, >)
    + TestedOperator.comparison("le_s", signed: true, <=, <=)
    + TestedOperator.comparison("le_u", signed: false, <=, <=)
    + TestedOperator.comparison("ge_s", signed: true, >=, >=)
    + TestedOperator.comparison("ge_u", signed: false, >=, >=)

/// Around zero, the 16 bits of a small constant, and both ends.
private func edges(_ bits: Int) -> [Int64] {
    let small: [Int64] = [
        0, 1, -1, 2, 7, -7, 31, 33, 32_767, 32_768, -32_768, -32_769, 0x1234_5678,
    ]
    return bits == 32
        ? small + [Int64(Int32.max), Int64(Int32.min)]
        : small + [Int64(Int32.max), Int64(Int32.min), .max, .min, 0x7fff_ffff_ffff_0001, 63, 65]
}

/// Every way in which the compiler can see the operands: registers, constants, and as the
/// condition of each kind of branch.
private func text(of operation: TestedOperator) -> String {
    let (name, type) = (operation.name, "i\(operation.bits)")
    let result = operation.isComparison ? "i32" : type
    var functions = [
        """
        (func (export "rr") (param \(type) \(type)) (result \(result))
          (\(name) (local.get 0) (local.get 1)))
        """
    ]
    for (index, edge) in edges(operation.bits).enumerated() {
        for (form, operands) in [
            ("rk", "(local.get 0) (\(type).const \(edge))"),
            ("kr", "(\(type).const \(edge)) (local.get 0)"),
        ] {
            let expression = "(\(name) \(operands))"
            functions.append(
                """
                (func (export "\(form)\(index)") (param \(type)) (result \(result)) \(expression))
                """)
            guard operation.isComparison else { continue }
            functions.append(
                """
                (func (export "\(form)\(index) if") (param \(type)) (result i32)
                  (if (result i32) \(expression) (then (i32.const 1)) (else (i32.const 0))))
                (func (export "\(form)\(index) br") (param \(type)) (result i32)
                  (block (br_if 0 \(expression)) (return (i32.const 0))) (i32.const 1))
                (func (export "\(form)\(index) loop") (param \(type)) (result i32) (local i32)
                  (loop
                    (if (local.get 1) (then (return (i32.const 1))))
                    (local.set 1 (i32.const 1))
                    (br_if 0 \(expression)))
                  (i32.const 0))
                (func (export "\(form)\(index) eqz") (param \(type)) (result i32)
                  (i32.eqz (i32.eqz \(expression))))
                """)
        }
    }
    return "(module \(functions.joined(separator: "\n")))"
}

@Test(arguments: testedOperators)
func `an operator answers alike in every form it can take`(operation: TestedOperator) throws {
    let module = try module(text(of: operation))
    let edges = edges(operation.bits)
    let forms = operation.isComparison ? ["", " if", " br", " loop", " eqz"] : [""]
    for x in edges {
        for (index, y) in edges.enumerated() {
            let place = Comment("\(operation.name) \(x) \(y)")
            let expected = operation.answer(x, y)
            let (a, b) = (UInt64(bitPattern: x), UInt64(bitPattern: y))
            #expect(answer { try run(module, "rr", a, b) } == expected, place)
            for form in forms {
                #expect(answer { try run(module, "rk\(index)\(form)", a) } == expected, place)
            }
            let mirrored = operation.answer(y, x)
            for form in forms {
                #expect(answer { try run(module, "kr\(index)\(form)", a) } == mirrored, place)
            }
        }
    }
}

private func answer(_ body: () throws -> UInt64?) -> TestedOperator.Answer? {
    do { return try body().map { .value($0) } } catch let trap as WasmTrap {
        return .trap(trap)
    } catch { return nil }
}

@Test(
    arguments: [
        ("i32.clz", 1, 31), ("i32.clz", 0, 32), ("i32.ctz", 0, 32), ("i32.ctz", 8, 3),
        ("i32.popcnt", 0xffff_ffff, 32), ("i32.extend8_s", 0x180, 0xffff_ff80),
        ("i32.extend16_s", 0x18000, 0xffff_8000), ("i32.eqz", 0, 1), ("i32.eqz", 5, 0),
    ] as [(String, UInt64, UInt64)])
func `an operator of one i32 answers`(name: String, operand: UInt64, expected: UInt64) throws {
    let module = try module(
        """
        (module (func (export "f") (param i32) (result i32) (\(name) (local.get 0)))
          (func (export "g") (result i32) (\(name) (i32.const \(operand)))))
        """)
    #expect(try run(module, "f", operand) == expected)
    #expect(try run(module, "g") == expected)
}

@Test(
    arguments: [
        ("i64.clz", 1, 63), ("i64.clz", 0, 64), ("i64.ctz", 0, 64), ("i64.popcnt", .max, 64),
        ("i64.extend8_s", 0x80, 0xffff_ffff_ffff_ff80),
        ("i64.extend16_s", 0x8000, 0xffff_ffff_ffff_8000),
        ("i64.extend32_s", 0x8000_0000, 0xffff_ffff_8000_0000),
    ] as [(String, UInt64, UInt64)])
func `an operator of one i64 answers`(name: String, operand: UInt64, expected: UInt64) throws {
    let module = try module(
        "(module (func (export \"f\") (param i64) (result i64) (\(name) (local.get 0))))")
    #expect(try run(module, "f", operand) == expected)
}

@Test func `conversions keep what they must`() throws {
    let module = try module(
        """
        (module
          (func (export "wrap") (param i64) (result i32) (i32.wrap_i64 (local.get 0)))
          (func (export "signed") (param i32) (result i64) (i64.extend_i32_s (local.get 0)))
          (func (export "unsigned") (param i32) (result i64) (i64.extend_i32_u (local.get 0)))
          (func (export "eqz") (param i64) (result i32) (i64.eqz (local.get 0)))
          (func (export "both") (param i64) (result i64)
            (i64.extend_i32_u (i32.add (i32.wrap_i64 (local.get 0)) (i32.const -1)))))
        """)
    #expect(try run(module, "wrap", 0x1_2345_6789) == 0x2345_6789)
    #expect(try run(module, "signed", 0x8000_0000) == 0xffff_ffff_8000_0000)
    #expect(try run(module, "unsigned", 0x8000_0000) == 0x8000_0000)
    #expect(try run(module, "eqz", 0x1_0000_0000) == 0)
    #expect(try run(module, "both", 0) == 0xffff_ffff)
}
