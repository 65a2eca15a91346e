/// Something in a manifest that cannot be, and what would do.
public struct ManifestFault: Hashable, Sendable, CustomStringConvertible {
    /// Where it stands, from 1 on.
    public var line: Int
    /// Which setting: `booking.fee`.
    public var path: String
    /// What is wrong, and what would do.
    public var reason: String

    /// `line 12, booking.fee: …`
    public var description: String {
        path.isEmpty ? "line \(line): \(reason)" : "line \(line), \(path): \(reason)"
    }
}

/// All that is wrong with a manifest.
public struct ManifestFaults: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the manifest is called.
    public var name: String
    /// The faults, by line.
    public var faults: [ManifestFault]

    /// One fault a line.
    public var description: String {
        "\(name) cannot be used:\n" + faults.map { "  \($0)" }.joined(separator: "\n")
    }
}

/// Reads values and gathers what is wrong with them, so that all of it is told at once.
final class ManifestReader {
    private(set) var faults: [ManifestFault] = []

    /// Notes a fault.
    func fault(_ node: YAMLNode, _ path: String, _ reason: String) {
        faults.append(ManifestFault(line: node.line, path: path, reason: reason))
    }

    /// The keys of a group; those that are not among `names` are faults.
    func group(_ node: YAMLNode, _ path: String, _ names: [String]) -> ManifestGroup? {
        guard case .fields(let fields) = node.value else {
            fault(node, path, "this is \(node.kind): write keys below it")
            return nil
        }
        for field in fields where !names.contains(field.name) {
            fault(
                field.node, path,
                "“\(field.name)” is not known here: use \(names.joined(separator: ", "))")
        }
        return ManifestGroup(node: node, path: path, fields: fields, reader: self)
    }

    /// The values of a list.
    func list<Value>(
        _ node: YAMLNode, _ path: String, _ count: ClosedRange<Int>,
        _ read: (YAMLNode, String, ManifestReader) -> Value?
    ) -> [Value]? {
        guard case .list(let nodes) = node.value else {
            fault(node, path, "this is \(node.kind): write a list")
            return nil
        }
        guard count.contains(nodes.count) else {
            fault(
                node, path,
                "it has \(nodes.count) entries: \(count.lowerBound) to \(count.upperBound) are "
                    + "possible")
            return nil
        }
        let values = nodes.enumerated().map { read($1, "\(path)[\($0 + 1)]", self) }
        let found = values.compactMap { $0 }
        return found.count == values.count ? found : nil
    }

    /// The entries of a group whose keys are names.
    func named<Value>(
        _ node: YAMLNode, _ path: String, _ count: ClosedRange<Int>,
        _ read: (YAMLNode, String, ManifestReader) -> Value?
    ) -> [(name: String, value: Value)]? {
        guard case .fields(let fields) = node.value, count.contains(fields.count) else {
            fault(
                node, path,
                "write \(count.lowerBound) to \(count.upperBound) names with their values")
            return nil
        }
        let values = fields.map { field in
            read(field.node, "\(path).\(field.name)", self).map { (field.name, $0) }
        }
        let found = values.compactMap { $0 }
        return found.count == values.count ? found : nil
    }
}

/// A group of keys that is being read.
struct ManifestGroup {
    let node: YAMLNode
    let path: String
    let fields: [YAMLNode.Field]
    let reader: ManifestReader

    private func path(of name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// The value of a key that must be there.
    func required<Value>(
        _ name: String, _ read: (YAMLNode, String, ManifestReader) -> Value?
    ) -> Value? {
        guard let field = fields.first(where: { $0.name == name }) else {
            reader.fault(node, path, "“\(name)” is missing")
            return nil
        }
        return read(field.node, path(of: name), reader)
    }

    /// The value of a key that may be absent.
    func optional<Value>(
        _ name: String, _ standard: Value, _ read: (YAMLNode, String, ManifestReader) -> Value?
    ) -> Value? {
        guard fields.contains(where: { $0.name == name }) else { return standard }
        return required(name, read)
    }
}
