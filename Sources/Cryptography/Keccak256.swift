/// Keccak-256 with the original padding (Ethereum's, not FIPS 202's SHA3-256). By hand: OpenSSL
/// has it from 3.2 on.
public enum Keccak256 {
    /// Bytes taken in between two permutations: 1600 bits less twice the digest.
    private static let rate = 136

    /// The 32-byte digest of `message`.
    public static func hash(_ message: some Collection<UInt8>) -> [UInt8] {
        var state = [UInt64](repeating: 0, count: 25)
        var position = 0
        for byte in message {
            absorb(byte, at: position, into: &state)
            position += 1
            guard position == rate else { continue }
            permute(&state)
            position = 0
        }
        absorb(0x01, at: position, into: &state)
        absorb(0x80, at: rate - 1, into: &state)
        permute(&state)
        return (0..<32).map { UInt8(truncatingIfNeeded: state[$0 / 8] >> UInt64($0 % 8 * 8)) }
    }

    private static func absorb(_ byte: UInt8, at position: Int, into state: inout [UInt64]) {
        state[position / 8] ^= UInt64(byte) << UInt64(position % 8 * 8)
    }

    /// Keccak-f[1600]: 24 rounds over a 5 × 5 array of lanes.
    private static func permute(_ state: inout [UInt64]) {
        var columns = [UInt64](repeating: 0, count: 5)
        var moved = [UInt64](repeating: 0, count: 25)
        for constant in roundConstants {
            for x in 0..<5 {
                columns[x] =
                    state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20]
            }
            for x in 0..<5 {
                let parity = columns[(x + 4) % 5] ^ rotate(columns[(x + 1) % 5], by: 1)
                for y in 0..<5 { state[x + 5 * y] ^= parity }
            }
            for x in 0..<5 {
                for y in 0..<5 {
                    moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(
                        state[x + 5 * y], by: rotations[x + 5 * y])
                }
            }
            for y in 0..<5 {
                for x in 0..<5 {
                    state[x + 5 * y] =
                        moved[x + 5 * y]
                        ^ (~moved[(x + 1) % 5 + 5 * y] & moved[(x + 2) % 5 + 5 * y])
                }
            }
            state[0] ^= constant
        }
    }

    private static func rotate(_ lane: UInt64, by count: UInt64) -> UInt64 {
        count == 0 ? lane : lane << count | lane >> (64 - count)
    }

    /// Offsets of step rho: the triangular numbers, along the walk that step pi makes.
    private static let rotations: [UInt64] = {
        var offsets = [UInt64](repeating: 0, count: 25)
        var (x, y) = (1, 0)
        for step in 0..<24 {
            offsets[x + 5 * y] = UInt64((step + 1) * (step + 2) / 2 % 64)
            (x, y) = (y, (2 * x + 3 * y) % 5)
        }
        return offsets
    }()

    /// Constants of step iota, from the shift register that defines them.
    private static let roundConstants: [UInt64] = {
        var register: UInt8 = 1
        return (0..<24).map { _ in
            var constant: UInt64 = 0
            for power in 0..<7 {
                if register & 1 == 1 { constant |= 1 << (UInt64(1) << UInt64(power) - 1) }
                register = register & 0x80 == 0 ? register << 1 : register << 1 ^ 0x71
            }
            return constant
        }
    }()
}
