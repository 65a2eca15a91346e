public import Foundation

extension HTTPRequest {
    /// The body, decoded from JSON.
    /// - Throws: ``Problem``: `http.wrong_media_type` if it says that it is something else,
    ///   `http.json_malformed`, or `http.field_invalid` with the place of the field.
    public func json<Value: Decodable>(
        as type: Value.Type = Value.self, with decoder: JSONDecoder = JSONDecoder()
    ) throws(Problem) -> Value {
        if let given = headers["Content-Type"], !isJSON(given) {
            throw .wrongMediaType(given, expected: "application/json")
        }
        return try decodeJSON(body, as: type, with: decoder)
    }
}

extension HTTPResponse {
    /// A value as JSON, its members in alphabetical order.
    public static func json(
        _ value: some Encodable, status: HTTPStatus = .ok, headers: HTTPHeaders = [:],
        with encoder: JSONEncoder = HTTPResponse.jsonEncoder
    ) throws -> HTTPResponse {
        var headers = headers
        headers["Content-Type"] = "application/json"
        return HTTPResponse(
            status: status, headers: headers, body: .bytes(Array(try encoder.encode(value))))
    }

    /// What ``json(_:status:headers:with:)`` encodes with: sorted, slashes as they are.
    public static var jsonEncoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    /// The body of an answer that is at hand, decoded from JSON.
    /// - Throws: ``Problem``, `http.json_malformed` or `http.field_invalid`.
    public func json<Value: Decodable>(
        as type: Value.Type = Value.self, with decoder: JSONDecoder = JSONDecoder()
    ) throws(Problem) -> Value {
        guard case .bytes(let bytes) = body else {
            throw .malformedJSON("The body is a stream; gather it first.")
        }
        return try decodeJSON(bytes, as: type, with: decoder)
    }
}

/// Decodes, with errors that say where and what.
func decodeJSON<Value: Decodable>(
    _ bytes: [UInt8], as type: Value.Type, with decoder: JSONDecoder
) throws(Problem) -> Value {
    do {
        return try decoder.decode(type, from: Data(bytes))
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
        throw .malformedJSON(bytes.isEmpty ? "It is empty." : sentence(context.debugDescription))
    } catch DecodingError.dataCorrupted(let context) {
        throw .invalidField(place(context.codingPath), sentence(context.debugDescription))
    } catch DecodingError.keyNotFound(let key, let context) {
        throw .invalidField(place(context.codingPath + [key]), "It is missing.")
    } catch DecodingError.valueNotFound(_, let context) {
        throw .invalidField(place(context.codingPath), "It is null or missing.")
    } catch DecodingError.typeMismatch(let expected, let context) {
        throw .invalidField(place(context.codingPath), "It should be \(words(for: expected)).")
    } catch let error as any ProblemConvertible {
        throw error.problem
    } catch {
        throw .malformedJSON("It cannot be decoded.")
    }
}

private func isJSON(_ mediaType: String) -> Bool {
    let essence = mediaType.prefix { $0 != ";" }.lowercased()
        .trimmingCharacters(in: .whitespaces)
    return essence == "application/json" || essence.hasSuffix("+json")
}

/// `passengers[0].name`.
private func place(_ path: [any CodingKey]) -> String {
    path.reduce(into: "") { text, key in
        if let index = key.intValue {
            text += "[\(index)]"
        } else {
            text += text.isEmpty ? key.stringValue : ".\(key.stringValue)"
        }
    }
}

private func sentence(_ text: String) -> String {
    text.hasSuffix(".") ? text : text + "."
}

private func words(for type: Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is [Any].Type: "an array"
    case is [String: Any].Type: "an object"
    default: "\(type)"
    }
}
