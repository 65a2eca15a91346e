import Testing
import WebAssembly

@Suite struct ControlFlowTests {
    @Test(arguments: [(0, 10), (1, 20), (2, 30), (3, 40), (4, 40), (0xffff_ffff, 40)])
    func `a table of branches takes the value along`(index: UInt64, expected: UInt64) throws {
        let module = try module(
            """
            (module (func (export "f") (param i32) (result i32)
              (block (result i32)
                (block (result i32)
                  (block (result i32)
                    (i32.add (i32.const 1000)
                      (block (result i32)
                        (br_table 1 2 3 4 (i32.const 10) (local.get 0))))
                    )
                  (br 2 (i32.add (i32.const 0)))
                  )
                (br 1 (i32.add (i32.const 10))))
              (i32.add (i32.const 20))))
            """)
        let outcome = try run(module, "f", index)
        #expect(outcome == (expected == 40 ? 10 : expected == 30 ? 30 : expected))
    }

    @Test func `values in locals survive when the local changes`() throws {
        let module = try module(
            """
            (module
              (func (export "swap") (param i64 i64) (result i64)
                local.get 0 local.get 1 local.set 0 local.set 1
                (i64.sub (local.get 0) (local.get 1)))
              (func (export "old") (param i64) (result i64)
                local.get 0 (local.set 0 (i64.add (local.get 0) (i64.const 5)))
                (i64.mul (local.get 0)))
              (func (export "branch") (param i64 i32) (result i64)
                local.get 0
                (if (local.get 1) (then (local.set 0 (i64.const 100))))
                (i64.add (local.get 0)))
              (func (export "loop") (param i64) (result i64) (local i64)
                local.get 0
                (loop (local.set 1 (i64.add (local.get 1) (local.get 0)))
                  (br_if 0 (i64.ne (local.tee 0 (i64.sub (local.get 0) (i64.const 1)))
                    (i64.const 0))))
                (i64.add (local.get 1)))
              (func (export "tee") (param i64) (result i64) (local i64)
                (i64.add (local.tee 1 (i64.mul (local.get 0) (i64.const 3)))
                  (i64.add (local.tee 0 (i64.const 9)) (i64.add (local.get 1) (local.get 0))))))
            """)
        #expect(try run(module, "swap", 3, 10) == 7)
        #expect(try run(module, "old", 4) == 36)
        #expect(try run(module, "branch", 4, 1) == 104)
        #expect(try run(module, "branch", 4, 0) == 8)
        #expect(try run(module, "loop", 4) == 14)
        #expect(try run(module, "tee", 2) == 6 + 9 + 6 + 9)
    }

    @Test(arguments: [(0, 7), (1, 5)] as [(UInt64, UInt64)])
    func `a conditional branch leaves its value when it is not taken`(
        condition: UInt64, expected: UInt64
    ) throws {
        let module = try module(
            """
            (module
              (func (export "near") (param i32) (result i32)
                (block (result i32) (br_if 0 (i32.const 5) (local.get 0)) drop (i32.const 7)))
              (func (export "far") (param i32) (result i32)
                (block (result i32) (i32.const 1) (br_if 0 (i32.const 5) (local.get 0))
                  drop drop (i32.const 7)))
              (func (export "body") (param i32) (result i32)
                (i32.const 1) (br_if 0 (i32.const 5) (local.get 0)) drop drop (i32.const 7)))
            """)
        for name in ["near", "far", "body"] {
            #expect(try run(module, name, condition) == expected)
        }
    }

    @Test func `recursion gives Fibonacci numbers`() throws {
        let module = try module(
            """
            (module (func (export "fib") (param i32) (result i32)
              (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
                (then (local.get 0))
                (else (i32.add (call 0 (i32.sub (local.get 0) (i32.const 1)))
                               (call 0 (i32.sub (local.get 0) (i32.const 2))))))))
            """)
        #expect(try run(module, "fib", 20) == 6765)
    }

    @Test(
        arguments: [
            ("(unreachable)", .unreachable),
            ("(drop (i32.load (i32.const 65533)))", .memoryOutOfBounds),
            ("(drop (i32.load offset=4294967295 (i32.const -1)))", .memoryOutOfBounds),
            ("(i64.store offset=65529 (i32.const 0) (i64.const 1))", .memoryOutOfBounds),
            ("(i32.store8 (i32.const 65536) (i32.const 1))", .memoryOutOfBounds),
            ("(memory.fill (i32.const 1) (i32.const 0) (i32.const 65536))", .memoryOutOfBounds),
            ("(memory.fill (i32.const 1) (i32.const 0) (i32.const -1))", .outOfFuel),
            ("(call_indirect (i32.const 2))", .tableOutOfBounds),
            ("(call_indirect (i32.const 1))", .uninitializedElement),
            ("(drop (call_indirect (result i32) (i32.const 0)))", .signatureMismatch),
            ("(drop (i32.div_s (i32.const 1) (i32.const 0)))", .divisionByZero),
            ("(drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1)))", .integerOverflow),
            ("(call 0)", .stackOverflow),
        ] as [(String, WasmTrap)])
    func `what cannot go on traps by its name`(code: String, trap: WasmTrap) throws {
        let module = try module(
            """
            (module (memory 1) (table 2 funcref) (elem (i32.const 0) 0)
              (func (export "f") \(code)))
            """)
        #expect(throws: trap) { try run(module, "f") }
    }
}
