import Foundation
import Testing

/// A declaration that will not do is a compile error where it stands. In each source the lines that
/// are wrong say so themselves, after `// error:`, and the compiler must say the same of them, and
/// nothing of others.
@Suite struct DiagnosticTests {
    /// Compiles a source as far as its types, with the SDK that was built for this test.
    private func errors(of source: String) throws -> [(line: Int, message: String)] {
        let build = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).swift")
        try source.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "swiftc", "-typecheck", "-swift-version", "6", "-parse-as-library", "-I",
            "\(build)/Modules", "-load-plugin-executable",
            "\(build)/SorobanMacros-tool#SorobanMacros", "-diagnostic-style", "llvm", file.path,
        ]
        process.standardError = output
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n").compactMap { line in
            guard line.hasPrefix(file.path + ":"), let mark = line.range(of: ": error: ") else {
                return nil
            }
            let place = line[line.index(line.startIndex, offsetBy: file.path.utf8.count + 1)...]
            let number = place.prefix { $0.isNumber }
            return Int(number).map { ($0, String(line[mark.upperBound...])) }
        }
    }

    /// What the source says of itself.
    private func expected(in source: String) -> [(line: Int, message: String)] {
        source.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .flatMap { index, line in
                line.components(separatedBy: "// error: ").dropFirst()
                    .map { (index + 1, $0.trimmingCharacters(in: .whitespaces)) }
            }
    }

    private func check(_ body: String) throws {
        let source = "import Soroban\n\n" + body
        let (found, expected) = (try errors(of: source), expected(in: source))
        for (line, message) in expected {
            #expect(
                found.contains { $0.line == line && $0.message.hasPrefix(message) },
                "line \(line): \(message)\n\(found)")
        }
        let lines = Set(expected.map(\.line))
        for error in found where !lines.contains(error.line) {
            Issue.record("line \(error.line): \(error.message)")
        }
    }

    private static let long = String(repeating: "a", count: 33)

    @Test func `what is right compiles`() throws {
        try check(
            """
            @ContractType struct Good { var a: UInt32; var b: (UInt32, Vec<Symbol?>) }
            @ContractType enum Kind { case one; case two(Good, at: Timepoint) }
            @Contract struct C {
                @Stored var a: UInt32
                var twice: UInt32 { 2 }
                init(\(Self.long.dropLast(3)): Kind) {}
                func \(Self.long.dropLast())() -> Kind { .one }
                func __checkAuth(payload: BytesN<32>, signature: Value, contexts: Vec<Value>) {}
                private func helper(list: [Int]) -> String { "" }
            }
            """)
    }

    @Test func `a function that callers could not call is refused`() throws {
        try check(
            """
            @Contract struct C {
                init() {}
                init(a: UInt32) {} // error: a contract has one constructor
                func \(Self.long)() {} // error: '\(Self.long)' is no name of a contract's function
                func grüsse() {} // error: 'grüsse' is no name of a contract's function
                func getName() {}
                func get_name() {} // error: there are two functions 'get_name'
                func name(a: UInt32) {}
                func name(b: UInt32) {} // error: there are two functions 'name'
                func memory() {} // error: the name 'memory' is reserved
                func __hidden() {} // error: the name '__hidden' is reserved
                func any<T: ContractArgument>(a: T) {} // error: a contract's function is not
                mutating func change() {} // error: a contract's function is not mutating
                func later() async {} // error: a contract's function is not async
                func fails() throws {} // error: a contract's function ends with fail(…)
                func two(aB: UInt32, a_b: UInt32) {} // error: there are two parameters 'a_b'
                func long(\(Self.long): Bool) {} // error: '\(Self.long)' is no name of at most 30
                func given(a: UInt32 = 1) {} // error: a caller passes every argument: no default
            }
            """)
    }

    @Test func `a function has at most as many parameters as the host calls`() throws {
        let parameters = (0..<32).map { "a\($0): UInt32, " }.joined()
        try check(
            """
            @Contract struct C {
                init() {}
                func many(\(parameters)
                    one: UInt32, // error: at most 32 parameters
                    more: UInt32) {}
            }
            """)
    }

    @Test func `a type that is none of a contract is refused where it is named`() throws {
        try check(
            """
            struct Other { var a: UInt32 }
            @ContractType(.kept) struct Own { var a: UInt32 }
            @Contract struct C {
                init() {}
                func a(a: Int) {} // error: 'Int' is no type of a contract: use Int64 or Int32
                func b(a: String) {} // error: 'String' is no type of a contract: use HostString
                func c() -> Double { 1 } // error: 'Double' is no type of a contract: use Int128
                func d(a: [UInt32]) {} // error: '[UInt32]' is no type of a contract: use Vec
                func e(a: [Bool: Bool]) {} // error: '[Bool : Bool]' is no type
                func f(a: Vec<UInt8>?) {} // error: 'UInt8' is no type of a contract: use UInt32
                func g(a: (Bool, Data)) {} // error: 'Data' is no type of a contract: use Bytes
                func h(a: Vec<(Bool, Bool)>) {} // error: '(Bool, Bool)' is no type of a
                func i(a: () -> Bool) {} // error: '() -> Bool' is no type of a contract
                func j(a: some ContractArgument) {} // error: 'some ContractArgument' is no type
                func k(a: Other) {} // error: type 'Other' does not conform
                func l(a: Own) {} // error: type 'Own' does not conform
                func m() -> Other { Other(a: 1) } // error: type 'Other' does not conform
                func n() -> Own { Own(a: 1) }
            }
            """.replacing("'[Bool : Bool]'", with: "'[Bool: Bool]'"))
    }

    @Test func `a struct that is no value is refused`() throws {
        try check(
            """
            struct Other { var a: UInt32 }
            @ContractType struct Empty {} // error: a contract type has fields
            @ContractType struct Generic<T> { var a: UInt32 } // error: a type of a contract is not
            @ContractType struct Named {
                var \(Self.long): Bool // error: '\(Self.long)' is no name of at most 30
                var aB: Bool
                var a_b: Bool // error: there are two fields 'a_b'
                let c: Bool // error: a field is a var
                var d: Float // error: 'Float' is no type of a contract
            }
            @ContractType struct Nested {
                var a: Other // error: type 'Other' does not conform
            }
            @ContractEvent struct Told {
                let a: Bool
                @Topic let b: Other // error: type 'Other' does not conform
            }
            @ContractEvent(data: .singleValue) struct Two {
                let a: Bool
                let b: Bool // error: a single value is one field
            }
            @ContractEvent struct \(Self.long) {} // error: '\(Self.long)' has more
            @ContractType struct \(Self.long)\(Self.long) { var a: Bool } // error: '\(Self.long)
            """)
    }

    @Test func `an enum that is no value is refused`() throws {
        try check(
            """
            struct Other { var a: UInt32 }
            @ContractType enum None {} // error: a union has cases
            @ContractType enum Text: String { case a } // error: a contract's enum of numbers
            @ContractType enum Hex: UInt32 { case a = 0x10 } // error: the number of a case
            @ContractType indirect enum Tree { case a(Tree) } // error: a union does not hold itself
            @ContractType(.foreign) enum Far { case a } // error: an enum is neither
            @ContractType enum Kinds {
                case \(Self.long) // error: 'A\(Self.long.dropFirst())' is no name of at most 32
                case same
                case Same // error: there are two cases 'Same'
                case number(Int) // error: 'Int' is no type of a contract
                case other(Other) // error: type 'Other' does not conform
            }
            @ContractError enum Fault { case a } // error: a contract's enum of numbers
            """)
    }

    @Test func `storage and symbols that have no word are refused`() throws {
        try check(
            """
            @Contract struct C {
                @Stored var aNameThatIsTooLong: Bool // error: 'a_name_that_is_too_long' is no name
                var plain: Bool // error: a property of a contract is @Stored, computed or static
                init() {}
                func f() -> Symbol { #symbol("ten_letters") } // error: #symbol is for a literal
            }
            @ContractClient protocol P {
                func f(a: Int) // error: 'Int' is no type of a contract
                func f(b: UInt32) // error: there are two functions 'f'
            }
            """)
    }
}
