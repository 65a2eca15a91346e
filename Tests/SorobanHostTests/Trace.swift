import class Foundation.JSONSerialization

@testable import SorobanHost

/// A recorded test of the reference host: what it was asked and answered, and what it had used by
/// then. Kept are the calls of the test itself and those of the contracts that it ran; calls that
/// the host made of itself to answer are left out.
struct Trace {
    struct Call {
        var name: String
        var arguments: [String]
        var answer: String
        /// What answering used, in instructions and bytes; `nil` if the meter was reset meanwhile,
        /// and for a contract's calls, whose memory the trace does not show.
        var used: (instructions: Int, bytes: Int)?
    }

    /// What surrounds an event.
    private enum Scope {
        /// A call by the test, or by a contract.
        case call(Call, instructions: Int, bytes: Int, byTest: Bool)
        /// Something the host asked itself.
        case inner
        /// A contract that runs; `isCode` if it is not built into the host.
        case frame(isCode: Bool)
    }

    private(set) var calls: [Call] = []

    /// - Parameter lines: events by their numbers, and what changed at each.
    init(lines: [(event: String, state: String)]) {
        var (instructions, bytes) = (0, 0)
        var scopes: [Scope] = []
        for (event, state) in lines {
            instructions = Self.figure("cpu", in: state) ?? instructions
            bytes = Self.figure("mem", in: state) ?? bytes
            let parts = event.drop { $0 == " " || $0.isNumber }.drop { $0 == " " }
            if parts.hasPrefix("call ") {
                var scope = Scope.inner
                if let call = Self.call(parts.dropFirst(5)) {
                    switch scopes.last {
                    case nil:
                        scope = .call(call, instructions: instructions, bytes: bytes, byTest: true)
                    case .frame(isCode: true)?:
                        scope = .call(call, instructions: instructions, bytes: bytes, byTest: false)
                    default: break
                    }
                }
                scopes.append(scope)
            } else if parts.hasPrefix("ret ") {
                guard
                    case .call(var call, let instructionsBefore, let bytesBefore, let byTest)? =
                        scopes.popLast()
                else { continue }
                call.answer = String(parts.drop { $0 != ">" }.dropFirst(2))
                if byTest {
                    call.used = (instructions - instructionsBefore, bytes - bytesBefore)
                }
                calls.append(call)
            } else if parts.hasPrefix("push ") {
                scopes.append(.frame(isCode: parts.hasPrefix("push VM:")))
            } else if parts.hasPrefix("pop ") {
                _ = scopes.popLast()
            }
        }
    }

    private static func figure(_ name: String, in state: String) -> Int? {
        for field in state.split(separator: ", ") where field.hasPrefix("\(name):") {
            return Int(field.dropFirst(name.count + 1))
        }
        return nil
    }

    private static func call(_ text: Substring) -> Call? {
        guard let start = text.firstIndex(of: "("), text.last == ")" else { return nil }
        let inside = text[text.index(after: start)...].dropLast()
        var arguments: [String] = []
        var depth = 0
        var current = ""
        for character in inside {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                arguments.append(current)
                current = ""
            } else if character != " " || !current.isEmpty {
                current.append(character)
            }
        }
        if !current.isEmpty { arguments.append(current) }
        return Call(name: String(text[..<start]), arguments: arguments, answer: "", used: nil)
    }
}
