import Foundation
import TraqoraAPI

/// Compares JSON with JSON Schema, more strictly than the standard: a member that the schema does
/// not name is a fault.
struct SchemaCheck {
    let definitions: [String: JSONValue]

    /// What is wrong with `value`, each with its place.
    func faults(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        if let reference = schema["$ref"]?.text {
            let name = reference.replacing("#/components/schemas/", with: "")
            guard let definition = definitions[name] else { return ["\(place): no \(name)"] }
            return faults(value, definition, at: place)
        }
        var found: [String] = []
        for part in schema["allOf"]?.elements ?? [] { found += faults(value, part, at: place) }
        if let ways = schema["anyOf"]?.elements,
            !ways.contains(where: { faults(value, $0, at: place).isEmpty })
        {
            found.append("\(place): \(value) is none of \(ways)")
        }
        if let choice = schema["enum"]?.elements, !choice.contains(value) {
            found.append("\(place): \(value) is none of \(choice)")
        }
        guard let type = schema["type"]?.text else {
            for (name, part) in schema["properties"]?.members ?? [:] {
                if let member = value[name] {
                    found += faults(member, part, at: "\(place).\(name)")
                }
            }
            return found
        }
        switch (type, value) {
        case ("object", .object(let members)): found += object(members, schema, at: place)
        case ("array", .array(let elements)):
            for (index, element) in elements.enumerated() {
                found += faults(element, schema["items"] ?? [:], at: "\(place)[\(index)]")
            }
        case ("string", .string(let text)): found += self.text(text, schema, at: place)
        case ("integer", .integer(let number)):
            if case .integer(let minimum)? = schema["minimum"], number < minimum {
                found.append("\(place): \(number) is too small")
            }
            if case .integer(let maximum)? = schema["maximum"], number > maximum {
                found.append("\(place): \(number) is too large")
            }
        // What is larger than 63 bits is read as a number.
        case ("integer", .number(let number)) where number.rounded() == number: break
        case ("number", .integer), ("number", .number), ("boolean", .bool), ("null", .null): break
        default: found.append("\(place): \(value) is no \(type)")
        }
        return found
    }

    private func object(
        _ members: [String: JSONValue], _ schema: JSONValue, at place: String
    ) -> [String] {
        var found: [String] = []
        for case .string(let name) in schema["required"]?.elements ?? []
        where members[name] == nil {
            found.append("\(place): `\(name)` is missing")
        }
        for (name, member) in members {
            if let part = schema["properties"]?[name] ?? schema["additionalProperties"] {
                found += faults(member, part, at: "\(place).\(name)")
            } else {
                found.append("\(place): `\(name)` is not documented")
            }
        }
        return found
    }

    private func text(_ text: String, _ schema: JSONValue, at place: String) -> [String] {
        var found: [String] = []
        if let pattern = schema["pattern"]?.text, (try? Regex(pattern).firstMatch(in: text)) == nil
        {
            found.append("\(place): “\(text)” is not like \(pattern)")
        }
        if case .integer(let minimum)? = schema["minLength"], text.count < minimum {
            found.append("\(place): “\(text)” is too short")
        }
        if case .integer(let maximum)? = schema["maxLength"], text.count > maximum {
            found.append("\(place): “\(text)” is too long")
        }
        let isRight =
            switch schema["format"]?.text {
            case "date": text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
            case "date-time": text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil
            case nil: true
            default: false
            }
        return isRight ? found : found + ["\(place): “\(text)” is no \(schema["format"] ?? "")"]
    }
}
