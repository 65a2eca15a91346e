import Cryptography

@testable import SorobanHost

/// A host that is asked what a trace asked, as far as the trace says what the values were.
///
/// Of many values it says only how long they are. Objects that stand in for those are asked about
/// only where the length alone decides.
struct TraceReplay {
    private let host: SorobanHost.Host
    /// Objects by the handles that they had in the trace.
    private var objects: [Substring: Val] = [:]
    /// Handles of objects that stand in for others.
    private var standIns: Set<Substring> = []
    private var memory = StandInMemory()

    /// What an answer was, and what it cost.
    typealias Outcome = (answer: String, instructions: Int, bytes: Int)

    /// Functions for which the lengths of their arguments suffice.
    private static let decidedByLength: Set<String> = [
        "bytes_len", "bytes_slice", "bytes_append", "bytes_push", "bytes_pop", "bytes_insert",
        "bytes_del", "bytes_put", "bytes_copy_to_linear_memory", "string_copy_to_linear_memory",
        "symbol_copy_to_linear_memory", "string_len", "symbol_len",
        "vec_len", "vec_push_back", "vec_push_front", "vec_append", "vec_slice", "vec_insert",
        "vec_put",
        "vec_unpack_to_linear_memory", "map_unpack_to_linear_memory",
        "sparse_map_unpack_to_linear_memory", "compute_hash_sha256", "compute_hash_keccak256",
        "verify_sig_ed25519",
    ]

    /// Functions that add an element to a vector whatever it is.
    private static let addingElements: Set<String> = [
        "vec_push_back", "vec_push_front", "vec_insert", "vec_put",
    ]

    /// Modules of functions that ask for entries, other contracts or facts of the ledger.
    private static let needingLedger: Set<String> = ["l", "d", "p"]
    /// Other functions that do.
    private static let needingMore: Set<String> = [
        "require_auth", "require_auth_for_args", "authorize_as_curr_contract",
        "get_address_executable", "get_ledger_sequence", "get_current_contract_address",
        "contract_event",
    ]

    /// Functions that read from memory what the trace does not say.
    private static let readingMemory: Set<String> = [
        "bytes_new_from_linear_memory", "string_new_from_linear_memory",
        "vec_new_from_linear_memory", "map_new_from_linear_memory",
        "sparse_map_new_from_linear_memory",
    ]

    init() throws {
        let ledger = LedgerInfo(
            protocolVersion: 28, sequence: 0, timestamp: 0,
            networkID: Array(repeating: 0, count: 32), baseReserve: 0, minTemporaryTTL: 16,
            minPersistentTTL: 4_096, maxEntryTTL: 6_312_000)
        // Some traces were made with higher limits; none of the calls replayed is to exceed them.
        var costs = CostSettings.protocol28
        costs.processorLimit = .max / 2
        costs.memoryLimit = .max / 2
        host = try TestHost.make(ledger, costs: costs)
    }

