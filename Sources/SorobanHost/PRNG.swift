internal import Cryptography

/// A deterministic source of random numbers: the key stream of ChaCha20, drawn in words of 32 bits
/// as the `rand` crate's `ChaCha20Rng` draws them, because contracts see the difference.
struct PRNG {
    fileprivate let key: [UInt8]
    fileprivate var block: UInt64 = 0
    fileprivate var buffer: [UInt8] = []
    fileprivate var position = 0

    /// The public salt that unbiased base seeds are made with.
    private static let salt: [UInt8] = [
        0x7a, 0xc3, 0x39, 0x97, 0x54, 0x4e, 0x31, 0x75, 0xd2, 0x66, 0xbd, 0x02, 0x24, 0x39, 0xb2,
        0x2c, 0xdb, 0x16, 0x50, 0x8c, 0x01, 0x16, 0x3f, 0x26, 0xe5, 0xcb, 0x2a, 0x3e, 0x10, 0x45,
        0xa9, 0x79,
    ]

    /// A source whose key stream is that of `key`, 32 bytes.
    init(key: [UInt8]) {
        self.key = key
    }

    /// A source from a seed that others may have chosen, 32 bytes: the key is its HMAC.
    init(seed: [UInt8], budget: Budget) throws(HostError) {
        try Self.chargeSeeding(budget)
        self.init(seed: seed)
    }

    fileprivate init(seed: [UInt8]) {
        self.init(key: HMACSHA256.code(for: seed, key: Self.salt))
    }

    /// Charges for making a source from a seed.
    static func chargeSeeding(_ budget: Budget) throws(HostError) {
        try budget.charge(.computeSha256Hash, times: 2, input: 64)
    }
}

/// The sources of chance of an invocation.
struct Randomness {
    /// The source of each frame's own source.
    var frames: PRNG
    /// The source of recorded nonces.
    var nonces: PRNG

    init(seed: [UInt8]) {
        var base = PRNG(seed: seed)
        nonces = PRNG(key: base.bytes(32))
        _ = base.bytes(32)
        frames = base
    }
}

extension PRNG {
    /// The next word of the stream.
    mutating func word() -> UInt32 {
        if position == buffer.count {
            buffer = ChaCha20.block(block, key: key)
            block &+= 1
            position = 0
        }
        defer { position += 4 }
        return (0..<4).reversed().reduce(0) { $0 << 8 | UInt32(buffer[position + $1]) }
    }

    /// The next two words, the lower one first.
    mutating func doubleWord() -> UInt64 {
        let low = word()
        return UInt64(word()) << 32 | UInt64(low)
    }

    /// The next `count` bytes; what is left of a last word is thrown away.
    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 3)
        while bytes.count < count {
            let word = word()
            for shift: UInt32 in [0, 8, 16, 24] {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// A number of a range, each as likely; draws again where the stream does not divide evenly.
    mutating func number(in range: ClosedRange<UInt64>) -> UInt64 {
        let width = range.upperBound &- range.lowerBound &+ 1
        guard width > 0 else { return doubleWord() }
        let rejected = (UInt64.max - width + 1) % width
        while true {
            let (high, low) = doubleWord().multipliedFullWidth(by: width)
            if low <= UInt64.max - rejected { return range.lowerBound + high }
        }
    }

    /// A number below `limit`, in the way in which the reference shuffles.
    private mutating func index(below limit: UInt32) -> Int {
        let zone = (limit << UInt32(limit.leadingZeroBitCount)) &- 1
        while true {
            let (high, low) = word().multipliedFullWidth(by: limit)
            if low <= zone { return Int(high) }
        }
    }

    /// Brings elements into a random order.
    mutating func shuffle(_ elements: inout [Val]) {
        guard elements.count > 1 else { return }
        for place in (1..<elements.count).reversed() {
            elements.swapAt(place, index(below: UInt32(truncatingIfNeeded: place + 1)))
        }
    }
}
