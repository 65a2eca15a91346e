public import HTTP

extension Route {
    /// Something that stands in the path, in the query or in the head of a request.
    public struct Parameter: Sendable {
        /// Where it stands.
        public enum Place: String, Sendable { case path, query, header }

        /// Where it stands.
        public let place: Place
        /// Its name.
        public let name: String
        /// What it means.
        public let meaning: String
        /// Whether it must be there.
        public let isRequired: Bool
        /// Reads its schema and an example.
        let shape: @Sendable (SchemaBook) throws -> (schema: JSONSchema, example: JSONValue)

        /// What stands in the path in the place of this name.
        static func path<Value: Codable & Sendable>(
            _ name: String, _ type: Value.Type, _ meaning: String
        ) -> Parameter {
            Parameter(place: .path, name: name, meaning: meaning, isRequired: true) { book in
                let (schema, value) = try book.shape(of: type, named: name)
                return (schema, try JSONValue(encoding: value))
            }
        }

        /// A parameter of the query.
        static func query<Value: Codable & Sendable>(
            _ name: String, _ type: Value.Type, _ meaning: String, isRequired: Bool = false
        ) -> Parameter {
            Parameter(place: .query, name: name, meaning: meaning, isRequired: isRequired) {
                book in
                let (schema, value) = try book.shape(of: type, named: name)
                return (schema, try JSONValue(encoding: value))
            }
        }

        /// A whole number in the query.
        static func query(
            _ name: String, _ range: ClosedRange<Int>, _ meaning: String
        ) -> Parameter {
            Parameter(place: .query, name: name, meaning: meaning, isRequired: false) { _ in
                (
                    .integer(
                        minimum: Int64(range.lowerBound), maximum: UInt64(range.upperBound)),
                    .integer(Int64(range.lowerBound))
                )
            }
        }

        /// A text of some form in the query.
        static func query(
            _ name: String, _ schema: JSONSchema, example: JSONValue, _ meaning: String,
            isRequired: Bool = false
        ) -> Parameter {
            Parameter(place: .query, name: name, meaning: meaning, isRequired: isRequired) { _ in
                (schema, example)
            }
        }

        /// A field of the head.
        static func header(
            _ name: String, _ schema: JSONSchema, example: JSONValue, isRequired: Bool = true,
            _ meaning: String
        ) -> Parameter {
            Parameter(place: .header, name: name, meaning: meaning, isRequired: isRequired) { _ in
                (schema, example)
            }
        }
    }

    /// What a request brings along.
    public struct Body: Sendable {
        /// Whether it must be there.
        public let isRequired: Bool
        /// The media types it may have; the first is the best.
        public let mediaTypes: [String]
        /// Reads its schema and an example.
        let shape: @Sendable (SchemaBook) throws -> (schema: JSONSchema, example: JSONValue)

        /// Whether it is JSON.
        var isJSON: Bool { mediaTypes.contains("application/json") }

        /// A value as JSON; also in other forms, if they are named.
        static func json<Value: Codable & Sendable>(
            _ type: Value.Type, isRequired: Bool = true, or others: [String] = []
        ) -> Body {
            Body(isRequired: isRequired, mediaTypes: ["application/json"] + others) { book in
                (try book.schema(of: type), try book.example(of: type))
            }
        }
    }

    /// What may come back.
    public struct Answer: Sendable {
        /// The status.
        public let status: HTTPStatus
        /// What it means.
        public let meaning: String
        /// The media type; `nil` without a body.
        public let mediaType: String?
        /// Reads the schema of the body and an example; `nil` if it is not JSON.
        let shape: (@Sendable (SchemaBook) throws -> (schema: JSONSchema, example: JSONValue))?

        /// A value as JSON.
        static func json<Value: Codable & Sendable>(
            _ status: HTTPStatus, _ type: Value.Type, _ meaning: String
        ) -> Answer {
            Answer(status: status, meaning: meaning, mediaType: "application/json") { book in
                (try book.schema(of: type), try book.example(of: type))
            }
        }

        /// An object whose form is written elsewhere.
        static func object(_ status: HTTPStatus, _ meaning: String) -> Answer {
            Answer(status: status, meaning: meaning, mediaType: "application/json") { _ in
                (.map(.anything), [:])
            }
        }

        /// A text, a page, a file.
        static func bytes(
            _ status: HTTPStatus = .ok, _ mediaType: String, _ meaning: String
        ) -> Answer {
            Answer(status: status, meaning: meaning, mediaType: mediaType, shape: nil)
        }

        /// Nothing but a status.
        static func empty(_ status: HTTPStatus, _ meaning: String) -> Answer {
            Answer(status: status, meaning: meaning, mediaType: nil, shape: nil)
        }
    }
}
