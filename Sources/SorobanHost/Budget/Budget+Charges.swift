/// The charges that almost everything is made of. Sizes are declared ones, the same on every
/// machine; see ``DeclaredSize``.
extension Budget {
    /// Memory taken.
    func allocate(_ byteCount: Int) throws(HostError) {
        try charge(.memAlloc, input: UInt64(clamping: byteCount))
    }

    /// Memory copied.
    func copy(_ byteCount: Int) throws(HostError) {
        try charge(.memCpy, input: UInt64(clamping: byteCount))
    }

    /// Memory compared.
    func compare(_ byteCount: Int) throws(HostError) {
        try charge(.memCmp, input: UInt64(clamping: byteCount))
    }

    /// A look at an object.
    func visitObject() throws(HostError) {
        try charge(.visitObject)
    }

    /// A new object of the host.
    func makeObject() throws(HostError) {
        try allocate(DeclaredSize.object)
    }

    /// A vector made with room for `count` elements of `size` bytes.
    func makeVector(of size: Int, count: Int) throws(HostError) {
        try copy(24)
        try allocate(size * count)
        try copy(size * count)
    }

    /// A copy of `byteCount` bytes, a string, the text of a symbol.
    func copyBytes(_ byteCount: Int) throws(HostError) {
        try makeVector(of: 1, count: byteCount)
    }

    /// Results of steps that may fail, collected into a vector; charged before the first step.
    func collect(_ count: Int, of size: Int) throws(HostError) {
        try copy(40)
        try allocate(count * (size + 16))
        try copy(count * (size + 16))
    }

    /// A copy of a part of something that is being copied: no header of its own.
    func duplicate(_ byteCount: Int) throws(HostError) {
        try allocate(byteCount)
        try copy(byteCount)
    }
}

/// The sizes in bytes that charges are made with; not those of any real memory layout.
enum DeclaredSize {
    static let val = 8
    static let object = 64
    static let mapEntry = 24
    static let storageEntry = 68
    static let footprintEntry = 25
    static let scVal = 96
    static let scMapEntry = 192
    static let address = 48
    static let hash = 32
    static let frame = 552
    static let ledgerKey = 152
    static let ledgerEntry = 288
    static let hostEvent = 168
    static let recordedEvent = 49
}
