import Foundation
import Support
import Testing

@testable import Cryptography

@Suite struct HashTests {
    @Test func `SHA-256 of abc is the value of FIPS 180-4`() {
        #expect(
            hex(SHA256.hash(Array("abc".utf8)))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `SHA-512 of nothing is the known value`() {
        #expect(hex(SHA512.hash([])).hasPrefix("cf83e1357eefb8bdf1542850d66d8007"))
    }

    @Test func `the digest of a slice is that of its bytes`() {
        let bytes: [UInt8] = [9, 1, 2, 3, 9]
        #expect(SHA256.hash(bytes[1...3]) == SHA256.hash([1, 2, 3]))
        #expect(SHA256.hash(bytes.lazy.map { $0 }) == SHA256.hash(bytes))
    }

    @Test func `HMAC-SHA-256 is that of RFC 4231`() {
        let code = HMACSHA256.code(
            for: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        #expect(hex(code) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test func `the ChaCha20 key stream is the one of RFC 8439 with a key of zeros`() {
        let block = ChaCha20.block(0, key: [UInt8](repeating: 0, count: 32))
        #expect(
            hex(block).hasPrefix("76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7")
        )
    }
}

@Suite struct Ed25519Tests {
    @Test func `the first vector of RFC 8032 holds`() throws {
        let key = try Ed25519.PrivateKey(
            seed: unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
        #expect(
            hex(key.publicKey.bytes)
                == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        let signature = key.sign([])
        #expect(hex(signature).hasPrefix("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974"))
        #expect(key.publicKey.verifies(signature, of: []))
        #expect(!key.publicKey.verifies(signature, of: [0]))
    }

    @Test func `a small-order key verifies nothing`() throws {
        var identity = [UInt8](repeating: 0, count: 32)
        identity[0] = 1
        let signature = identity + [UInt8](repeating: 0, count: 32)
        #expect(!(try Ed25519.PublicKey(identity)).verifies(signature, of: [1, 2, 3]))
    }

    @Test func `a seed of another length is refused`() {
        #expect(throws: Ed25519.Failure.wrongLength(31)) {
            try Ed25519.PrivateKey(seed: [UInt8](repeating: 0, count: 31))
        }
    }

    @Test func `a private key never prints its seed`() throws {
        let key = try Ed25519.PrivateKey(seed: [UInt8](repeating: 0xab, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key) \(String(reflecting: key)) \(dumped)".contains("171") == false)
    }

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `signatures verify that another implementation made`() throws {
        let lines = try Vectors.lines("client.jsonl").filter {
            $0.starts(with: #"{"kind":"key""#.utf8)
        }
        #expect(!lines.isEmpty)
        for line in lines {
            let line = try JSONDecoder().decode(KeyLine.self, from: line)
            // The 32 key bytes stand behind the version byte of the base-32 text.
            let key = try Ed25519.PublicKey(base32(line.public)[1..<33])
            let (message, signature) = (Array(line.message), Array(line.signature))
            #expect(key.verifies(signature, of: message))
            #expect(!key.verifies(signature, of: message + [0]))
        }
    }

    private struct KeyLine: Decodable {
        var `public`: String
        var message: Data
        var signature: Data
    }

    private func base32(_ text: String) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        let bits = text.flatMap { character in
            let value = alphabet.firstIndex(of: character) ?? 0
            return (0..<5).map { value >> (4 - $0) & 1 }
        }
        return stride(from: 0, to: bits.count - 7, by: 8).map { start in
            bits[start..<start + 8].reduce(0) { $0 << 1 | UInt8($1) }
        }
    }
}

@Suite struct RandomTests {
    @Test func `two draws differ`() {
        #expect(SecureRandom.bytes(32) != SecureRandom.bytes(32))
        #expect(SecureRandom.bytes(0).isEmpty)
    }

    @Test(arguments: [([], [], true), ([1], [1], true), ([1], [2], false), ([1], [1, 2], false)])
    func `secrets are compared by content and length`(a: [UInt8], b: [UInt8], equal: Bool) {
        #expect(constantTimeEquals(a, b) == equal)
    }
}
