import Soroban
import SorobanHost
import Testing

@testable import SorobanNative

@Contract
struct MemoryContract {
    func shown() -> Value { makeVec(258, 0) }
}

@Suite struct ContractMemoryTests {
    /// What `body` makes of the memory, when 16 bytes of it are shown at a position.
    private func look(
        _ body: @escaping (inout ContractMemory, UInt32) throws -> Void
    ) throws {
        var failure: (any Error)?
        var looked = false
        let ending = NativeContract(MemoryContract.self).run("shown", []) {
            function, words, memory in
            guard function == "v.g" else { return 2 }
            var memory = ContractMemory(memory)
            looked = true
            do { try body(&memory, UInt32(words[0] >> 32)) } catch { failure = error }
            return 2
        }
        #expect(looked && ending == .returned(2))
        if let failure { throw failure }
    }

    @Test func `host functions read and write what was shown`() throws {
        try look { memory, position in
            let range = try memory.range(position, count: 2)
            #expect(memory.bytes(range) == [2, 1])
            memory.write([9], at: range.lowerBound + 1)
            #expect(memory.bytes(range) == [2, 9])
        }
    }

    @Test(arguments: [(0, 17), (1, 16), (16, 1), (-1, 1), (-1, 0)])
    func `beyond it is nothing`(offset: Int, count: Int) throws {
        try look { memory, position in
            let start = UInt32(Int(position) + offset)
            #expect(throws: HostError(.wasmVm, .indexBounds)) {
                try memory.range(start, count: count)
            }
        }
    }
}
