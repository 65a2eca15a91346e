import Foundation
import Testing
import WebAssembly

@Suite struct SpecificationSuiteTests {
    @Test func `the runner judges what a suite asserts`() throws {
        let outcome = try run(
            """
            (module
              (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
              (func (export "div") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
              (func $loop (export "loop") (call $loop)))
            (assert_return (invoke "add" (i32.const 0x7fffffff) (i32.const 1)) (i32.const 0x80000000))
            (assert_return (invoke "div" (i64.const -7) (i64.const 2)) (i64.const -3))
            (assert_trap (invoke "div" (i64.const 1) (i64.const 0)) "integer divide by zero")
            (assert_exhaustion (invoke "loop") "call stack exhausted")
            (assert_invalid (module (func (result i32))) "type mismatch")
            (assert_malformed (module binary "\\00asm\\02\\00\\00\\00") "unknown binary version")
            (assert_trap (module (memory 0) (data (i32.const 0) "a")) "out of bounds memory access")
            (module (func (export "float") (result f32) (f32.const 1)))
            (assert_return (invoke "float") (f32.const 1))
            """)
        #expect(outcome.failures.isEmpty)
        #expect(outcome.passed == 8)
        #expect(outcome.leftOut == 2)
    }

    @Test func `a wrong answer is a failure with its line`() throws {
        let outcome = try run(
            """
            (module (func (export "one") (result i32) (i32.const 1)))
            (assert_return (invoke "one") (i32.const 2))
            (assert_trap (invoke "one") "unreachable")
            """)
        #expect(outcome.failures.map { $0.prefix(6) } == ["line 2", "line 3"])
    }

    @Test func `a wrong trap is a failure, and a refused feature proves nothing`() throws {
        let outcome = try run(
            """
            (module
              (memory 1 2)
              (func (export "load") (drop (i32.load (i32.const 65536))))
              (func (export "grow") (result i32) (memory.grow (i32.const 2)))
              (func (export "fill") (param i32)
                (memory.fill (i32.const 1) (i32.const 0) (local.get 0))))
            (assert_trap (invoke "load") "integer overflow")
            (assert_trap (invoke "load") "out of bounds memory access")
            (assert_return (invoke "grow") (i32.const -1))
            (assert_return (invoke "grow") (i32.const 1))
            (assert_trap (invoke "fill" (i32.const 65536)) "out of bounds memory access")
            (assert_trap (invoke "fill" (i32.const -1)) "out of bounds memory access")
            (assert_invalid (module (func (result i32) (f32.const 0))) "type mismatch")
            (assert_invalid (module (func (result i32) (i64.const 0))) "type mismatch")
            """)
        #expect(
            outcome.failures.map { $0.prefix(6) } == ["line 7", "line 10"].map { $0.prefix(6) })
        #expect(outcome.passed == 4)
        #expect(outcome.leftOut == 3)
    }

    @Test func `what a module that cannot be linked may have changed is left out`() throws {
        let outcome = try run(
            """
            (module $table
              (type $answer (func (result i32)))
              (table (export "table") 1 funcref)
              (elem (i32.const 0) $one)
              (func $one (result i32) (i32.const 1))
              (func (export "ask") (result i32) (call_indirect (type $answer) (i32.const 0))))
            (register "table" $table)
            (assert_return (invoke $table "ask") (i32.const 1))
            (module
              (import "table" "table" (table 1 funcref))
              (elem (i32.const 0) $two)
              (func $two (result i32) (i32.const 2)))
            (assert_return (invoke $table "ask") (i32.const 2))
            """)
        #expect(outcome.failures.isEmpty)
        #expect(outcome.passed == 2)
        #expect(outcome.leftOut == 3)
    }

    static let folder = ProcessInfo.processInfo.environment["WASM_SUITE"]

    /// `make test-wasm-suite SUITE=path`: every `.wast` file of a checkout of the suite.
    @Test(.enabled(if: folder != nil, "WASM_SUITE names no checkout of the test suite"))
    func `the integer part of the core test suite passes`() throws {
        let folder = URL(fileURLWithPath: try #require(Self.folder))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".wast") }.sorted()
        #expect(!names.isEmpty)
        for name in names {
            let outcome = try SpecificationSuite.run(folder.appendingPathComponent(name))
            print("\(name): \(outcome.passed) passed, \(outcome.leftOut) left out")
            #expect(outcome.failures.isEmpty, "\(name)")
        }
    }

    private func run(_ text: String) throws -> SpecificationSuite.Outcome {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).wast")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        return try SpecificationSuite.run(file)
    }
}
