import Foundation
import HTTP
import Testing
import TraqoraAPI

@testable import TraqoraServer

/// Compares what a server answers with what its document says.
struct AnswerCheck: Sendable {
    private let routes: [Route]
    private let document: OpenAPIDocument

    /// The check for all routes there are.
    static let everything = Result { try AnswerCheck(Route.allCases) }

    init(_ routes: [Route]) throws {
        self.routes = routes
        document = try OpenAPIDocument(routes)
    }

    /// The route that a request is for.
    func route(of request: HTTPRequest) -> Route? {
        let method: HTTPMethod = request.method == .head ? .get : request.method
        let path = request.path.split(separator: "/", omittingEmptySubsequences: false)
        return routes.first { route in
            let pattern = route.pattern.split(separator: "/", omittingEmptySubsequences: false)
            return route.method == method && pattern.count == path.count
                && zip(pattern, path).allSatisfy { $0.hasPrefix("{") && !$1.isEmpty || $0 == $1 }
        }
    }

    /// What is not as it is documented.
    func faults(_ request: HTTPRequest, _ response: HTTPResponse) -> [String] {
        guard request.method != .options else { return [] }
        guard let route = route(of: request) else {
            return (400...499).contains(response.status.code) ? [] : ["\(response.status)"]
        }
        let operation =
            document.json["paths"]?[route.pattern]?[route.method.description.lowercased()]
        guard let documented = operation?["responses"]?["\(response.status)"] else {
            return ["\(route): \(response.status) is not documented"]
        }
        var found = inner(of: request, operation, wasTaken: response.status.isSuccess)
        guard case .bytes(let bytes) = response.body, !bytes.isEmpty || documented["content"] != nil
        else { return found.map { "\(route): \($0)" } }
        let type = response.headers["Content-Type"] ?? ""
        let essence = String(type.prefix { $0 != ";" })
        if let content = documented["content"]?[essence] {
            if essence.hasSuffix("json"), request.method != .head {
                found += compare(bytes, content["schema"])
            }
        } else {
            found.append("\(response.status) as “\(type)” is not documented")
        }
        return found.map { "\(route): \($0)" }
    }

    /// A parameter or a field that is used must be documented too.
    private func inner(
        of request: HTTPRequest, _ operation: JSONValue?, wasTaken: Bool
    ) -> [String] {
        guard wasTaken else { return [] }
        let known = (operation?["parameters"]?.elements ?? []).filter { $0["in"] == "query" }
            .compactMap { $0["name"]?.text }
        var found = request.queryText.split(separator: "&")
            .map { String($0.prefix { $0 != "=" }) }.filter { !known.contains($0) }
            .map { "`\($0)` is not documented" }
        if let schema = operation?["requestBody"]?["content"]?["application/json"]?["schema"],
            request.headers["Content-Type"].map({ $0.contains("json") }) ?? true,
            !request.body.isEmpty
        {
            found += compare(request.body, schema)
        }
        return found
    }

    private func compare(_ bytes: [UInt8], _ schema: JSONValue?) -> [String] {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
            return ["it is no JSON"]
        }
        return SchemaCheck(definitions: document.json["components"]?["schemas"]?.members ?? [:])
            .faults(value, schema ?? [:])
    }
}

extension TraqoraServer {
    /// The answer to a request, which must be one that the document allows.
    func answer(to request: HTTPRequest) async -> HTTPResponse {
        let response = await respond(to: request)
        switch AnswerCheck.everything {
        case .success(let check):
            for fault in check.faults(request, response) { Issue.record("\(fault)") }
        case .failure(let error): Issue.record(error)
        }
        return response
    }
}
