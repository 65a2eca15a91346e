/// A value of a YAML document, with its place.
struct YAMLNode: Sendable, Hashable {
    /// What it is.
    enum Value: Sendable, Hashable {
        case text(String)
        case list([YAMLNode])
        case fields([Field])
    }

    /// A key with its value.
    struct Field: Sendable, Hashable {
        var name: String
        var node: YAMLNode
    }

    var value: Value
    /// From 1 on.
    var line: Int

    /// What people call it.
    var kind: String {
        switch value {
        case .text: "a value"
        case .list: "a list"
        case .fields: "a group of keys"
        }
    }
}

/// Why a text is not a document of ours.
struct YAMLError: Error, Hashable, Sendable {
    var line: Int
    var reason: String
}
