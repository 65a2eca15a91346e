import Foundation
import Support
import Testing

@testable import GenerateAPIDescriptions

@Test func `what the API says of its types is what their comments say`() throws {
    let text = try GenerateAPIDescriptions.text(checkout: Package.root)
    let committed = try String(
        contentsOf: Package.root.appendingPathComponent(GenerateAPIDescriptions.output),
        encoding: .utf8)
    #expect(committed == text, "run `make generate`")
}

@Test func `fields go by their name in JSON, and only types that travel are kept`() {
    var comments = TypeComments()
    comments.read(
        """
        /// A thing, like ``Other``.
        ///
        /// - Throws: nothing.
        public struct Thing: Codable {
            /// What it is
            /// called.
            public var name: String
            /// When.
            public let madeAt: Instant

            private enum CodingKeys: String, CodingKey {
                case name
                case madeAt = "made_at"
            }

            /// A part.
            public enum Part: String, Codable { case one }
        }

        /// Stays at home.
        public struct Other {
            /// So does this.
            public var name: String
        }
        """)
    #expect(
        comments.lines == [
            "Thing\tA thing, like `Other`.", "Thing.Part\tA part.", "Thing.made_at\tWhen.",
            "Thing.name\tWhat it is called.",
        ])
}
