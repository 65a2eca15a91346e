/// Gives a type whatever it asks for, and writes down what that was.
struct RecordingDecoder: Decoder {
    let book: SchemaBook
    let recording: Recording
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(RecordingContainer(book: book, recording: recording))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SchemaError("\(recording.name) reads an array: let it hold one")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        throw SchemaError("\(recording.name) is one value: make it Shaped or CaseIterable")
    }
}

private struct RecordingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let book: SchemaBook
    let recording: Recording
    let codingPath: [any CodingKey] = []
    var allKeys: [Key] { [] }

    func contains(_ key: Key) -> Bool {
        recording.maybe = key.stringValue
        return true
    }

    func decodeNil(forKey key: Key) -> Bool {
        recording.maybe = key.stringValue
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (schema, value) = try book.shape(of: type, named: key.stringValue)
        recording.add(key.stringValue, schema)
        return value
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw SchemaError("\(recording.name).\(key.stringValue) needs a type of its own")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SchemaError("\(recording.name).\(key.stringValue) needs a type of its own")
    }

    func superDecoder() throws -> any Decoder {
        throw SchemaError("\(recording.name) inherits")
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        throw SchemaError("\(recording.name) inherits")
    }
}
