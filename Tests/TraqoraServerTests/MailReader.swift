import Foundation
import HTTP
import Support
import TraqoraAPI

/// Reads mail with Python's parser, by the policy that knows the newest rules.
enum MailReader {
    /// A mail as it is read.
    struct Parsed: Decodable {
        struct Part: Decodable {
            var type: String
            var name: String
            var text: String
        }

        var subject: String
        var from: String
        var date: String
        var parts: [Part]
        /// How often the parser found that something is not as it should be.
        var defects: Int
    }

    static func read(_ content: [UInt8]) async throws -> Parsed {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (mail, json) = (folder.path + "/mail", folder.path + "/json")
        try Data(content).write(to: URL(filePath: mail))
        let program = """
            import email, email.policy, email.utils, json, sys
            message = email.message_from_binary_file(open(sys.argv[1], "rb"),
                policy=email.policy.default)
            leaves = [part for part in message.walk() if not part.is_multipart()]
            defects = len(message.defects) + sum(len(p.defects) for p in leaves)
            defects += sum(len(v.defects) for v in message.values())
            sender = message["From"].addresses[0]
            json.dump({
                "subject": message["Subject"], "defects": defects,
                "from": f"{sender.display_name} <{sender.addr_spec}>",
                "date": message["Date"].datetime.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "parts": [{"type": p.get_content_type(), "name": p.get_filename() or "",
                    "text": p.get_payload(decode=True).decode("utf-8", "replace")}
                    for p in leaves]}, open(sys.argv[2], "w"))
            """
        return try await onThread {
            try SystemCommand.run(["python3", "-c", program, mail, json])
            return try JSONDecoder().decode(
                Parsed.self, from: Data(contentsOf: URL(filePath: json)))
        }
    }
}

extension HTTPResponse {
    /// The checks of `/health`.
    var checks: [HealthResponse.Check]? {
        (try? json(as: HealthResponse.self))?.checks
    }
}
