import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// A function that can be called from outside, or the constructor.
private struct Export {
    var chainName: String
    var documentation: String
    /// What is called, before the arguments.
    var callee: String
    /// Labels that have a colon after them, or nothing.
    var labels: [String]
    var parameters: [Field]
    var result: TypeUse?
    var isConstructor = false

    /// The types it is made of.
    var uses: [TypeUse] { parameters.map(\.use) + [result].compactMap(\.self) }

    /// The call with the words that came.
    var call: String {
        let arguments = parameters.enumerated().map { index, parameter in
            let value = "argument(\(parameter.type).self, word\(index))"
            return labels[index] + value + (parameter.use.isTuple ? ".elements" : "")
        }
        return "\(callee)(\(arguments.joined(separator: ", ")))"
    }
}

/// `@Contract`: exports and interface description.
struct ContractMacro: PeerMacro, ExtensionMacro {
    static func expansion(
        of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        guard let contract = declaration.as(StructDeclSyntax.self) else {
            throw Fault("@Contract is for a struct")
        }
        ContractCheck.run(contract, in: context)
        return exports(of: contract, in: context).map { peer(for: $0, of: contract, in: context) }
    }

    static func expansion(
        of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
        providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
        in context: some MacroExpansionContext
    ) throws -> [ExtensionDeclSyntax] {
        guard let contract = declaration.as(StructDeclSyntax.self) else { return [] }
        let arguments = node.arguments?.as(LabeledExprListSyntax.self).map(Array.init) ?? []
        let types = arguments.map {
            $0.expression.trimmedDescription.replacing(".self", with: "")
        }
        var lines: [String] = []
        for export in exports(of: contract, in: context) {
            let inputs = export.parameters.map(\.specification).joined(separator: ", ")
            // A scope of its own: each checks its own types.
            lines.append(
                """
                do {
                \(checks(export.uses))specification.addFunction(\(export.chainName.quoted), \
                \(export.documentation.quoted), [\(inputs)], \
                output: \(export.result.map { "\($0.name).type" } ?? "nil"))
                """)
            lines += export.uses.map { "\($0.name).define(in: &specification)" } + ["}"]
        }
        // Errors and events carry a label, the first at least; before them are the parts.
        let firstLabel = arguments.firstIndex { $0.label != nil } ?? arguments.count
        lines += types[..<firstLabel].map { "\($0).describe(in: &specification)" }
        lines += types[firstLabel...].map { "\($0).define(in: &specification)" }
        let native =
            exports(of: contract, in: context).map(native)
            + types[..<firstLabel].map { "\($0).export(to: &contract)" }
        let access = access(of: contract.modifiers)
        return [
            try ExtensionDeclSyntax(
                """
                extension \(type.trimmed): ContractDefinition {
                    \(raw: access)init(_: Deployed) {}
                    #if !arch(wasm32)
                    \(raw: access)static func describe(in specification: inout Specification) {
                        \(raw: lines.joined(separator: "\n"))
                    }
                    \(raw: access)static func export(to contract: inout NativeContract) {
                        \(raw: native.joined(separator: "\n"))
                    }
                    #endif
                }
                """)
        ]
    }

    private static func peer(
        for export: Export, of contract: StructDeclSyntax, in context: some MacroExpansionContext
    ) -> DeclSyntax {
        let name = context.makeUniqueName(export.chainName)
        let parameters = export.parameters.indices.map { "_ word\($0): UInt64" }
        return """
            #if arch(wasm32)
            @_expose(wasm, \(raw: export.chainName.quoted)) @_cdecl(\(raw: export.chainName.quoted))
            func \(name)(\(raw: parameters.joined(separator: ", "))) -> UInt64 {
                \(raw: body(of: export))
            }
            #endif
            """
    }

    private static func body(of export: Export) -> String {
        let effect = export.isConstructor ? "_ = " : ""
        let call =
            export.result.map { "return \($0.word(export.call))" }
            ?? "\(effect)\(export.call)\nreturn Value.void.word"
        return checks(export.uses) + "Lifetime.extendContract()\n" + call
    }

    /// The same for this machine, which finds the words at an address.
    private static func native(_ export: Export) -> String {
        let words = export.parameters.indices.map { "let word\($0) = words[\($0)]" }
        return """
            contract.add(\(export.chainName.quoted), \(words.count)) { \(words.isEmpty ? "_" : "words") in
                \(words.joined(separator: "\n"))
                \(body(of: export))
            }
            """
    }

    private static func exports(
        of contract: StructDeclSyntax, in context: some MacroExpansionContext
    ) -> [Export] {
        contract.memberBlock.members.compactMap { member in
            if let function = member.decl.as(FunctionDeclSyntax.self) {
                guard function.isExported else { return nil }
                let name = function.name.text
                return export(
                    snakeCase(name), function.signature, documentation(of: function),
                    callee: "\(contract.name.text)(Deployed()).\(name)", in: context)
            }
            guard let constructor = member.decl.as(InitializerDeclSyntax.self) else { return nil }
            var export = export(
                "__constructor", constructor.signature, documentation(of: constructor),
                callee: contract.name.text, in: context)
            export.isConstructor = true
            return export
        }
    }

    private static func export(
        _ name: String, _ signature: FunctionSignatureSyntax, _ documentation: String,
        callee: String, in context: some MacroExpansionContext
    ) -> Export {
        let parameters = signature.parameterClause.parameters
        let fields = parameters.enumerated().map { number, parameter in
            Field(
                name: parameter.outerName, chainName: snakeCase(parameter.outerName),
                use: TypeUse(parameter.type, number: number, isArgument: true, in: context))
        }
        return Export(
            chainName: name, documentation: documentation, callee: callee,
            labels: parameters.map {
                $0.firstName.text == "_" ? "" : "\($0.firstName.text): "
            }, parameters: fields,
            result: signature.returnClause.map {
                TypeUse($0.type, number: fields.count, in: context)
            })
    }
}
