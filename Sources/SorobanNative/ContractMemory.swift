internal import Soroban
internal import SorobanHost

/// What a contract has shown of this machine's memory, as host functions use it.
struct ContractMemory: LinearMemory {
    private let memory: NativeMemory

    init(_ memory: NativeMemory) { self.memory = memory }

    var isExported: Bool { true }
    /// As far as positions go: what is there is said by ``range(_:count:)``.
    var byteCount: Int { Int(UInt32.max) }

    func range(_ position: UInt32, count: Int) throws(HostError) -> Range<Int> {
        let start = Int(position)
        guard memory.bytes(at: start, count: count) != nil else {
            throw HostError(.wasmVm, .indexBounds)
        }
        return start..<start + count
    }

    func bytes(_ range: Range<Int>) -> [UInt8] {
        memory.bytes(at: range.lowerBound, count: range.count).map { Array($0) } ?? []
    }

    mutating func write(_ bytes: [UInt8], at position: Int) {
        memory.bytes(at: position, count: bytes.count)?.copyBytes(from: bytes)
    }
}
