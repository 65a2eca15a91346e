import Testing

@testable import Cryptography

@Suite struct KeccakTests {
    @Test(arguments: [
        ("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        ("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ])
    func `Keccak-256 has its known values`(message: String, digest: String) {
        #expect(hex(Keccak256.hash(Array(message.utf8))) == digest)
    }

    @Test(arguments: [135, 136, 137, 272])
    func `a message of whole blocks is padded with one more`(count: Int) {
        let message = [UInt8](repeating: 7, count: count)
        #expect(Keccak256.hash(message) != Keccak256.hash(message + [0]))
    }
}

/// Values computed from the curves' equations, with the key SHA-256("key"), the nonce
/// SHA-256("nonce") and the digest of "traqora".
@Suite struct ECDSATests {
    static let digest = unhex("3d3d5b47119a47d6b60dd7e8152a5d170af0f07bcbe00384a716b89cec8f7351")
    static let k1Key =
        "04df42306e8672b7812987479140df7e71f8af65e58fb17909d9787a3351a89377"
        + "159c8cad9ad22a85306901958c642356c5574e4c0f248796e964a30ad9716555"
    static let k1Signature =
        "17f53289eac961e5adc858d3ca50dab056ddca7a1a906c0815a0369312d1aa49"
        + "29d7f4c8c4653659a20b74a7d514800dcbc21ccc5ece0484a5b4e3be280d46e7"
    static let r1Key =
        "0426abe153a1c57db42a9c2fe307216c832a4bdede50fe230b7917a22f4fb66d74"
        + "fad850bbf9e99fa1a0e395432e1116b9ed7979e7448d03ba28d2c7d5e79db29b"
    static let r1Signature =
        "03b163f70c355463a1e7befbe3cce8bfc49d4b8e45da209515ebe300472c59f9"
        + "41601245ab0096e8b160d237a4258a2f438aca975284aaf1338b1b3bed75f968"

    @Test func `the signer is recovered on secp256k1`() throws {
        let signature = try #require(ECDSASignature(unhex(Self.k1Signature), curve: .secp256k1))
        let key = Secp256k1.recover(signature, of: Self.digest, recoveryID: 0)
        #expect(key.map(hex) == Self.k1Key)
        #expect(Secp256k1.recover(signature, of: Self.digest, recoveryID: 1).map(hex) != Self.k1Key)
        #expect(Secp256k1.recover(signature, of: Self.digest, recoveryID: 4) == nil)
    }

    @Test func `a signature verifies on P-256, and no other`() throws {
        let key = try #require(P256PublicKey(unhex(Self.r1Key)))
        let signature = try #require(ECDSASignature(unhex(Self.r1Signature), curve: .secp256r1))
        #expect(key.verifies(signature, of: Self.digest))
        #expect(!key.verifies(signature, of: [UInt8](repeating: 1, count: 32)))
    }

    @Test func `a point that is not on the curve is no key`() {
        var bytes = unhex(Self.r1Key)
        bytes[64] ^= 1
        #expect(P256PublicKey(bytes) == nil)
        #expect(P256PublicKey(Array(bytes.dropLast())) == nil)
    }

    @Test(arguments: [ECDSASignature.Curve.secp256k1, .secp256r1])
    func `numbers out of range make no signature`(curve: ECDSASignature.Curve) {
        let one = [UInt8](repeating: 0, count: 31) + [1]
        let zero = [UInt8](repeating: 0, count: 32)
        let top = [UInt8](repeating: 0xff, count: 32)
        #expect(ECDSASignature(one + one, curve: curve) != nil)
        #expect(ECDSASignature(zero + one, curve: curve) == nil)
        #expect(ECDSASignature(one + zero, curve: curve) == nil)
        #expect(ECDSASignature(top + one, curve: curve) == nil)
        #expect(ECDSASignature(one + top, curve: curve) == nil)
        #expect(ECDSASignature(one, curve: curve) == nil)
    }

    @Test func `a signature with s in the upper half is refused`() {
        // The order of secp256k1 less one: a valid number, but the other one of its pair.
        let high = unhex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140")
        let one = [UInt8](repeating: 0, count: 31) + [1]
        #expect(ECDSASignature(one + high, curve: .secp256k1) == nil)
    }
}
