/// The linear memory, for the embedder.
extension WasmInstance {
    /// Size of the memory in bytes; 0 if there is none.
    public var memoryByteCount: Int { memory.byteCount }

    /// Copies `count` bytes from `offset` on.
    /// - Throws: ``WasmTrap/memoryOutOfBounds``.
    public func read(at offset: UInt32, count: Int) throws(WasmTrap) -> [UInt8] {
        guard memory.contains(Int(offset), count) else { throw .memoryOutOfBounds }
        // Safe: the range was just checked, and the memory does not change meanwhile.
        return unsafe Array(
            UnsafeRawBufferPointer(start: memory.base + Int(offset), count: count))
    }

    /// Lets `body` look at `count` bytes from `offset` on without a copy. It must not run code of
    /// this instance.
    /// - Throws: ``WasmTrap/memoryOutOfBounds``, or what `body` throws.
    public func withBytes<Result>(
        at offset: UInt32, count: Int, _ body: (Span<UInt8>) throws -> Result
    ) throws -> Result {
        guard memory.contains(Int(offset), count) else { throw WasmTrap.memoryOutOfBounds }
        // Safe: the range was just checked, the span cannot leave `body`.
        let bytes = unsafe UnsafeBufferPointer(
            start: (memory.base + Int(offset)).assumingMemoryBound(to: UInt8.self), count: count)
        return try unsafe body(bytes.span)
    }

    /// Eight bytes from `offset` on as a number, the least significant first.
    /// - Throws: ``WasmTrap/memoryOutOfBounds``.
    public func readWord(at offset: UInt32) throws(WasmTrap) -> UInt64 {
        guard memory.contains(Int(offset), 8) else { throw .memoryOutOfBounds }
        // Safe: the range was just checked.
        return unsafe UInt64(
            littleEndian: memory.base.loadUnaligned(
                fromByteOffset: Int(offset), as: UInt64.self))
    }

    /// Writes a number in eight bytes from `offset` on, the least significant first.
    /// - Throws: ``WasmTrap/memoryOutOfBounds``.
    public func write(word: UInt64, at offset: UInt32) throws(WasmTrap) {
        guard memory.contains(Int(offset), 8) else { throw .memoryOutOfBounds }
        // Safe: the range was just checked.
        unsafe memory.base.storeBytes(
            of: word.littleEndian, toByteOffset: Int(offset), as: UInt64.self)
    }

    /// Writes `bytes` from `offset` on; nothing is written if they do not fit.
    /// - Throws: ``WasmTrap/memoryOutOfBounds``.
    public func write(_ bytes: [UInt8], at offset: UInt32) throws(WasmTrap) {
        guard memory.contains(Int(offset), bytes.count) else { throw .memoryOutOfBounds }
        unsafe bytes.withUnsafeBytes { source in
            // Safe: the range was just checked.
            unsafe UnsafeMutableRawBufferPointer(
                start: memory.base + Int(offset), count: source.count
            ).copyMemory(from: source)
        }
    }
}
