internal import StellarXDR

/// JSON that is written at once, without a value in between: for answers of thousands of parts.
struct JSONWriter {
    /// The text so far.
    private(set) var text: [UInt8] = []
    private var needsComma = false

    /// An object, whose members `body` writes.
    mutating func object<Failure>(_ body: (inout JSONWriter) throws(Failure) -> Void)
        throws(Failure)
    {
        begin(UInt8(ascii: "{"))
        try body(&self)
        end(UInt8(ascii: "}"))
    }

    /// A list, whose elements `body` writes.
    mutating func array<Failure>(_ body: (inout JSONWriter) throws(Failure) -> Void) throws(Failure)
    {
        begin(UInt8(ascii: "["))
        try body(&self)
        end(UInt8(ascii: "]"))
    }

    /// The name of a member, whose value comes next.
    mutating func name(_ name: StaticString) {
        separate()
        text.append(UInt8(ascii: "\""))
        text.append(contentsOf: "\(name)".utf8)
        text.append(UInt8(ascii: "\""))
        text.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Text in which nothing must be escaped: digits, base64, addresses, names of ours.
    mutating func plain(_ value: String) {
        separate()
        text.append(UInt8(ascii: "\""))
        text.append(contentsOf: value.utf8)
        text.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A number.
    mutating func number(_ value: some BinaryInteger) {
        separate()
        text.append(contentsOf: String(value).utf8)
        needsComma = true
    }

    /// Any other value.
    mutating func value(_ value: JSONValue) {
        separate()
        text.append(contentsOf: value.description.utf8)
        needsComma = true
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        text.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        text.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { text.append(UInt8(ascii: ",")) }
        needsComma = false
    }
}
