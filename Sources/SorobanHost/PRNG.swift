internal import Cryptography

/// A deterministic source of random numbers: the key stream of ChaCha20, drawn in words of 32 bits
/// as the `rand` crate's `ChaCha20Rng` draws them, because contracts see the difference.
struct PRNG {
    private let key: [UInt8]
    private var block: UInt64 = 0
    private var buffer: [UInt8] = []
    private var position = 0

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
        try budget.charge(.computeSha256Hash, times: 2, input: 64)
        self.init(key: HMACSHA256.code(for: seed, key: Self.salt))
    }
}
