import Foundation
import HTTP

/// Routes as OpenAPI 3.1 describes them.
public struct OpenAPIDocument: Sendable {
    /// The document.
    public let json: JSONValue
    /// The types that occur in it, by name.
    public let definitions: [String: SchemaBook.Definition]

    /// The document of these routes.
    /// - Throws: ``SchemaError``, for a type that cannot be described.
    public init(_ routes: [Route]) throws {
        let book = SchemaBook()
        _ = try book.schema(of: ProblemResponse.self)
        var paths: [String: [String: JSONValue]] = [:]
        for route in routes {
            let method = route.method.description.lowercased()
            paths[route.pattern, default: [:]][method] = try Self.operation(route, book)
        }
        definitions = book.definitions
        let read = try Self.definitionsOfBodies(routes, book)
        let schemas = book.definitions.map { name, definition in
            var members =
                definition.schema.json(takesNull: read.contains(name)).members ?? [:]
            if !definition.meaning.isEmpty { members["description"] = .string(definition.meaning) }
            members["examples"] = [definition.example]
            return (name, JSONValue.object(members))
        }
        json = [
            "openapi": "3.1.0",
            "info": [
                "title": "Traqora", "version": "1",
                "summary": "Flights, booked and paid on the Stellar ledger.",
                "description": .string(Self.introduction),
            ],
            "servers": [["url": "/"]],
            "tags": .array(
                Route.Subject.allCases.map {
                    ["name": .string($0.rawValue), "description": .string($0.summary)]
                }),
            "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "schemas": .object(Dictionary(uniqueKeysWithValues: schemas)),
                "securitySchemes": Self.securitySchemes,
            ],
        ]
    }

    /// The document as text, its members in alphabetical order.
    public func bytes() throws -> [UInt8] { Array(try HTTPResponse.jsonEncoder.encode(json)) }

    /// What holds for every route.
    public static let introduction = """
        Names are in snake case. Instants are `2026-12-24T18:30:00Z`; times of a schedule are \
        local time, zone and instant; money is amount and currency; amounts of tokens are \
        decimals with seven places. What is refused is a problem document (RFC 9457) whose `code` \
        programs look at. Every answer carries `X-Request-ID`, every counted one \
        `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`. New members may be \
        added to answers.
        """

    private static let securitySchemes: JSONValue = [
        "account": [
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "The access token of an account that is signed in.",
        ],
        "booking": [
            "type": "http", "scheme": "bearer",
            "description": "The token that came with a booking.",
        ],
        "administration": [
            "type": "apiKey", "in": "header", "name": "X-Admin-Key",
            "description": "The key of administration.",
        ],
    ]

    private static func operation(_ route: Route, _ book: SchemaBook) throws -> JSONValue {
        var operation: [String: JSONValue] = [
            "operationId": .string(route.name), "summary": .string(route.summary),
            "description": .string(route.access.sentence),
            "tags": [.string(route.subject.rawValue)],
            "responses": .object(try responses(of: route, book)),
            "security": .array(security(of: route)),
        ]
        if !route.parameters.isEmpty {
            operation["parameters"] = .array(try route.parameters.map { try parameter($0, book) })
        }
        if let body = route.body {
            let (schema, example) = try body.shape(book)
            let content: JSONValue = ["schema": schema.json, "example": example]
            operation["requestBody"] = [
                "required": .bool(body.isRequired),
                "content": .object(
                    Dictionary(uniqueKeysWithValues: body.mediaTypes.map { ($0, content) })),
            ]
        }
        return .object(operation)
    }

    /// The names of all types that requests bring along.
    private static func definitionsOfBodies(
        _ routes: [Route], _ book: SchemaBook
    ) throws -> Set<String> {
        var waiting = try routes.compactMap(\.body).flatMap { try $0.shape(book).schema.references }
        var reached: Set<String> = []
        while let name = waiting.popLast() {
            guard reached.insert(name).inserted else { continue }
            waiting += book.definitions[name]?.schema.references ?? []
        }
        return reached
    }

    /// Each scheme opens by itself; where one may also come without, so does none.
    private static func security(of route: Route) -> [JSONValue] {
        let schemes = route.access.schemes.map { JSONValue.object([$0: []]) }
        return route.access.isOptional ? schemes + [[:]] : schemes
    }

    private static func parameter(_ parameter: Route.Parameter, _ book: SchemaBook) throws
        -> JSONValue
    {
        let (schema, example) = try parameter.shape(book)
        return [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired), "description": .string(parameter.meaning),
            "schema": schema.json, "example": example,
        ]
    }

    private static func responses(of route: Route, _ book: SchemaBook) throws
        -> [String: JSONValue]
    {
        var content: [Int: [String: JSONValue]] = [:]
        var meanings: [Int: [String]] = [:]
        var headers: [Int: JSONValue] = [:]
        for answer in route.answers {
            meanings[answer.status.code, default: []].append(answer.meaning)
            content[answer.status.code, default: [:]].merge(try media(of: answer, book)) { $1 }
        }
        for (status, problems) in Dictionary(grouping: route.problems, by: \.status.code) {
            let codes = Set(problems.map(\.code)).sorted()
            headers[status] = Self.headers(of: problems)
            meanings[status, default: []].append(
                Set(problems.map(\.title)).sorted().map { $0 + "." }.joined(separator: " "))
            content[status, default: [:]]["application/problem+json"] = [
                "schema": [
                    "allOf": [
                        ["$ref": "#/components/schemas/ProblemResponse"],
                        ["properties": ["code": ["enum": .array(codes.map { .string($0) })]]],
                    ]
                ]
            ]
        }
        return Dictionary(
            uniqueKeysWithValues: meanings.map { status, meanings in
                var response: [String: JSONValue] = [
                    "description": .string(meanings.joined(separator: " "))
                ]
                if let content = content[status], !content.isEmpty {
                    response["content"] = .object(content)
                }
                if let headers = headers[status] { response["headers"] = headers }
                return ("\(status)", .object(response))
            })
    }

    /// RFC 9110 section 11.6.1: a 401 names what would open.
    private static func headers(of problems: [DocumentedProblem]) -> JSONValue? {
        let challenges = Set(problems.compactMap(\.challenge)).sorted()
        guard !challenges.isEmpty else { return nil }
        return [
            "WWW-Authenticate": [
                "description": "What would open.", "required": true,
                "schema": [
                    "type": "string", "enum": .array(challenges.map { .string($0) }),
                ],
            ]
        ]
    }

    private static func media(of answer: Route.Answer, _ book: SchemaBook) throws
        -> [String: JSONValue]
    {
        guard let type = answer.mediaType else { return [:] }
        guard let shape = answer.shape else {
            let isStream = type == "text/event-stream"
            return [type: ["schema": isStream ? eventSchema : ["type": "string"]]]
        }
        let (schema, example) = try shape(book)
        return [type: ["schema": schema.json, "example": example]]
    }

    /// What tools take for the schema of each event of a stream.
    private static let eventSchema: JSONValue = [
        "type": "object", "required": ["event", "data"],
        "properties": [
            "id": ["type": "string"], "event": ["type": "string"], "data": ["type": "string"],
        ],
    ]
}
