import Testing

@testable import traqora

@Suite struct CommandLineTests {
    let program = Traqora.program

    @Test func `the longest name wins`() throws {
        let (command, rest) = try program.find(["sandbox", "replay", "a.json"])
        #expect(command.name == "sandbox replay")
        #expect(rest == ["a.json"])
        #expect(try program.find(["sandbox", "--port", "1"]).command.name == "sandbox")
    }

    @Test(arguments: [
        (["demoo"], "there is no command “demoo”; did you mean demo?"),
        (["audit"], "“audit” needs a second word: audit verify"),
        (["xyzzy"], "there is no command “xyzzy”, see traqora --help"),
    ])
    func `an unknown command is named, and the nearest one`(
        words: [String], message: String
    ) throws {
        #expect(throws: UsageError(message)) { try program.find(words) }
    }

    @Test(arguments: [
        (["--cancle"], "traqora demo has no option --cancle; did you mean --cancel?"),
        (["--api"], "--api needs a value behind it"),
        (["--api", "--cancel"], "--api needs a value behind it"),
        (["--cancel", "--cancel"], "--cancel is there twice"),
        (["--api=a", "--api", "b"], "--api is there twice"),
        (["LIS"], "“LIS” is one word too many for traqora demo"),
    ])
    func `what does not fit is named`(words: [String], message: String) throws {
        #expect(throws: UsageError(message)) { try demoCommand.check(words) }
    }

    @Test func `a value that cannot be is named with what could`() throws {
        #expect(
            throws: UsageError("“70000” is no value for --port: use a number from 0 to 65535")
        ) { try sandboxCommand.check(["--port", "70000"]) }
    }

    @Test func `a missing file name is asked for`() throws {
        #expect(throws: UsageError.self) { try replayCommand.check([]) }
    }

    @Test func `help shows every option with its sentence`() {
        for command in program.commands {
            for parameter in command.help { #expect(command.usage.contains(parameter.form)) }
        }
    }
}
