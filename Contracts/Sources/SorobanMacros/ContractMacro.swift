import SwiftSyntax
import SwiftSyntaxBuilder
import SwiftSyntaxMacros

/// A function that can be called from outside, or the constructor.
private struct Export {
    var chainName: String
    var documentation: String
    var call: String
    var parameters: [Field]
    var result: String?
    var isConstructor = false
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
        check(contract, in: context)
        return exports(of: contract).map { peer(for: $0, of: contract, in: context) }
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
        for export in exports(of: contract) {
            let inputs = export.parameters.map(\.specification).joined(separator: ", ")
            lines.append(
                """
                specification.addFunction(\(export.chainName.quoted), \
                \(export.documentation.quoted), [\(inputs)], output: \(export.result.map { "\($0).type" } ?? "nil"))
                """)
            let values = export.parameters.map(\.type) + [export.result].compactMap(\.self)
            lines += values.map { "\($0).define(in: &specification)" }
        }
        // Errors and events carry a label, the first at least; before them are the parts.
        let firstLabel = arguments.firstIndex { $0.label != nil } ?? arguments.count
        lines += types[..<firstLabel].map { "\($0).describe(in: &specification)" }
        lines += types[firstLabel...].map { "\($0).define(in: &specification)" }
        let native =
            exports(of: contract).map(native)
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
            export.result == nil
            ? "\(effect)\(export.call)\nreturn Value.void.word"
            : "return \(effect)\(export.call).value.word"
        return "Lifetime.extendContract()\n" + call
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

    private static func exports(of contract: StructDeclSyntax) -> [Export] {
        contract.memberBlock.members.compactMap { member in
            if let function = member.decl.as(FunctionDeclSyntax.self) {
                guard !function.modifiers.contains("private", "fileprivate", "static") else {
                    return nil
                }
                let name = function.name.text
                return export(
                    snakeCase(name), function.signature, documentation(of: function),
                    callee: "\(contract.name.text)(Deployed()).\(name)")
            }
            guard let constructor = member.decl.as(InitializerDeclSyntax.self) else { return nil }
            var export = export(
                "__constructor", constructor.signature, documentation(of: constructor),
                callee: contract.name.text)
            export.isConstructor = true
            return export
        }
    }

    private static func export(
        _ name: String, _ signature: FunctionSignatureSyntax, _ documentation: String,
        callee: String
    ) -> Export {
        var parameters: [Field] = []
        var arguments: [String] = []
        for (index, parameter) in signature.parameterClause.parameters.enumerated() {
            let label = parameter.firstName.text
            let name = (label == "_" ? parameter.secondName?.text : label) ?? label
            let type = writable(parameter.type)
            parameters.append(
                Field(
                    name: name, chainName: snakeCase(name), type: type, documentation: "",
                    isTopic: false))
            let value = "argument(\(type).self, word\(index))"
            arguments.append(label == "_" ? value : "\(label): \(value)")
        }
        return Export(
            chainName: name, documentation: documentation,
            call: "\(callee)(\(arguments.joined(separator: ", ")))", parameters: parameters,
            result: signature.returnClause.map { writable($0.type) })
    }

    /// What would not work on the ledger is said here, where it stands.
    private static func check(_ contract: StructDeclSyntax, in context: some MacroExpansionContext)
    {
        var names: Set<String> = []
        for member in contract.memberBlock.members {
            let signature: FunctionSignatureSyntax
            if let function = member.decl.as(FunctionDeclSyntax.self) {
                if function.modifiers.contains("private", "fileprivate", "static") { continue }
                let name = snakeCase(function.name.text)
                if !isSymbol(name) || name.hasPrefix("__") {
                    context.report(
                        "'\(name)' is no name of a contract's function: letters, digits and "
                            + "underscores, at most 32", at: function.name)
                }
                if !names.insert(name).inserted {
                    context.report("there are two functions '\(name)'", at: function.name)
                }
                if let generics = function.genericParameterClause {
                    context.report("a contract's function is not generic", at: generics)
                }
                signature = function.signature
            } else if let constructor = member.decl.as(InitializerDeclSyntax.self) {
                if !names.insert("__constructor").inserted {
                    context.report("a contract has one constructor", at: constructor)
                }
                signature = constructor.signature
            } else {
                continue
            }
            check(signature, in: context)
        }
    }

    private static func check(
        _ signature: FunctionSignatureSyntax, in context: some MacroExpansionContext
    ) {
        if let effects = signature.effectSpecifiers {
            if let asynchronous = effects.asyncSpecifier {
                context.report("a contract's function is not async", at: asynchronous)
            }
            if let clause = effects.throwsClause {
                context.report("a contract's function ends with fail(…)", at: clause)
            }
        }
        let parameters = signature.parameterClause.parameters
        if parameters.count > 32 {
            context.report("at most 32 parameters", at: signature.parameterClause)
        }
        for parameter in parameters {
            let label = parameter.firstName.text
            let name = snakeCase((label == "_" ? parameter.secondName?.text : label) ?? label)
            if !isSymbol(name, maximum: 30) {
                context.report("'\(name)' is no name of at most 30 characters", at: parameter)
            }
            let type = parameter.type.trimmedDescription
            let unsupported = ["Int", "UInt", "String", "Double", "Float", "Int8", "UInt8"]
            if unsupported.contains(type) || parameter.type.is(ArrayTypeSyntax.self) {
                context.report("\(type) is no type of a contract", at: parameter.type)
            }
        }
    }
}
