import Cryptography
import Foundation
import HTTP
import Telemetry
import TraqoraAPI

/// What the API says of itself, for programs and for people.
final class APIDocuments: Sendable {
    /// The routes of the documents themselves.
    static let ownRoutes: [Route] = [.openAPI, .docs, .problem]

    private struct Texts: Sendable {
        var json: [UInt8]
        var page: [UInt8]
        var tag: String
    }

    private let described: [Route]
    /// Made when they are first asked for: most processes never are.
    private let texts = Lock<Texts?>(nil)
    private let policy: String

    /// The documents of these routes.
    init(_ routes: [Route]) {
        described = routes
        let hash = Data(SHA256.hash(Array(DocsPage.style.utf8))).base64EncodedString()
        policy =
            "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'"
    }

    /// What is served here.
    var routes: [ServedRoute] {
        [(.openAPI, openAPI), (.docs, docs), (.problem, problem)]
    }

    /// `GET /openapi.json`
    func openAPI(_ request: HTTPRequest) async throws -> HTTPResponse {
        answer(to: request, try made(), \.json, "application/json")
    }

    /// `GET /docs`
    func docs(_ request: HTTPRequest) async throws -> HTTPResponse {
        var response = answer(to: request, try made(), \.page, "text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = policy
        return response
    }

    /// `GET /problems/{code}`
    func problem(_ request: HTTPRequest) async throws -> HTTPResponse {
        let code = try request.parameters.require("code", as: String.self)
        guard described.contains(where: { $0.problems.contains { $0.code == code } }) else {
            throw Problem.notFound
        }
        var response = HTTPResponse.empty(303)
        response.headers["Location"] = "\(Route.docs.pattern)#\(code)"
        return response
    }

    private func answer(
        to request: HTTPRequest, _ texts: Texts, _ text: KeyPath<Texts, [UInt8]>,
        _ contentType: String
    ) -> HTTPResponse {
        var response =
            request.headers["If-None-Match"] == texts.tag
            ? HTTPResponse.empty(.notModified)
            : .bytes(texts[keyPath: text], contentType: contentType)
        response.headers["ETag"] = texts.tag
        response.headers["Cache-Control"] = "no-cache"
        return response
    }

    private func made() throws -> Texts {
        if let known = texts.withLock({ $0 }) { return known }
        let document = try OpenAPIDocument(described)
        let json = try document.bytes()
        let digest = SHA256.hash(json).prefix(8).map { String($0, radix: 16) }.joined()
        let made = Texts(
            json: json, page: Array(DocsPage(described, document).html.utf8), tag: "\"\(digest)\"")
        texts.withLock { $0 = made }
        return made
    }
}
