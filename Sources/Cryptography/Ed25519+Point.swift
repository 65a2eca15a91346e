internal import CCrypto

extension Ed25519.PublicKey {
    /// Whether the bytes are a point of the curve at all. RFC 8032 §5.1.3, without the refusal of
    /// numbers above the field's: the ledger's host reduces them.
    ///
    /// Takes about as long as verifying a signature, which finds it out by itself.
    public var isPoint: Bool {
        var encoded = [UInt8](bytes.reversed())
        encoded[0] &= 0x7f
        guard let context = BN_CTX_new() else { return false }
        defer { BN_CTX_free(context) }
        let numbers = [encoded, Self.field, Self.coefficient, []].map { (number: [UInt8]) in
            BN_bin2bn(number, Int32(number.count), nil)
        }
        defer { numbers.forEach { BN_free($0) } }
        let (y, p, d, u) = (numbers[0], numbers[1], numbers[2], numbers[3])
        // x² = u / v, with u = y² − 1 and v = d·y² + 1, has a root exactly if u · v is a square.
        guard BN_mod_sqr(u, y, p, context) == 1, BN_mod_mul(d, d, u, p, context) == 1,
            BN_add_word(d, 1) == 1, BN_sub_word(u, 1) == 1, BN_mod_mul(u, u, d, p, context) == 1
        else { return false }
        return (0...1).contains(BN_kronecker(u, p, context))
    }

    /// 2^255 − 19, big-endian.
    private static let field: [UInt8] =
        [0x7f] + [UInt8](repeating: 0xff, count: 30) + [0xed]
    /// The curve's d, −121665 / 121666, big-endian.
    private static let coefficient: [UInt8] = [
        0x52, 0x03, 0x6c, 0xee, 0x2b, 0x6f, 0xfe, 0x73, 0x8c, 0xc7, 0x40, 0x79, 0x77, 0x79, 0xe8,
        0x98, 0x00, 0x70, 0x0a, 0x4d, 0x41, 0x41, 0xd8, 0xab, 0x75, 0xeb, 0x4d, 0xca, 0x13, 0x59,
        0x78, 0xa3,
    ]
}