    /// `nil` if the trace does not say what an argument was.
    mutating func run(_ call: Trace.Call) throws -> Outcome? {
        guard !call.answer.hasPrefix("Err(Error(Budget") else { return nil }
        // A slice is the host's own: nobody looks at its arguments once more.
        let unseen = call.isIntoSlice ? 60 : 0
        let call = call.intoLinearMemory
        if call.name.hasSuffix("_new_from_slice") { return try makeStandIn(call) }
        let handles = call.arguments.compactMap { $0.firstMatch(of: /obj#(\d+)/)?.1 }
        let isStandIn = Self.readingMemory.contains(call.name)
        var isGuess = isStandIn || !standIns.isDisjoint(with: handles)
        guard
            let number = HostImport.all.firstIndex(where: {
                $0.name == call.name && !Self.needingLedger.contains($0.module)
            }), !Self.needingMore.contains(call.name),
            !isGuess || isStandIn || Self.decidedByLength.contains(call.name)
        else { return nil }
        if call.name.contains("map"), call.name.contains("linear_memory") {
            guard call.answer.hasPrefix("Ok("), layOutKeys(of: call) else { return nil }
        }
        var words: [UInt64] = []
        for argument in call.arguments {
            if Self.addingElements.contains(call.name), !words.isEmpty,
                let handle = argument.firstMatch(of: /obj#(\d+)/)?.1, objects[handle] == nil
            {
                // What is added does not matter, only that it is an object.
                words.append(try host.relative(host.objects.append(.bytes([]))).word)
                isGuess = true
                continue
            }
            guard let word = word(argument) else { return nil }
            words.append(word)
        }
        if call.name == "verify_sig_ed25519" { try sign(&words, isGood: call.answer == "Ok(Void)") }
        let before = (host.budget.processor.used, host.budget.memory.peak)
        // The dispatch, which a call from Rust has not.
        var (instructions, bytes) = (295 + unseen, 0)
        let answer: String
        do throws(HostError) {
            let word = try host.dispatch(number, words.span, memory: &memory)
            answer = "Ok(\(describe(word, as: call.answer)))"
            if answer.contains("obj#") { (instructions, bytes) = (295 + 435, 24) }
        } catch {
            answer = "Err(\(error))"
        }
        if isGuess, let handle = answer.firstMatch(of: /obj#(\d+)/) { standIns.insert(handle.1) }
        return (
            answer, Int(host.budget.processor.used - before.0) - instructions,
            Int(host.budget.memory.peak - before.1) - bytes
        )
    }

    /// An object of the length that the trace says.
    private mutating func makeStandIn(_ call: Trace.Call) throws -> Outcome? {
        guard let count = call.arguments.first.flatMap({ Int($0) }),
            let match = call.answer.firstMatch(of: /^Ok\((\w+)\(obj#(\d+)\)\)$/)
        else { return nil }
        let before = (host.budget.processor.used, host.budget.memory.peak)
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: count)
        switch match.1 {
        case "Symbol": objects[match.2] = try host.makeSymbol(letters)
        case "Bytes", "String":
            try host.budget.copyBytes(count)
            objects[match.2] = try host.make(
                match.1 == "Bytes" ? .bytes(letters) : .string(letters))
        case "Vec": return try makeStandInVec(call, of: count, as: match.2)
        default: return nil
        }
        standIns.insert(match.2)
        return (
            call.answer, Int(host.budget.processor.used - before.0),
            Int(host.budget.memory.peak - before.1)
        )
    }

    /// A vector of which the trace says the length alone. Each element that is an object is looked
    /// at once more when the vector is made, so how many are follows from what that took.
    private mutating func makeStandInVec(
        _ call: Trace.Call, of count: Int, as handle: Substring
    ) throws -> Outcome? {
        guard let used = call.used else { return nil }
        let object = host.objects.append(.bytes([]))
        var outcome: Outcome?
        for objectCount in 0...count {
            let before = (host.budget.processor.used, host.budget.memory.peak)
            objects[handle] = try host.makeVec(
                Array(repeating: object, count: objectCount)
                    + Array(repeating: .void, count: count - objectCount))
            let instructions = Int(host.budget.processor.used - before.0)
            outcome = (
                call.answer, instructions, Int(host.budget.memory.peak - before.1)
            )
            if instructions == used.instructions { break }
        }
        standIns.insert(handle)
        return outcome
    }

    /// Puts a key that is one, and a signature that is good or not, in place of those that stand
    /// in for them.
    private func sign(_ words: inout [UInt64], isGood: Bool) throws {
        let values = try words.map { try host.absolute($0) }
        guard case .bytes(let key)? = host.objects.object(of: values[0]),
            case .bytes(let message)? = host.objects.object(of: values[1]),
            case .bytes(let signature)? = host.objects.object(of: values[2])
        else { return }
        let signer = try Ed25519.PrivateKey(seed: [UInt8](repeating: 1, count: 32))
        func replace(_ position: Int, by bytes: [UInt8]) throws {
            let val = host.objects.append(.bytes(bytes))
            words[position] = try host.relative(val).word
        }
        if key.count == 32 { try replace(0, by: signer.publicKey.bytes) }
        if signature.count == 64, isGood { try replace(2, by: signer.sign(message)) }
    }

    /// Writes keys `a`, `b`, … where the call expects the texts of a map's keys.
    private mutating func layOutKeys(of call: Trace.Call) -> Bool {
        let numbers = Self.numbers(of: call)
        guard numbers.count == 3, numbers[2] <= 26 else { return false }
        if call.name.contains("_new_") { memory.clear(8 * numbers[2], at: numbers[1]) }
        memory.layOutKeys(numbers[2], at: numbers[0])
        return true
    }

    private static func numbers(of call: Trace.Call) -> [Int] {
        call.arguments.compactMap { $0.firstMatch(of: /^U32\((\d+)\)$/)?.1 }
            .compactMap { Int($0) }
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
            let name = kind.replacing("Object", with: "")
            return "\(name.prefix(1).uppercased() + name.dropFirst())(obj#\(handle.2))"
        }
        let inside = String(expected.dropFirst(3).dropLast())
        if let number = Int64(inside), Int64(bitPattern: word) == number { return inside }
        if let number = UInt64(inside), word == number { return inside }
        if inside == "()", word == Val.void.word { return inside }
        return small(inside)?.word == word ? inside : "\(Val(word: word))"
    }
}

extension Trace.Call {
    fileprivate var isIntoSlice: Bool {
        name.hasSuffix("_copy_to_slice") && arguments.count == 3
    }

    /// What the host's own code copies to a slice, a contract copies to its memory: the same for as
    /// much, but for the way there.
    fileprivate var intoLinearMemory: Trace.Call {
        guard isIntoSlice else { return self }
        var call = self
        call.name = name.replacing("_slice", with: "_linear_memory")
        call.arguments = [arguments[0], arguments[1], "U32(0)", "U32(\(arguments[2]))"]
        return call
    }
}

/// The memory of a contract of which nothing is known: zeros, and what host functions wrote.
private struct StandInMemory: LinearMemory {
    private var contents = [UInt8](repeating: 0, count: 2 << 20)
    /// Beyond what the contracts of the traces use.
    private let texts = 3 << 19

    var byteCount: Int { contents.count }

    func bytes(_ range: Range<Int>) -> [UInt8] { Array(contents[range]) }

    mutating func write(_ bytes: [UInt8], at position: Int) {
        contents.replaceSubrange(position..<position + bytes.count, with: bytes)
    }

    mutating func clear(_ count: Int, at position: Int) {
        write([UInt8](repeating: 0, count: count), at: position)
    }

    mutating func layOutKeys(_ count: Int, at position: Int) {
        for index in 0..<count {
            let text = texts + index
            write([UInt8(ascii: "a") + UInt8(index)], at: text)
            let record = [text, text >> 8, text >> 16, text >> 24, 1, 0, 0, 0]
            write(record.map { UInt8(truncatingIfNeeded: $0) }, at: position + 8 * index)
        }
    }
}
