import Cryptography
import Testing

@Suite struct XChaCha20Poly1305Tests {
    /// draft-irtf-cfrg-xchacha-03, A.3.1.
    @Test func `the draft's example comes out`() throws {
        let plaintext = Array(
            ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
                + "future, sunscreen would be it.").utf8)
        let sealed = XChaCha20Poly1305.seal(
            plaintext, key: Array(0x80...0x9f), nonce: Array(0x40...0x57),
            associatedData: [0x50, 0x51, 0x52, 0x53] + Array(0xc0...0xc7))
        #expect(
            hex(sealed)
                == ("""
                bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb\
                731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452\
                2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
                21f9664c97637da9768812f615c68b13b52e\
                c0875924c1c7987947deafd8780acf49
                """))
    }

    @Test(arguments: [0, 1, 63, 64, 65, 5_000])
    func `what was sealed opens, and nothing else does`(count: Int) {
        let key = SecureRandom.bytes(32)
        let nonce = SecureRandom.bytes(24)
        let plaintext = SecureRandom.bytes(count)
        let sealed = XChaCha20Poly1305.seal(
            plaintext, key: key, nonce: nonce, associatedData: [1, 2])
        #expect(sealed.count == count + XChaCha20Poly1305.tagLength)
        let open = { (sealed: [UInt8], key: [UInt8], nonce: [UInt8], data: [UInt8]) in
            XChaCha20Poly1305.open(sealed, key: key, nonce: nonce, associatedData: data)
        }
        #expect(open(sealed, key, nonce, [1, 2]) == plaintext)
        #expect(open(sealed, key, nonce, [1]) == nil)
        #expect(open(sealed, key.reversed(), nonce, [1, 2]) == nil)
        #expect(open(sealed, key, nonce.reversed(), [1, 2]) == nil)
        #expect(open(Array(sealed.dropLast()), key, nonce, [1, 2]) == nil)
        #expect(open([], key, nonce, [1, 2]) == nil)
        for place in stride(from: 0, to: sealed.count, by: max(1, sealed.count / 37)) {
            var changed = sealed
            changed[place] ^= 0x10
            #expect(open(changed, key, nonce, [1, 2]) == nil)
        }
    }
}
