import WebAssembly

/// What is linked into a contract, by the names of its functions before they are stripped: nothing
/// that costs much may come in unnoticed.
struct Ingredients {
    private let names: [String]

    /// - Parameter wasm: The contract as it was linked, with its section `name`.
    /// - Throws: ``BuildFailure`` if it is no module that the host accepts: one with floats, say.
    init(of wasm: [UInt8], _ contract: String) throws(BuildFailure) {
        let module: WasmModule
        do throws(WasmError) {
            module = try WasmModule(decoding: wasm)
        } catch {
            throw BuildFailure(
                "\(contract) is no module that the host accepts: \(error)\n\(Self.advice)")
        }
        names = Self.functions(in: module.customSection(named: "name") ?? [])
        guard !names.isEmpty else {
            throw BuildFailure("\(contract) has lost the names of its functions")
        }
    }

    /// Names as Embedded Swift mangles them, and of the runtime, with what they belong to.
    static let forbidden = [
        ("$eSa", "an array"), ("$eSS", "a String"), ("$eSs", "a Substring"),
        ("$eSJ", "a Character"), ("$eSD", "a dictionary"), ("$eSh", "a set"), ("$eSd", "a Double"),
        ("$eSf", "a Float"), ("swift_allocObject", "the heap"), ("swift_slowAlloc", "the heap"),
        ("posix_memalign", "the heap"), ("malloc", "the heap"), ("swift_retain", "the heap"),
    ]

    /// What to write instead.
    static let advice =
        "A contract has no heap, no String, Array, Dictionary or Set, and no fractions. Use the "
        + "SDK's Symbol and HostString, Vec, Map and Table, and whole numbers."

    /// - Throws: ``BuildFailure`` with the first thing that may not be there.
    func check(_ contract: String) throws(BuildFailure) {
        for (prefix, thing) in Self.forbidden {
            guard let name = names.first(where: { $0.hasPrefix(prefix) }) else { continue }
            throw BuildFailure("\(contract) uses \(thing): \(name)\n\(Self.advice)")
        }
    }

    /// What a failed link lacks belongs to what.
    static func missing(in output: String) -> String? {
        if output.contains("undefined symbol: arc4random_buf") { return "a dictionary or a set" }
        if output.contains("undefined symbol: posix_memalign") { return "the heap" }
        return output.contains("undefined symbol") ? "what is not there" : nil
    }

    /// The names of functions: subsection 1 of the section, pairs of index and name.
    private static func functions(in section: [UInt8]) -> [String] {
        var offset = 0
        while offset < section.count {
            let kind = section[offset]
            offset += 1
            let end = number(in: section, at: &offset) + offset
            guard kind == 1 else {
                offset = end
                continue
            }
            var names: [String] = []
            for _ in 0..<number(in: section, at: &offset) {
                _ = number(in: section, at: &offset)
                let length = number(in: section, at: &offset)
                guard offset + length <= section.count else { return names }
                names.append(String(decoding: section[offset..<offset + length], as: UTF8.self))
                offset += length
            }
            return names
        }
        return []
    }

    /// LEB 128.
    private static func number(in bytes: [UInt8], at offset: inout Int) -> Int {
        var (value, shift) = (0, 0)
        while offset < bytes.count, shift < 35 {
            let byte = bytes[offset]
            offset += 1
            value |= Int(byte & 0x7f) << shift
            shift += 7
            if byte & 0x80 == 0 { break }
        }
        return value
    }
}
