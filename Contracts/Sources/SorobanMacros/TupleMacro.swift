import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// `@_Tuple`: what `Tuple2` to `Tuple12` are. One type for all numbers of elements would need
/// parameter packs, which Embedded Swift does not specialise.
struct TupleMacro: MemberMacro, ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, providingMembersOf declaration: some DeclGroupSyntax,
        conformingTo protocols: [TypeSyntax], in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        let types = elements(of: declaration)
        let list = types.joined(separator: ", ")
        let words = each(types) { type, _ in "\(type.lowercased()).value.word" }
        return [
            """
            /// As the host sees it.
            public let value: Value
            """,
            """
            /// Made of its elements.
            @inline(__always)
            public init(\(raw: each(types) { type, _ in "_ \(type.lowercased()): \(type)" })) {
                value = makeVec(\(raw: types.count > 4 ? "[\(words)]" : words))
            }
            """,
            """
            /// Made of its elements.
            @inline(__always) public init(elements: (\(raw: list))) {
                self.init(\(raw: each(types) { _, index in "elements.\(index)" }))
            }
            """,
            """
            /// Reads it; a value of another kind, or with other elements, ends the call.
            public init(_ value: Value) {
                expectCount(value, \(raw: types.count))
                \(raw: each(types, "\n") { type, index in "_ = \(type)(value.element(\(index)))" })
                self.value = value
            }
            """,
            """
            /// Reads what this contract itself has stored.
            @inline(__always) public init(stored value: Value) { self.value = value }
            """,
            """
            /// The elements.
            @inline(__always) public var elements: (\(raw: list)) {
                (\(raw: each(types) { type, index in "\(type)(stored: value.element(\(index)))" }))
            }
            """,
        ]
    }

    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        let types = elements(of: declaration)
        return [
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractValue, Equatable {
                    /// Whether they are the same, in all their parts.
                    @inline(__always) public static func == (a: Self, b: Self) -> Bool {
                        a.value.isEqual(to: b.value)
                    }
                    #if !arch(wasm32)
                    /// How the interface description names it.
                    public static var type: SpecificationType {
                        .tuple([\(raw: each(types) { type, _ in "\(type).type" })])
                    }
                    /// Describes the types it is made of.
                    public static func define(in specification: inout Specification) {
                        \(raw: each(types, "\n") { type, _ in "\(type).define(in: &specification)" })
                    }
                    #endif
                }
                """),
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractArgument
                where \(raw: each(types) { type, _ in "\(type): ContractArgument" }) {}
                """),
        ]
    }

    private static func each(
        _ types: [String], _ separator: String = ", ", _ text: (String, Int) -> String
    ) -> String {
        types.enumerated().map { text($0.element, $0.offset) }.joined(separator: separator)
    }

    private static func elements(of declaration: some DeclGroupSyntax) -> [String] {
        declaration.as(StructDeclSyntax.self)?.genericParameterClause?.parameters
            .map(\.name.text) ?? []
    }
}
