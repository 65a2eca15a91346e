internal import CCurl
internal import Glibc

/// Whether an address belongs to the public Internet. What users name is fetched from there alone:
/// it must not lead to this machine or its neighbours, however its name resolves.
enum PublicAddress {
    /// Four bytes of IPv4.
    static func isPublic(v4 bytes: [UInt8]) -> Bool {
        guard bytes.count == 4 else { return false }
        let start = UInt32(bytes[0]) << 24 | UInt32(bytes[1]) << 16 | UInt32(bytes[2]) << 8
        let number = start | UInt32(bytes[3])
        // IANA's registry of special-purpose addresses.
        let special: [(UInt32, Int)] = [
            (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8),
            (0xA9FE_0000, 16), (0xAC10_0000, 12), (0xC000_0000, 24), (0xC000_0200, 24),
            (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24), (0xCB00_7100, 24),
            (0xE000_0000, 3),
        ]
        return !special.contains { block, length in
            (number ^ block) >> (32 - UInt32(length)) == 0
        }
    }

    /// Sixteen bytes of IPv6.
    static func isPublic(v6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return false }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        let translated: [UInt8] = [0x00, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8)
        if bytes.starts(with: mapped) || bytes.starts(with: translated) {
            return isPublic(v4: Array(bytes[12...]))
        }
        // Only 2000::/3 is handed out; of it, 2001:db8::/32 is for documents, 2001::/32 and
        // 2002::/16 lead to IPv4.
        let isHandedOut = bytes[0] & 0xE0 == 0x20
        let others: [[UInt8]] = [[0x20, 0x01, 0x0D, 0xB8], [0x20, 0x01, 0, 0], [0x20, 0x02]]
        return isHandedOut && !others.contains { bytes.starts(with: $0) }
    }

    /// Lets libcurl open sockets to public addresses only.
    static func protect(_ easy: UnsafeMutableRawPointer) {
        traqora_curl_set_open_socket(easy) { _, _, address in
            guard let address, PublicAddress.isPublic(address) else { return CURL_SOCKET_BAD }
            return socket(
                address.pointee.family, address.pointee.socktype, address.pointee.protocol)
        }
    }

    private static func isPublic(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Bool {
        let bytes = UnsafeRawBufferPointer(
            start: traqora_curl_address(address), count: Int(address.pointee.addrlen))
        switch address.pointee.family {
        case AF_INET where bytes.count >= 8: return isPublic(v4: Array(bytes[4..<8]))
        case AF_INET6 where bytes.count >= 24: return isPublic(v6: Array(bytes[8..<24]))
        default: return false
        }
    }
}
