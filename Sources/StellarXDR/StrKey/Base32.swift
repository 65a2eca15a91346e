/// Base32, RFC 4648 §6: upper case, without padding.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// Longer than any key.
    private static let charactersMax = 165

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 8 + 4) / 5)
        var group: UInt32 = 0
        var held: UInt32 = 0
        for byte in bytes {
            group = group &<< 8 | UInt32(byte)
            held += 8
            while held >= 5 {
                held -= 5
                text.append(alphabet[Int(group &>> held & 31)])
            }
        }
        if held > 0 { text.append(alphabet[Int(group &<< (5 - held) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    static func decode(_ text: some StringProtocol) throws(StrKeyError) -> [UInt8] {
        guard text.utf8.count <= charactersMax else { throw .wrongLength }
        var bytes: [UInt8] = []
        var group: UInt32 = 0
        var held: UInt32 = 0
        for character in text.utf8 {
            let digit: UInt8
            switch character {
            case 0x41...0x5A: digit = character - 0x41
            case 0x32...0x37: digit = character - 0x32 + 26
            default: throw .notBase32
            }
            group = group &<< 5 | UInt32(digit)
            held += 5
            guard held >= 8 else { continue }
            held -= 8
            bytes.append(UInt8(truncatingIfNeeded: group &>> held))
        }
        guard held < 5, group & (1 &<< held - 1) == 0 else { throw .wrongLength }
        return bytes
    }
}

/// CRC-16/XMODEM: polynomial 0x1021, initial value 0.
enum CRC16 {
    static func checksum(of bytes: some Sequence<UInt8>) -> UInt16 {
        var remainder: UInt16 = 0
        for byte in bytes {
            remainder ^= UInt16(byte) &<< 8
            for _ in 0..<8 {
                let carries = remainder & 0x8000 != 0
                remainder = remainder &<< 1 ^ (carries ? 0x1021 : 0)
            }
        }
        return remainder
    }
}
