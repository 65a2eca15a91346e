internal import Glibc

/// Bytes that a module and its embedder share, in pages of 64 KiB.
///
/// The pages come from the system, zeroed and taken only when touched: a fresh memory of 17 pages
/// costs a microsecond, not 17 × 64 KiB of zeroing.
@safe final class LinearMemory {
    static let pageBytes = 65_536

    // Safe: `base` is a mapping of `capacity` bytes that only this object unmaps, and `byteCount`
    // never exceeds `capacity`. It is replaced by growth, which the interpreter then re-reads.
    private(set) var base: UnsafeMutableRawPointer
    private(set) var byteCount: Int
    /// Bytes of the mapping.
    private(set) var capacity: Int
    let maximumPages: Int

    /// Fails if the system has no more memory.
    init?(pages: Int, maximumPages: Int) {
        self.maximumPages = maximumPages
        byteCount = pages * Self.pageBytes
        capacity = max(byteCount, Self.pageBytes)
        guard let base = unsafe Self.map(capacity) else { return nil }
        unsafe self.base = base
    }

    deinit { _ = unsafe munmap(base, capacity) }

    var byteCount64: UInt64 { UInt64(byteCount) }
    var pages: Int { byteCount / Self.pageBytes }

    private static func map(_ count: Int) -> UnsafeMutableRawPointer? {
        let pages = unsafe mmap(
            nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        return unsafe pages == MAP_FAILED ? nil : pages
    }

    /// Makes the memory `pages` large; it never shrinks. Room is doubled, so that growing page by
    /// page costs no more than what is written. `false` if the system has no more memory.
    func grow(to pages: Int) -> Bool {
        let count = pages * Self.pageBytes
        if count > capacity {
            let room = min(max(count, capacity * 2), max(count, maximumPages * Self.pageBytes))
            guard let fresh = unsafe Self.map(room) else { return false }
            unsafe fresh.copyMemory(from: base, byteCount: byteCount)
            _ = unsafe munmap(base, capacity)
            unsafe base = fresh
            capacity = room
        }
        byteCount = count
        return true
    }

    /// Makes it what a fresh one of `pages` is; `false` if there is no room for them.
    func clear(toPages pages: Int) -> Bool {
        let count = pages * Self.pageBytes
        guard count <= capacity else { return false }
        // Safe: `byteCount` bytes from `base` on are mapped; nothing behind them was ever written.
        unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        byteCount = count
        return true
    }

    /// Whether `count` bytes from `offset` on are inside.
    func contains(_ offset: Int, _ count: Int) -> Bool {
        offset >= 0 && count >= 0 && offset <= byteCount && count <= byteCount - offset
    }
}
