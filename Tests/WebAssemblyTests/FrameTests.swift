import Testing
import WebAssembly

/// A body of 50,000 locals and `height` copies of its parameter on the stack, before `rest`.
private func deep(_ height: Int, _ rest: String, and more: String = "") throws -> WasmModule {
    let group = String(repeating: " i64", count: 49_999)
    let pushes = String(repeating: "local.get 0\n", count: height)
    return try module(
        """
        (module \(more)
          (func (export "f") (param i64) (result i64) (local\(group))
            i64.const 3
            local.set 49999
            \(pushes)
            \(rest)
            \(String(repeating: "i64.add\n", count: height - 1))
            local.get 49999
            i64.mul))
        """)
}

@Test(arguments: [15_000, 15_530, 15_540, 30_000])
func `values far up the stack are where they belong`(height: Int) throws {
    let module = try deep(height, "")
    #expect(try run(module, "f", 5) == UInt64(height) * 15)
}

@Test func `a call from far up the stack finds its arguments and goes on`() throws {
    let callee = """
        (table 1 funcref) (elem (i32.const 0) 0)
        (func (param i64 i64) (result i64) (local i64)
          (i64.sub (local.get 0) (i64.mul (local.get 1) (i64.const 2))))
        """
    // Three values become one: 5 − 2·7 + 5.
    let direct = try deep(20_000, "i64.const 7 call 0 local.get 0 i64.add", and: callee)
    #expect(try run(direct, "f", 5) == 299_973)
    let indirect = try deep(
        20_000,
        "i64.const 7 i32.const 0 call_indirect (param i64 i64) (result i64) local.get 0 i64.add",
        and: "(type (func (param i64 i64) (result i64)))" + callee)
    #expect(try run(indirect, "f", 5) == 299_973)
}

@Test func `branches and choices far up the stack take the right values`() throws {
    let module = try deep(
        20_000,
        """
        (block (result i64) (i64.const 11) (br_if 0 (i32.const 1)) drop (i64.const 0))
        (select (i64.const 100) (i64.const 200) (i32.const 0))
        (if (result i64) (i32.const 0) (then (i64.const 1)) (else (i64.const 1000)))
        i64.add i64.add i64.add
        """)
    #expect(try run(module, "f", 1) == (20_000 + 11 + 200 + 1000) * 3)
}

@Test func `a far branch in a long body is reached`() throws {
    let filler = String(
        repeating: "(local.set 1 (i64.add (local.get 1) (i64.const 1)))\n", count: 40_000)
    let module = try module(
        """
        (module (func (export "f") (param i32) (result i64) (local i64)
          (block
            (br_if 0 (i32.eq (local.get 0) (i32.const 1)))
            (loop
              \(filler)
              (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
              (br_if 0 (i32.gt_u (local.get 0) (i32.const 4))))
            (if (i32.eq (local.get 0) (i32.const 4))
              (then \(filler)) (else (local.set 1 (i64.const 7)))))
          (local.get 1)))
        """)
    #expect(try run(module, "f", 1) == 0)
    #expect(try run(module, "f", 6) == 120_000)
    #expect(try run(module, "f", 3) == 7)
}
