extension Settings {
    /// An environment file with every setting, its sentence above it. What has no example is left
    /// for whoever fills it in.
    static var exampleFile: String {
        Schema.sections.map { section in
            "## \(section.title)\n\n" + section.lines.map(exampleLines).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func exampleLines(_ line: SettingLine) -> String {
        let standard = line.standard.isEmpty ? "" : " Default: \(line.standard)."
        let secret =
            line.isSecret ? " Or \(line.fileName) or \(line.commandName) in its place." : ""
        let setting =
            line.example.isEmpty ? "# \(line.name)=" : "\(line.name)=\(line.example)"
        return "# \(line.text) (\(line.rule))\(standard)\(secret)\n\(setting)\n"
    }

    /// The table of a section for the documents.
    static func table(of section: Schema.Section) -> String {
        let rows = section.lines.map { line in
            let names = "`\(line.name)`" + (line.alias.map { ", `\($0)`" } ?? "")
            let notes = [
                line.isSecret ? "secret" : nil, line.productionNeedsIt ? "production" : nil,
            ].compactMap { $0 }.joined(separator: ", ")
            return "| \(names) | \(line.text) | \(line.type): \(line.rule) | \(line.standard) | "
                + "\(notes) |"
        }
        let head = ["| name | what for | what is taken | default | |", "|---|---|---|---|---|"]
        return (head + rows).joined(separator: "\n")
    }

    /// What is in force and where each came from; secrets are not shown.
    static func overview(_ values: SettingValues) -> String {
        let width = Schema.lines.map(\.name.count).max() ?? 0
        return Schema.sections.map { section in
            let lines = section.lines.map { line in
                let name = line.name.padding(to: width)
                guard let value = values[line] else {
                    return "  \(name)  (default) \(line.standard)"
                }
                return "  \(name)  \(shown(value.text, of: line))  (\(value.source))"
            }
            return ([section.title] + lines).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// A value as it may be seen: of an address, all but what opens it.
    private static func shown(_ text: String, of line: SettingLine) -> String {
        guard line.isSecret else { return text }
        guard line == Schema.database.line || line == Schema.redis.line else {
            return "[redacted]"
        }
        guard let scheme = text.firstRange(of: "://") else {
            return text.hasPrefix("sqlite:") ? text : "[redacted]"
        }
        let rest = text[scheme.upperBound...]
        // A password may hold anything, a question mark too.
        let place = rest.split(separator: "@", omittingEmptySubsequences: false).last ?? rest
        let host = place.prefix { $0 != "?" }
        let user = place.count < rest.count ? "[redacted]@" : ""
        let query = host.count < place.count ? "?[redacted]" : ""
        return "\(text[..<scheme.upperBound])\(user)\(host)\(query)"
    }
}
