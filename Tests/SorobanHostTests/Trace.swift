import class Foundation.JSONSerialization

@testable import SorobanHost

/// A recorded test of the reference host: what it was asked and answered, and what it had used by
/// then. Calls that the host made of itself to answer are left out.
struct Trace {
    struct Call {
        var name: String
        var arguments: [String]
        var answer: String
        /// What answering used, in instructions and bytes; `nil` if the meter was reset meanwhile.
        var used: (instructions: Int, bytes: Int)?
    }

    private(set) var calls: [Call] = []

    /// - Parameter lines: events by their numbers, and what changed at each.
    init(lines: [(event: String, state: String)]) {
        var (instructions, bytes, depth) = (0, 0, 0)
        var open: (call: Call, instructions: Int, bytes: Int)?
        for (event, state) in lines {
            instructions = Self.figure("cpu", in: state) ?? instructions
            bytes = Self.figure("mem", in: state) ?? bytes
            let parts = event.drop { $0 == " " || $0.isNumber }.drop { $0 == " " }
            if parts.hasPrefix("call ") {
                depth += 1
                guard depth == 1, let call = Self.call(parts.dropFirst(5)) else { continue }
                open = (call, instructions, bytes)
            } else if parts.hasPrefix("ret ") {
                depth -= 1
                guard depth == 0, let before = open else { continue }
                var call = before.call
                call.answer = String(parts.drop { $0 != ">" }.dropFirst(2))
                call.used = (instructions - before.instructions, bytes - before.bytes)
                calls.append(call)
                open = nil
            } else if parts.hasPrefix("push ") {
                depth += 1
            } else if parts.hasPrefix("pop ") {
                depth -= 1
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
