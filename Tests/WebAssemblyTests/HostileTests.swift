import Support
import Testing
import WebAssembly

/// A generator of the same numbers every time.
private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }
}

@Suite struct HostileTests {
    private static let seeds = [
        """
        (module (import "m" "f" (func (param i64) (result i64))) (memory (export "memory") 1 2)
          (table 3 funcref) (elem (i32.const 0) 0 1) (global (mut i64) (i64.const 5))
          (data (i32.const 8) "hello") (data "passive")
          (func (export "g") (param i32 i64) (result i64) (local i64 i32)
            (block (result i64)
              (loop (br_if 0 (i32.lt_s (local.tee 0 (i32.add (local.get 0) (i32.const 1)))
                (i32.const 10))))
              (memory.init 1 (i32.const 0) (i32.const 1) (i32.const 3))
              (i64.store offset=8 (i32.const 0) (i64.const 123456789012))
              (if (result i64) (i64.eqz (local.get 1))
                (then (call 0 (global.get 0)))
                (else (call_indirect (param i64) (result i64) (local.get 1) (i32.const 0))))
              (br_table 0 0 (local.get 0)))))
        """
    ]

    /// Whatever is changed, the module is refused or runs to an end: no crash, no hang.
    @Test(arguments: 0..<20)
    func `a mutated module is refused or ends`(round: Int) throws {
        let vectors = Upload.all.filter { $0.outcome == .accepted && $0.bytes.count < 4_000 }
        var originals = try Self.seeds.map { try wasm($0) }
        originals += vectors.enumerated().filter { $0.offset % 20 == round }.map(\.element.bytes)
        var dice = Dice(state: UInt64(round) + 1)
        for original in originals {
            for _ in 0..<60 { tryOut(mutate(original, &dice)) }
        }
    }

    private func mutate(_ original: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = original
        for _ in 0...dice.roll(3) {
            let place = dice.roll(bytes.count)
            switch dice.roll(5) {
            case 0: bytes[place] = UInt8(dice.roll(256))
            case 1: bytes[place] ^= 1 << UInt8(dice.roll(8))
            case 2: bytes.insert(UInt8(dice.roll(256)), at: place)
            case 3: if bytes.count > 9 { bytes.remove(at: place) }
            default: bytes[place] &+= 1
            }
        }
        return bytes
    }

    func tryOut(_ bytes: [UInt8]) {
        guard let module = try? WasmModule(decoding: bytes), (module.initialMemoryPages ?? 0) < 99,
            let instance = try? WasmInstance(module)
        else { return }
        for export in module.exports {
            guard case .function(let type) = export.kind else { continue }
            instance.fuel = 20_000
            let arguments = type.parameters.indices.map { UInt64($0) << 8 | 6 }
            _ = try? instance.call(
                export.name, arguments,
                embedder: WasmEmbedder(
                    call: { _, _, _ in 2 },
                    allocate: { if $0 > 1 << 20 { throw NoSuchImport() } }))
        }
    }

    @Test(
        arguments: [
            // A million types, functions, or locals that are not there.
            [1, 5, 0xff, 0xff, 0x3c, 0x60, 0], [3, 3, 0xc0, 0x84, 0x3d],
            // A custom section with a name of 4 GiB.
            [0, 6, 0xff, 0xff, 0xff, 0xff, 0x0f, 0],
            // A data segment of 4 GiB.
            [5, 3, 1, 0, 1, 11, 8, 1, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0],
        ] as [[UInt8]])
    func `claims of size cost nothing`(section: [UInt8]) {
        #expect(throws: WasmError.self) {
            try WasmModule(decoding: [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0] + section)
        }
    }

    /// Time grows with the size of the input, not with its square.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            ("(br_if 0 (local.get 0))", 300_000), ("(block (br_if 1 (local.get 0)))", 200_000),
            ("(if (local.get 0) (then (br 1)))", 200_000),
            ("(local.get 0) (local.set 0 (i32.const 1)) drop", 300_000),
            ("(local.set 0 (i32.add (local.get 0) (i32.const 100000)))", 300_000),
            ("(block (br_table 0 1 0 1 0 1 (local.get 0)))", 100_000),
        ])
    func `a long body is compiled in its time`(line: String, count: Int) throws {
        let body = String(repeating: line + "\n", count: count)
        let module = try module("(module (func (param i32) (block \(body))))")
        #expect(module.counts.functions == 1)
    }

    /// Written as bytes: `wat2wasm` itself does not survive it.
    @Test(.timeLimit(.minutes(1)), arguments: [[0x02, 0x40], [0x41, 1, 0x04, 0x40]] as [[UInt8]])
    func `deep nesting is no deep recursion`(open: [UInt8]) throws {
        let depth = 50_000
        let code =
            [0] + (0..<depth).flatMap { _ in open } + [UInt8](repeating: 0x0b, count: depth + 1)
        let body = length(code.count) + code
        let section = [1] + body
        let module = try WasmModule(
            decoding: [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0]
                + [7, 5, 1, 1, 0x66, 0, 0, 10] + length(section.count) + section)
        #expect(try run(module, "f") == nil)
    }

    /// A length in LEB128.
    private func length(_ value: Int) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + length(value >> 7)
    }
}
