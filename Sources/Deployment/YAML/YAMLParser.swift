internal import CYAML

/// Reads what of YAML a person writes in a settings file: keys, lists and values. Anchors, aliases
/// and tags are refused, so that what stands in a line is all there is to it.
struct YAMLParser {
    /// How long a document may be, in bytes.
    static let bytesMax = 256 * 1_024
    /// How deep it may be.
    static let depthMax = 16
    /// How many values it may have.
    static let nodesMax = 20_000

    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private var nodes = 0

    private init(_ parser: UnsafeMutablePointer<yaml_parser_t>) { self.parser = parser }

    /// The document that `text` is.
    static func parse(_ text: String) throws(YAMLError) -> YAMLNode {
        let bytes = Array(text.utf8)
        guard bytes.count <= bytesMax else {
            throw YAMLError(line: 1, reason: "it is longer than \(bytesMax) bytes")
        }
        // Safe: the parser points to itself, so it stays where it is until it ends, which is before
        // the bytes do.
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            throw YAMLError(line: 1, reason: "there is no memory to read it")
        }
        defer { yaml_parser_delete(parser) }
        return try bytes.withUnsafeBufferPointer { buffer throws(YAMLError) in
            yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
            var reader = YAMLParser(parser)
            return try reader.document()
        }
    }

    private mutating func document() throws(YAMLError) -> YAMLNode {
        _ = try next()
        guard case .documentStart = try next() else {
            throw YAMLError(line: 1, reason: "it is empty")
        }
        let first = try next()
        let root = try node(first, depth: 1)
        _ = try next()
        guard case .streamEnd = try next() else {
            throw YAMLError(line: line, reason: "only one document is read: leave out “---”")
        }
        return root
    }

    private mutating func node(_ event: Event, depth: Int) throws(YAMLError) -> YAMLNode {
        let place = line
        nodes += 1
        guard nodes <= Self.nodesMax, depth <= Self.depthMax else {
            throw YAMLError(line: place, reason: "it has too many values, or too deep")
        }
        switch event {
        case .text(let text): return YAMLNode(value: .text(text), line: place)
        case .listStart:
            var list: [YAMLNode] = []
            while true {
                let event = try next()
                if case .listEnd = event { break }
                list.append(try node(event, depth: depth + 1))
            }
            return YAMLNode(value: .list(list), line: place)
        case .fieldsStart: return YAMLNode(value: .fields(try fields(depth)), line: place)
        case .documentStart, .listEnd, .fieldsEnd, .streamEnd, .other:
            throw YAMLError(line: place, reason: "there is no value")
        }
    }

    private mutating func fields(_ depth: Int) throws(YAMLError) -> [YAMLNode.Field] {
        var fields: [YAMLNode.Field] = []
        while true {
            let event = try next()
            if case .fieldsEnd = event { return fields }
            guard case .text(let name) = event else {
                throw YAMLError(line: line, reason: "a key is a word")
            }
            guard !fields.contains(where: { $0.name == name }) else {
                throw YAMLError(line: line, reason: "“\(name)” is there twice")
            }
            let value = try next()
            fields.append(YAMLNode.Field(name: name, node: try node(value, depth: depth + 1)))
        }
    }

    /// What the parser meets next.
    private enum Event {
        case documentStart, listStart, listEnd, fieldsStart, fieldsEnd, streamEnd, other
        case text(String)
    }

    /// The line of the event before, from 1 on.
    private var line = 1

    private mutating func next() throws(YAMLError) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it is no YAML"
            throw YAMLError(line: Int(parser.pointee.problem_mark.line) + 1, reason: problem)
        }
        defer { yaml_event_delete(&event) }
        line = Int(event.start_mark.line) + 1
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_SEQUENCE_START_EVENT:
            try refuse(event.data.sequence_start.anchor, event.data.sequence_start.tag)
            return .listStart
        case YAML_SEQUENCE_END_EVENT: return .listEnd
        case YAML_MAPPING_START_EVENT:
            try refuse(event.data.mapping_start.anchor, event.data.mapping_start.tag)
            return .fieldsStart
        case YAML_MAPPING_END_EVENT: return .fieldsEnd
        case YAML_STREAM_END_EVENT: return .streamEnd
        case YAML_ALIAS_EVENT:
            throw YAMLError(line: line, reason: "aliases (*name) are not read: write it out")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            try refuse(scalar.anchor, scalar.tag)
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .text(String(decoding: bytes, as: UTF8.self))
        default: return .other
        }
    }

    private func refuse(
        _ anchor: UnsafeMutablePointer<yaml_char_t>?, _ tag: UnsafeMutablePointer<yaml_char_t>?
    ) throws(YAMLError) {
        guard anchor == nil, tag == nil else {
            throw YAMLError(
                line: line, reason: "anchors (&name) and tags (!name) are not read: leave it out")
        }
    }
}
