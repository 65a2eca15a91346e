import Foundation
import StellarXDR
import Support
import Testing

@testable import SorobanHost

/// The reference host's own tests, where they ask nothing but host functions: the same answers, the
/// same errors, the same use of both budgets.
@Suite struct TraceTests {
    static let files: [String] = {
        guard let folder = Vectors.folder?.appendingPathComponent("host") else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { name in
            ["num", "vec", "map", "bytes", "str", "address", "tuple", "symbol"].contains {
                name.hasPrefix("\($0)__")
            }
        }.sorted()
    }()

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `each recorded call is answered as it was, for as much`() throws {
        var replayed = 0
        for file in Self.files {
            let data = try Vectors.data("host/\(file)")
            let object = try JSONSerialization.jsonObject(with: data) as? [String: String] ?? [:]
            let lines = object.sorted { $0.key < $1.key }.map { (event: $0.key, state: $0.value) }
            var replay = try TraceReplay()
            for call in Trace(lines: lines).calls {
                guard let outcome = try replay.run(call) else { continue }
                #expect(outcome.answer == call.answer, "\(file): \(call.name)\(call.arguments)")
                guard let used = call.used, used.instructions > 0 else { continue }
                #expect(outcome.instructions == used.instructions, "\(file): \(call.name)")
                #expect(outcome.bytes == used.bytes, "\(file): \(call.name)")
                replayed += 1
            }
        }
        #expect(replayed > 300)
    }
}

/// A host that is asked what a trace asked, as far as the trace says what the values were.
struct TraceReplay {
    private let host: SorobanHost.Host
    /// Objects by the handles that they had in the trace.
    private var objects: [Substring: Val] = [:]

    init() throws {
        let ledger = LedgerInfo(
            protocolVersion: 28, sequence: 0, timestamp: 0,
            networkID: Array(repeating: 0, count: 32), baseReserve: 0, minTemporaryTTL: 16,
            minPersistentTTL: 4_096, maxEntryTTL: 6_312_000)
        host = try TestHost.make(ledger)
    }

    /// `nil` if the trace does not say what an argument was.
    mutating func run(
        _ call: Trace.Call
    ) throws -> (answer: String, instructions: Int, bytes: Int)? {
        let number = HostImport.all.firstIndex { $0.name == call.name }
        guard let number, !call.name.contains("linear_memory") else { return nil }
        var words: [UInt64] = []
        for argument in call.arguments {
            guard let word = word(argument) else { return nil }
            words.append(word)
        }
        let before = (host.budget.processor.used, host.budget.memory.peak)
        var (instructions, bytes) = (295, 0)  // The dispatch, which a call from Rust has not.
        let answer: String
        do throws(HostError) {
            var memory = NoMemory()
            let word = try host.dispatch(number, words.span, memory: &memory)
            answer = "Ok(\(describe(word, as: call.answer)))"
            if answer.contains("obj#") { (instructions, bytes) = (295 + 435, 24) }
        } catch {
            answer = "Err(\(error))"
        }
        return (
            answer, Int(host.budget.processor.used - before.0) - instructions,
            Int(host.budget.memory.peak - before.1) - bytes
        )
    }

    /// The word of an argument: a number as it is, a value as its tag and its content.
    private mutating func word(_ text: String) -> UInt64? {
        if let number = UInt64(text) { return number }
        if let number = Int64(text) { return UInt64(bitPattern: number) }
        if let handle = text.firstMatch(of: /obj#(\d+)/) {
            guard let val = objects[handle.1] else { return nil }
            return host.objects.relative(val)?.word
        }
        return small(text)?.word
    }

    private func small(_ text: String) -> Val? {
        switch text {
        case "Void": return .void
        case "True": return .bool(true)
        case "False": return .bool(false)
        default: break
        }
        guard let match = text.firstMatch(of: /^(\w+)\((.*)\)$/) else { return nil }
        let content = String(match.2)
        switch match.1 {
        case "U32": return UInt32(content).map(Val.u32)
        case "I32": return Int32(content).map(Val.i32)
        case "U64": return UInt64(content).flatMap { .small(.u64Small, $0) }
        case "I64": return Int64(content).flatMap { .small(.i64Small, $0) }
        case "U128": return UInt64(content).flatMap { .small(.u128Small, $0) }
        case "I128": return Int64(content).flatMap { .small(.i128Small, $0) }
        case "U256": return UInt64(content).flatMap { .small(.u256Small, $0) }
        case "I256": return Int64(content).flatMap { .small(.i256Small, $0) }
        case "Symbol": return SymbolText.small(Array(content.utf8))
        default: return nil
        }
    }

    /// The answer as the trace would have it; a new object is remembered under its handle there.
    private mutating func describe(_ word: UInt64, as expected: String) -> String {
        if let handle = expected.firstMatch(of: /^Ok\((\w+)\(obj#(\d+)\)\)$/) {
            guard let val = host.objects.absolute(Val(word: word)),
                let kind = val.tag.map({ "\($0)" })
            else { return "no object" }
            objects[handle.2] = val
            let name = kind.replacingOccurrences(of: "Object", with: "")
            return "\(name.prefix(1).uppercased() + name.dropFirst())(obj#\(handle.2))"
        }
        let inside = String(expected.dropFirst(3).dropLast())
        if let number = Int64(inside), Int64(bitPattern: word) == number { return inside }
        if let number = UInt64(inside), word == number { return inside }
        if inside == "()", word == Val.void.word { return inside }
        return small(inside)?.word == word ? inside : "\(Val(word: word))"
    }
}
