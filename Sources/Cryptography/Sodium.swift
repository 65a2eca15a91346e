internal import CSodium

/// libsodium, initialised once: every use of it in this module goes through here.
enum Sodium {
    /// Chooses the fastest code for this processor. A failure, which the library documents as
    /// impossible on Linux, only leaves the portable code.
    static let isReady = sodium_init() >= 0
}

extension Collection<UInt8> {
    /// Runs `body` with the bytes in one piece, copying them only where they are not. The pointer
    /// is never null, not even when there are no bytes.
    func withBytes<Result>(_ body: (UnsafePointer<UInt8>, Int) -> Result) -> Result {
        let inPlace = withContiguousStorageIfAvailable { buffer -> Result? in
            buffer.baseAddress.map { body($0, buffer.count) }
        }
        if let result = inPlace ?? nil { return result }
        let copy = Array(self) + [0]
        return body(copy, copy.count - 1)
    }
}

/// Makes `count` bytes that `fill` writes.
func bytes(count: Int, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    guard count > 0 else { return result }
    fill(&result)
    return result
}
