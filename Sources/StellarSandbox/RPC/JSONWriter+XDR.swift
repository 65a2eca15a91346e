internal import StellarXDR

extension JSONWriter {
    /// A member whose value is text in which nothing must be escaped.
    mutating func member(_ name: StaticString, plain value: String) {
        self.name(name)
        plain(value)
    }

    /// A member whose value is a number.
    mutating func member(_ name: StaticString, _ value: some BinaryInteger) {
        self.name(name)
        number(value)
    }

    /// A value in the form that was asked for, under the name it then has; null if there is none.
    mutating func member(
        _ name: StaticString, _ jsonName: StaticString, _ content: (some XDRCodable)?,
        _ form: XDRForm
    ) throws {
        self.name(form == .base64 ? name : jsonName)
        guard let content else { return value(.null) }
        try element(content, form)
    }

    /// Several values.
    mutating func list(
        _ name: StaticString, _ jsonName: StaticString, _ contents: [some XDRCodable],
        _ form: XDRForm
    ) throws {
        self.name(form == .base64 ? name : jsonName)
        try list(contents, form)
    }

    /// Several values, unless there are none.
    mutating func listIfAny(
        _ name: StaticString, _ jsonName: StaticString, _ contents: [some XDRCodable],
        _ form: XDRForm
    ) throws {
        if !contents.isEmpty { try list(name, jsonName, contents, form) }
    }

    /// A list of values.
    mutating func list(_ contents: [some XDRCodable], _ form: XDRForm) throws {
        try array { (json: inout JSONWriter) throws in
            for content in contents { try json.element(content, form) }
        }
    }

    private mutating func element(_ content: some XDRCodable, _ form: XDRForm) throws {
        switch form {
        case .base64: plain(try content.base64())
        case .json: value(try content.json())
        }
    }
}
