/// Numbers that look drawn and follow from a seed and words: the same on every machine, always.
struct Draw {
    private var state: UInt64

    /// Draws for what `words` name.
    init(seed: UInt64, _ words: String...) {
        // FNV-1a spreads the words, the finaliser of SplitMix64 spreads the bits.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
        for word in words {
            for byte in word.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        state = hash
    }

    /// The next 64 bits.
    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to `limit`, which it never reaches.
    mutating func number(below limit: Int) -> Int { Int(bits() % UInt64(max(1, limit))) }

    /// Yes, in `percent` of a hundred cases.
    mutating func chance(percent: Int) -> Bool { number(below: 100) < percent }
}
