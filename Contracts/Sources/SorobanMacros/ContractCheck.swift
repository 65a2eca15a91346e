import SwiftSyntax
import SwiftSyntaxMacros

/// Says what would not work on the ledger, where it stands.
enum ContractCheck {
    static func run(_ contract: StructDeclSyntax, in context: some MacroExpansionContext) {
        if let generics = contract.genericParameterClause {
            context.report("a contract is not generic", at: generics)
        }
        var names: Set<String> = []
        for member in contract.memberBlock.members {
            if let function = member.decl.as(FunctionDeclSyntax.self), function.isExported {
                FunctionCheck.run(function, in: context)
                let name = snakeCase(function.name.text)
                if !names.insert(name).inserted {
                    context.report("there are two functions '\(name)'", at: function.name)
                }
            } else if let constructor = member.decl.as(InitializerDeclSyntax.self) {
                if !names.insert("__constructor").inserted {
                    context.report("a contract has one constructor", at: constructor.initKeyword)
                }
                if let mark = constructor.optionalMark {
                    context.report("a constructor ends with fail(…)", at: mark)
                }
                FunctionCheck.run(constructor.signature, in: context)
            }
        }
        for property in contract.storedProperties where property.variable.attributes.isEmpty {
            context.report(
                "a property of a contract is @Stored, computed or static",
                at: property.binding.pattern)
        }
    }
}

/// What cannot be a function of a contract.
enum FunctionCheck {
    /// What the host calls an argument list at most.
    private static let parametersMax = 32

    static func run(_ function: FunctionDeclSyntax, in context: some MacroExpansionContext) {
        let name = snakeCase(function.name.text)
        if !isSymbol(name) {
            context.report(
                "'\(name)' is no name of a contract's function: letters, digits and "
                    + "underscores, at most 32", at: function.name)
        }
        // The host calls these itself; `memory` is what every contract exports already.
        let isReserved = name.hasPrefix("__") && name != "__check_auth" || name == "memory"
        if isReserved { context.report("the name '\(name)' is reserved", at: function.name) }
        if let generics = function.genericParameterClause {
            context.report("a contract's function is not generic", at: generics)
        }
        if let mutating = function.modifiers.first(where: { $0.name.text == "mutating" }) {
            context.report("a contract's function is not mutating", at: mutating)
        }
        run(function.signature, in: context)
    }

    static func run(_ signature: FunctionSignatureSyntax, in context: some MacroExpansionContext) {
        if let effects = signature.effectSpecifiers {
            if let asynchronous = effects.asyncSpecifier {
                context.report("a contract's function is not async", at: asynchronous)
            }
            if let clause = effects.throwsClause {
                context.report("a contract's function ends with fail(…)", at: clause)
            }
        }
        let parameters = signature.parameterClause.parameters
        if let excess = parameters.dropFirst(parametersMax).first {
            context.report("at most \(parametersMax) parameters", at: excess)
        }
        var names: Set<String> = []
        for parameter in parameters {
            let name = snakeCase(parameter.outerName)
            if !isSymbol(name, maximum: 30) {
                context.report(
                    "'\(name)' is no name of at most 30 letters, digits, underscores",
                    at: parameter.firstName)
            }
            if !names.insert(name).inserted {
                context.report("there are two parameters '\(name)'", at: parameter.firstName)
            }
            if let ellipsis = parameter.ellipsis {
                context.report("a list is a Vec", at: ellipsis)
            }
            if let value = parameter.defaultValue {
                context.report("a caller passes every argument: no default", at: value)
            }
            TypeCheck.run(parameter.type, in: context)
        }
        if let result = signature.returnClause { TypeCheck.run(result.type, in: context) }
    }
}

extension FunctionDeclSyntax {
    /// Whether it can be called from outside.
    var isExported: Bool { !modifiers.contains("private", "fileprivate", "static") }
}

extension FunctionParameterSyntax {
    /// What callers know it by.
    var outerName: String {
        let label = firstName.text
        return (label == "_" ? secondName?.text : label) ?? label
    }
}
