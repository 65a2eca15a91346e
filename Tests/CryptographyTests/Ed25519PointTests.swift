import Testing

@testable import Cryptography

@Suite struct Ed25519PointTests {
    /// Computed by solving the curve's equation with Python's integers.
    @Test(
        arguments: [
            (0, true), (1, true), (2, false), (3, true), (4, true), (5, true), (6, true),
            (7, false), (8, false), (9, true),
        ] as [(UInt8, Bool)])
    func `a number is a point's if the curve's equation has a solution`(
        y: UInt8, isPoint: Bool
    ) throws {
        for sign: UInt8 in [0, 0x80] {
            let bytes = [y] + [UInt8](repeating: 0, count: 30) + [sign]
            #expect(try Ed25519.PublicKey(bytes).isPoint == isPoint)
        }
    }

    @Test func `the key of a seed is a point`() throws {
        for seed: UInt8 in 0..<20 {
            let key = try Ed25519.PrivateKey(seed: [UInt8](repeating: seed, count: 32))
            #expect(key.publicKey.isPoint)
        }
    }
}
