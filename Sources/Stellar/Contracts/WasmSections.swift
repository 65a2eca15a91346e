/// The named sections that tools add to a wasm module; what runs is not looked at.
enum WasmSections {
    /// The contents of all sections of this name, one after the other, or `nil` if the bytes are
    /// no module.
    static func contents(named name: String, in wasm: [UInt8]) -> [UInt8]? {
        guard wasm.starts(with: [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]) else {
            return nil
        }
        var found: [UInt8] = []
        var offset = 8
        while offset < wasm.count {
            let id = wasm[offset]
            offset += 1
            guard let size = number(in: wasm, at: &offset), size <= wasm.count - offset else {
                return nil
            }
            let end = offset + size
            if id == 0 {
                guard let length = number(in: wasm, at: &offset), length <= end - offset else {
                    return nil
                }
                if wasm[offset..<offset + length].elementsEqual(name.utf8) {
                    found += wasm[offset + length..<end]
                }
            }
            offset = end
        }
        return found
    }

    /// An unsigned number of at most 32 bits, LEB128.
    private static func number(in bytes: [UInt8], at offset: inout Int) -> Int? {
        var value: UInt64 = 0
        for shift in stride(from: 0 as UInt64, to: 35, by: 7) {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value <= UInt32.max ? Int(value) : nil }
        }
        return nil
    }
}
