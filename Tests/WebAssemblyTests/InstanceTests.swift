import Testing
import WebAssembly

private struct Refused: Error, Equatable { var index: Int }

private let caller = """
    (module
      (import "m" "twice" (func (param i64) (result i64)))
      (import "m" "narrow" (func (param i32) (result i32)))
      (memory (export "memory") 1 3)
      (table 2 funcref) (elem (i32.const 0) 0 2)
      (func (export "direct") (param i64) (result i64) (i64.add (call 0 (local.get 0)) (i64.const 1)))
      (func (export "indirect") (param i64) (result i64)
        (call_indirect (param i64) (result i64) (local.get 0) (i32.const 0)))
      (func (export "narrow") (result i32) (i32.add (call 1 (i32.const 7)) (i32.const 0)))
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "size") (result i32) (memory.size))
      (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
      (export "twice" (func 0)))
    """

@Suite struct InstanceTests {
    @Test func `a host function gets its arguments and its result is used`() throws {
        let instance = try WasmInstance(try module(caller))
        instance.fuel = 10_000
        let embedder = WasmEmbedder { index, arguments, _ in
            index == 0 ? arguments[0] * 2 : 0xffff_ffff_0000_0000 | arguments[0] + 1
        }
        #expect(try instance.call("direct", [21], embedder: embedder) == 43)
        #expect(try instance.call("indirect", [21], embedder: embedder) == 42)
        #expect(try instance.call("narrow", [], embedder: embedder) == 8)
        #expect(try instance.call("twice", [4], embedder: embedder) == 8)
    }

    @Test func `what a host function throws passes through unchanged`() throws {
        let instance = try WasmInstance(try module(caller))
        instance.fuel = 10_000
        let embedder = WasmEmbedder { index, _, _ in throw Refused(index: index) }
        #expect(throws: Refused(index: 0)) {
            try instance.call("direct", [1], embedder: embedder)
        }
        #expect(instance.fuel == 10_000 - (1 + 1 + 67 + 1 + 1 + 1))
    }

    @Test func `a host function may take fuel, and read and write memory`() throws {
        let instance = try WasmInstance(try module(caller))
        instance.fuel = 1_000
        let embedder = WasmEmbedder { _, arguments, caller in
            caller.fuel = 5
            try caller.write([9, 8, 7], at: 65_533)
            #expect(throws: WasmTrap.memoryOutOfBounds) { try caller.write([1], at: 65_536) }
            #expect(try caller.read(at: 65_534, count: 2) == [8, 7])
            return arguments[0]
        }
        #expect(try instance.call("direct", [1], embedder: embedder) == 2)
        #expect(instance.fuel == 5)
        instance.fuel = 100
        #expect(try instance.call("load", [65_535], embedder: embedder) == 7)
    }

    @Test func `a host function may run another instance, or this one again`() throws {
        let module = try module(caller)
        let (outer, inner) = (try WasmInstance(module), try WasmInstance(module))
        (outer.fuel, inner.fuel) = (1_000, 1_000)
        let double = WasmEmbedder { _, arguments, _ in arguments[0] * 2 }
        let nested = WasmEmbedder { _, arguments, caller in
            let first = try inner.call("direct", [arguments[0]], embedder: double) ?? 0
            return first + (try caller.call("indirect", [100], embedder: double) ?? 0)
        }
        #expect(try outer.call("direct", [5], embedder: nested) == 5 * 2 + 1 + 200 + 1)
    }

    @Test func `memory grows with the embedder's leave, and not past its maximum`() throws {
        var asked: [Int] = []
        let instance = try WasmInstance(try module(caller)) { asked.append($0) }
        instance.fuel = 100_000
        var refuses = false
        let embedder = WasmEmbedder(
            call: { _, _, _ in 0 },
            allocate: { bytes in
                if refuses { throw Refused(index: bytes) }
                asked.append(bytes)
            })
        #expect(try instance.call("grow", [1], embedder: embedder) == 1)
        #expect(try instance.call("grow", [0], embedder: embedder) == 2)
        #expect(try instance.call("grow", [65_537], embedder: embedder) == 0xffff_ffff)
        #expect(asked == [65_536, 65_536])
        #expect(throws: WasmTrap.growthLimited) {
            try instance.call("grow", [2], embedder: embedder)
        }
        refuses = true
        #expect(throws: Refused(index: 65_536)) {
            try instance.call("grow", [1], embedder: embedder)
        }
        #expect(try instance.call("size", [], embedder: embedder) == 2)
        #expect(try instance.call("load", [131_071], embedder: embedder) == 0)
        #expect(throws: WasmTrap.memoryOutOfBounds) {
            try instance.call("load", [131_072], embedder: embedder)
        }
    }

    @Test func `fuel runs out before the piece of code that it does not suffice for`() throws {
        let module = try module(
            """
            (module (func (export "f") (param i32) (result i32)
              (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br 0)) (unreachable)))
            """)
        let instance = try WasmInstance(module)
        // The function costs 1 and 1 for what stands behind the loop, each turn of that 1 + 5.
        instance.fuel = 2 + 3 * 6 + 5
        #expect(throws: WasmTrap.outOfFuel) {
            try instance.call("f", [0], embedder: nobody)
        }
        #expect(instance.fuel == 5)
        instance.fuel = 0
        #expect(throws: WasmTrap.outOfFuel) { try instance.call("f", [0], embedder: nobody) }
    }

    @Test func `calls that cannot be made say why`() throws {
        let instance = try WasmInstance(try module(caller))
        #expect(throws: WasmCallError.noSuchFunction) {
            try instance.call("memory", [], embedder: nobody)
        }
        #expect(throws: WasmCallError.argumentCount(expected: 1)) {
            try instance.call("direct", [], embedder: nobody)
        }
    }

    @Test func `a module tells what it consists of`() throws {
        let module = try module(caller)
        #expect(module.counts.imports == 2)
        #expect(module.counts.functions == 6)
        #expect(module.counts.exports == 8)
        #expect(module.counts.types == 3)
        #expect(module.counts.tableEntries == 2)
        #expect(module.counts.elements == 2)
        #expect(module.initialMemoryPages == 1)
        #expect(module.imports.map(\.name) == ["twice", "narrow"])
        #expect(module.export(named: "memory")?.kind == .memory)
        #expect(module.export(named: "nothing") == nil)
    }
}
