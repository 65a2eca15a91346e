import Testing
import TraqoraContracts

/// Every error that a function says to fail with is shown by a test.
@Suite struct ErrorTests {
    @Test func `each error that a function may end with is shown by a test`() {
        let documented = ErrorEvidence.documented
        #expect(ErrorEvidence.contracts.count == ContractCode.allCases.count)
        #expect(documented.unknown.isEmpty, "\(documented.unknown)")
        guard !ErrorEvidence.isRecorded else { return }
        for error in documented.errors.sorted() {
            let name = "\(error.contract).\(error.function) \(ErrorEvidence.name(error))"
            #expect(ErrorEvidence.known[error] != nil, "\(name) is shown by no test")
        }
    }

    @Test func `each error of a contract is one of a function's`() {
        let documented = ErrorEvidence.documented
        for (contract, names) in documented.numbers {
            let used = Set(documented.errors.filter { $0.contract == contract }.map(\.number))
            for (number, name) in names where !used.contains(number) {
                Issue.record("\(contract): no function says to fail with \(name)")
            }
        }
    }

    @Test func `what the file of evidence says is of errors that there are`() {
        let known = ErrorEvidence.known.tests
        var count = 0
        for (contract, functions) in known {
            for (function, errors) in functions {
                for name in errors.keys {
                    count += 1
                    let isThere = ErrorEvidence.documented.names.contains {
                        $0.key.contract == contract && $0.key.function == function
                            && $0.value == name
                    }
                    #expect(isThere, "\(contract).\(function) \(name)")
                }
            }
        }
        #expect(count > 200 || ErrorEvidence.isRecorded)
    }

    @Test func `what a function fails with is read from its documentation`() {
        let text =
            "Pays.\n\n- Signed by: `from`.\n- Fails: `paused`, `exists`;\n what `hold` throws."
        #expect(DocumentedErrors.failures(in: text) == ["paused", "exists"])
        #expect(DocumentedErrors.failures(in: "Nothing `here`.").isEmpty)
        let source = """
                /// Pays.
                ///
                /// - Fails: `paused`,
                ///   `exists`.
                @inline(never)
                func payAll(of id: UInt32) -> UInt32 {}
                /// Not called.
                private func hidden() {}
            """
        let functions = DocumentedErrors.documentation(in: source)
        #expect(functions.map(\.function) == ["pay_all"])
        #expect(functions.map { DocumentedErrors.failures(in: $0.text) } == [["paused", "exists"]])
    }
}
