import Foundation
import HTTP
import TraqoraAPI

/// The description of the API as a page: no script, nothing from elsewhere.
struct DocsPage: Sendable {
    private let routes: [Route]
    private let document: OpenAPIDocument

    /// The page of these routes, which `document` describes.
    init(_ routes: [Route], _ document: OpenAPIDocument) {
        self.routes = routes
        self.document = document
    }

    static let style = """
        :root{color-scheme:light dark;--line:#8884;--soft:#8881}
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
        h2{margin-top:3rem;border-bottom:2px solid var(--line)}
        h3{margin:2rem 0 .25rem;font:600 1rem ui-monospace,monospace;overflow-wrap:anywhere}
        h3 b{display:inline-block;min-width:4.5rem}
        code,pre{font-family:ui-monospace,monospace;font-size:.875em}
        pre{background:var(--soft);padding:.75rem;overflow:auto;max-height:24rem}
        table{border-collapse:collapse;width:100%;margin:.5rem 0;display:block;overflow-x:auto}
        th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
        td{border-top:1px solid var(--line)}
        nav li{list-style:none}nav ul{padding:0;columns:18rem}
        :target{background:var(--soft)}
        """

    /// The page.
    var html: String {
        let page: HTML = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Traqora: the HTTP API</title>
            <style>\(HTML(stringLiteral: Self.style))</style></head><body>
            <h1>Traqora: the HTTP API</h1>
            <p>\(.sentence(OpenAPIDocument.introduction))</p>
            <p>For programs: <a href="/openapi.json">/openapi.json</a>.</p>
            <nav>\(contents)</nav>
            \(chapters)
            <h2 id="types">Types</h2>
            \(types)
            <h2 id="problems">Problems</h2>
            \(problems)
            </body></html>

            """
        return page.text
    }

    private var contents: HTML {
        HTML(
            Route.Subject.allCases.map { subject in
                let links = routes.filter { $0.subject == subject }.map { route -> HTML in
                    "<li><a href=\"#\(route.name)\"><code>\(route.description)</code></a></li>"
                }
                return "<p>\(subject.summary)</p><ul>\(HTML(links))</ul>"
            })
    }

    private var chapters: HTML {
        HTML(
            Route.Subject.allCases.map { subject in
                let sections = routes.filter { $0.subject == subject }.map(section)
                return "<h2>\(subject.summary)</h2>\n\(HTML(sections))"
            })
    }

    private func section(_ route: Route) -> HTML {
        let operation =
            document.json["paths"]?[route.pattern]?[route.method.description.lowercased()]
        let parameters = (operation?["parameters"]?.elements ?? []).map { parameter -> [HTML] in
            [
                "<code>\(parameter["name"]?.text ?? "")</code>",
                "\(parameter["in"]?.text ?? "")", form(parameter["schema"]),
                parameter["required"] == true ? "always" : "",
                .sentence(parameter["description"]?.text ?? ""),
            ]
        }
        return """
            <section id="\(route.name)">
            <h3><b>\(route.method.description)</b> \(route.pattern)</h3>
            <p>\(.sentence(route.summary)) <i>\(.sentence(route.access.sentence))</i></p>
            \(.table(["Parameter", "in", "form", "", ""], parameters))
            \(body(operation?["requestBody"]))
            \(answers(of: route, operation))
            <p>Problems: \(codes(of: route))</p>
            </section>
            """
    }

    private func body(_ body: JSONValue?) -> HTML {
        guard let body, let content = body["content"]?["application/json"] else { return "" }
        let isRequired = body["required"] == true ? "" : " (or nothing)"
        return """
            <p>Takes \(form(content["schema"]))\(isRequired):</p>
            <pre>\(Self.text(of: content["example"]))</pre>
            """
    }

    private func answers(of route: Route, _ operation: JSONValue?) -> HTML {
        let rows = route.answers.map { answer -> [HTML] in
            let content = operation?["responses"]?["\(answer.status)"]?["content"]
            let type = answer.mediaType ?? ""
            let isJSON = type == "application/json"
            return [
                "\(answer.status.code)", isJSON ? form(content?[type]?["schema"]) : "\(type)",
                .sentence(answer.meaning),
            ]
        }
        return .table(["Answer", "", ""], rows)
    }

    private func codes(of route: Route) -> HTML {
        HTML(
            Set(route.problems.map(\.code)).sorted().map { code in
                "<a href=\"#\(code)\"><code>\(code)</code></a>"
            })
    }

    private var types: HTML {
        HTML(
            document.definitions.sorted { $0.key < $1.key }.map { name, definition -> HTML in
                var rows: [[HTML]] = []
                var form: HTML = ""
                if case .object(let members) = definition.schema {
                    rows = members.map { member in
                        [
                            "<code>\(member.name)</code>", self.form(member.schema.json),
                            member.isRequired ? "always" : "", .sentence(member.meaning),
                        ]
                    }
                } else {
                    form = self.form(definition.schema.json)
                }
                return """
                    <section id="type-\(name)"><h3>\(name)</h3>
                    <p>\(.sentence(definition.meaning)) \(form)</p>
                    \(.table(["Member", "form", "", ""], rows))
                    <details><summary>An example</summary>
                    <pre>\(Self.text(of: definition.example))</pre></details></section>
                    """
            })
    }

    private var problems: HTML {
        let all = Set(routes.flatMap(\.problems)).sorted { $0.code < $1.code }
        return .table(
            ["Code", "status", "title"],
            all.map { problem in
                [
                    "<code id=\"\(problem.code)\">\(problem.code)</code>",
                    "\(problem.status.code)", "\(problem.title)",
                ]
            })
    }

    /// What a value looks like, in a few words.
    private func form(_ schema: JSONValue?) -> HTML {
        guard let schema else { return "" }
        if let reference = schema["$ref"]?.text, let slash = reference.lastIndex(of: "/") {
            let name = String(reference[reference.index(after: slash)...])
            return "<a href=\"#type-\(name)\">\(name)</a>"
        }
        if let items = schema["items"] { return "list of \(form(items))" }
        if let values = schema["additionalProperties"] { return "\(form(values)) by name" }
        if let choice = schema["enum"]?.elements {
            return "\(choice.compactMap(\.text).joined(separator: ", "))"
        }
        if let format = schema["format"]?.text { return "\(format)" }
        if let pattern = schema["pattern"]?.text { return "<code>\(pattern)</code>" }
        return "\(schema["type"]?.text ?? "")"
    }

    private static func text(of json: JSONValue?) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let json, let data = try? encoder.encode(json) else { return "" }
        return String(decoding: data, as: UTF8.self)
    }
}
