internal import StellarXDR

// Wide numbers and the parts that the ledger writes them in.

extension UInt256 {
    init(_ parts: UInt256Parts) {
        self.init(words: (parts.hiHi, parts.hiLo, parts.loHi, parts.loLo))
    }
}

extension UInt256Parts {
    init(_ number: UInt256) {
        let words = number.words
        self.init(hiHi: words.0, hiLo: words.1, loHi: words.2, loLo: words.3)
    }
}

extension Int256 {
    init(_ parts: Int256Parts) {
        self.init(
            bits: UInt256(
                words: (UInt64(bitPattern: parts.hiHi), parts.hiLo, parts.loHi, parts.loLo)))
    }
}

extension Int256Parts {
    init(_ number: Int256) {
        let words = number.bits.words
        self.init(
            hiHi: Int64(bitPattern: words.0), hiLo: words.1, loHi: words.2, loLo: words.3)
    }
}

extension Val {
    static func small(_ tag: Tag, _ value: UInt128) -> Val? {
        UInt64(exactly: value).flatMap { small(tag, $0) }
    }

    static func small(_ tag: Tag, _ value: Int128) -> Val? {
        Int64(exactly: value).flatMap { small(tag, $0) }
    }

    static func small(_ tag: Tag, _ value: UInt256) -> Val? {
        value.asUInt64.flatMap { small(tag, $0) }
    }

    static func small(_ tag: Tag, _ value: Int256) -> Val? {
        value.asInt64.flatMap { small(tag, $0) }
    }
}
