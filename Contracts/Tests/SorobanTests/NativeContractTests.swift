import Foundation
import Testing

@testable import Soroban

@ContractError
enum ProbeError: UInt32 {
    /// Was asked for.
    case wanted = 7
}

/// Ends in every way there is.
@Contract(ProbePart.self, errors: ProbeError.self)
struct ProbeContract {
    init(first: UInt32) {}

    func sum(a: UInt32, b: UInt32) -> UInt32 { a + b }
    func quotient(a: UInt32, b: UInt32) -> UInt32 { a / b }
    func failing() -> UInt32 {
        fail(.wanted)
    }
    func checked(a: UInt32) { precondition(a == 1) }
    func shown() -> Value { makeVec(5, 6) }
    func named() -> Symbol { Symbol(long: "a_name_of_many_letters") }
    func deep(a: UInt32) -> UInt32 { a == 0 ? UInt32(Value(word: 77)) : deep(a: a - 1) + 1 }
}

@Contract
struct ProbePart {
    func ofPart() -> UInt32 { 3 }
}

/// Answers what ``ProbeContract`` asks.
private final class ProbeHost {
    var asked: [String] = []
    var seen: [[UInt8]] = []
    var refused: Set<String> = ["x.5"]

    func answer(_ function: String, _ words: Span<UInt64>, _ memory: NativeMemory) -> UInt64? {
        asked.append(function)
        if function == "v.g" || function == "b.j" {
            let (position, count) = (Int(words[0] >> 32), Int(words[1] >> 32))
            let bytes = memory.bytes(at: position, count: function == "v.g" ? count * 8 : count)
            seen.append(bytes.map { Array($0) } ?? [])
            #expect(memory.bytes(at: position, count: count * 8 + 1) == nil)
            #expect(memory.bytes(at: position - 1, count: 1) == nil)
        }
        return refused.contains(function) ? nil : Value.void.word
    }
}

@Suite struct NativeContractTests {
    private let host = ProbeHost()
    private let contract = NativeContract(ProbeContract.self)

    private func run(_ function: String, _ words: UInt32...) -> NativeEnding? {
        contract.run(function, words.map(\.word)) { [host] in host.answer($0, $1, $2) }
    }

    @Test func `the functions are those of the contract and of its parts`() {
        #expect(
            contract.functions == [
                "__constructor": 1, "sum": 2, "quotient": 2, "failing": 0, "checked": 1,
                "shown": 0, "named": 0, "deep": 1, "of_part": 0,
            ])
        #expect(run("of_part") == .returned(UInt32(3).word))
        #expect(run("__constructor", 1) == .returned(Value.void.word))
        #expect(run("sum", 1) == nil)
        #expect(run("none") == nil)
    }

    @Test func `a function gets its arguments and gives its result`() {
        #expect(run("sum", 40, 2) == .returned(UInt32(42).word))
        #expect(run("checked", 1) == .returned(Value.void.word))
        // Every call keeps the contract alive, as it does on the ledger.
        #expect(host.asked == ["l.8", "l.8"])
    }

    @Test func `a contract that fails tells its number and does not go on`() {
        #expect(run("failing") == .stopped)
        #expect(host.asked.last == "x.5")
        host.refused = []
        // Should the host answer all the same, the contract stops itself.
        #expect(run("failing")?.isTrap == true)
    }

    @Test func `a check that fails says where`() throws {
        guard case .trapped(let place) = try #require(run("checked", 2)) else {
            Issue.record("it went on")
            return
        }
        #expect(place.hasPrefix("SorobanTests/NativeContractTests.swift:"))
    }

    @Test func `what the compiler checks ends the call, not the process`() {
        #expect(run("sum", .max, 1)?.isTrap == true)
        #expect(run("quotient", 1, 0)?.isTrap == true)
        #expect(run("deep", 100)?.isTrap == true)
    }

    @Test func `the host sees what it was shown, and nothing beside it`() {
        #expect(run("shown")?.isTrap == false)
        #expect(host.seen.last == [5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0])
        _ = run("named")
        #expect(host.seen.last == Array("a_name_of_many_letters".utf8))
    }

    @Test func `one contract calls another, and only the one that fails ends`() {
        let inner = contract
        var endings: [NativeEnding?] = []
        let outer = contract.run("sum", [UInt32(1).word, UInt32(2).word]) { function, _, _ in
            for arguments in [[UInt32.max, 1], [1, 1]] {
                endings.append(inner.run("sum", arguments.map(\.word)) { _, _, _ in 2 })
            }
            return Value.void.word
        }
        #expect(endings.first??.isTrap == true)
        #expect(endings.last == .returned(UInt32(2).word))
        #expect(outer == .returned(UInt32(3).word))
    }

    @Test func `calls that fail leave nothing behind`() throws {
        weak var gone: ProbeHost?
        func threads() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        }
        _ = run("failing")
        let before = try threads()
        do {
            let host = ProbeHost()
            gone = host
            for function in ["failing", "checked", "deep"] {
                for _ in 0..<200 {
                    let words = function == "failing" ? [] : [UInt32(2).word]
                    let ending = contract.run(function, words) { host.answer($0, $1, $2) }
                    #expect(ending != nil)
                }
            }
        }
        #expect(gone == nil)
        #expect(try threads() <= before + 4)
    }
}
