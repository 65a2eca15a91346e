/// The routes as a tree over the segments of paths, its nodes in one array.
struct RouteTable: Sendable {
    struct Route: Sendable {
        var method: HTTPMethod
        var pattern: String
        var names: [String]
        var handler: HTTPHandler
    }

    enum Match {
        case handler(HTTPHandler, PathParameters)
        /// The path is there, with these methods.
        case otherMethods([String])
        case badPath
        case nothing
    }

    private struct Node {
        var literals: [String: Int] = [:]
        var name: Int?
        var rest: Int?
        var routes: [HTTPMethod: Int] = [:]
    }

    private(set) var routes: [Route] = []
    private var nodes = [Node()]
    /// The nodes of patterns without names, by the whole path.
    private var literals: [String: Int] = [:]

    mutating func add(_ method: HTTPMethod, _ pattern: String, _ handler: @escaping HTTPHandler) {
        precondition(pattern.hasPrefix("/"), "a pattern begins with a slash: \(pattern)")
        var node = 0
        var names: [String] = []
        let segments = Self.segments(of: pattern)
        for (index, segment) in segments.enumerated() {
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else {
                node = child(of: node, \.literals[String(segment)])
                continue
            }
            let name = segment.dropFirst().dropLast()
            if name.hasSuffix("...") {
                precondition(index == segments.count - 1, "the rest comes last: \(pattern)")
                names.append(String(name.dropLast(3)))
                node = child(of: node, \.rest)
            } else {
                names.append(String(name))
                node = child(of: node, \.name)
            }
        }
        precondition(
            nodes[node].routes[method] == nil, "two routes for \(method) \(pattern)")
        nodes[node].routes[method] = routes.count
        if names.isEmpty { literals[pattern] = node }
        routes.append(Route(method: method, pattern: pattern, names: names, handler: handler))
    }

    func find(_ method: HTTPMethod, _ path: String) -> Match {
        if let node = literals[path] { return match(method, at: node, []) }
        guard path.hasPrefix("/") else { return .nothing }
        var segments: [String] = []
        for segment in Self.segments(of: path) {
            guard let decoded = PercentCoding.decode(segment) else { return .badPath }
            segments.append(decoded)
        }
        var values: [String] = []
        guard let node = walk(0, segments[...], &values) else { return .nothing }
        return match(method, at: node, values)
    }

    private func match(_ method: HTTPMethod, at node: Int, _ values: [String]) -> Match {
        let known = nodes[node].routes
        guard let index = known[method] ?? (method == .head ? known[.get] : nil) else {
            return .otherMethods(Self.allowed(known.keys))
        }
        let route = routes[index]
        return .handler(route.handler, PathParameters(names: route.names, values: values))
    }

    /// Depth is bounded by the depth of the tree, which the program makes.
    private func walk(
        _ node: Int, _ segments: ArraySlice<String>, _ values: inout [String]
    ) -> Int? {
        guard let segment = segments.first else { return nodes[node].routes.isEmpty ? nil : node }
        let count = values.count
        if let next = nodes[node].literals[segment],
            let found = walk(next, segments.dropFirst(), &values)
        {
            return found
        }
        if let next = nodes[node].name, !segment.isEmpty {
            values.append(segment)
            if let found = walk(next, segments.dropFirst(), &values) { return found }
            values.removeSubrange(count...)
        }
        guard let rest = nodes[node].rest else { return nil }
        values.append(segments.joined(separator: "/"))
        return rest
    }

    private mutating func child(of node: Int, _ path: WritableKeyPath<Node, Int?>) -> Int {
        if let known = nodes[node][keyPath: path] { return known }
        nodes.append(Node())
        nodes[node][keyPath: path] = nodes.count - 1
        return nodes.count - 1
    }

    private static func segments(of path: String) -> [Substring] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }

    private static func allowed(_ methods: some Sequence<HTTPMethod>) -> [String] {
        var all = Set(methods.map(\.description)).union(["OPTIONS"])
        if all.contains("GET") { all.insert("HEAD") }
        return all.sorted()
    }
}
