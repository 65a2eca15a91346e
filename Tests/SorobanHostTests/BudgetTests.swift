import Testing

@testable import SorobanHost

@Suite struct BudgetTests {
    @Test(
        arguments: [
            (1, 0, 42), (1, 7, 42), (1, 8, 43), (2, 7, 85), (1, 1 << 62, (1 << 57) - 1 + 42),
        ] as [(UInt64, UInt64, UInt64)])
    func `a charge is rounded down once, after everything was multiplied`(
        times: UInt64, input: UInt64, cost: UInt64
    ) {
        let parameters = CostParameters(constant: 42, linear: 16)
        // What does not fit 64 bits stays at the largest number before it is scaled.
        #expect(parameters.cost(times: times, input: input) == cost)
    }

    @Test func `the limit itself is allowed, one more is not`() throws {
        var settings = CostSettings(
            processor: [CostParameters(constant: 4, linear: 0)], memory: [])
        settings.processorLimit = 8
        let budget = Budget(settings)
        try budget.charge(.wasmInsnExec)
        try budget.charge(.wasmInsnExec)
        #expect(throws: HostError.budgetExceeded) { try budget.charge(.wasmInsnExec) }
        #expect(budget.processor.used == 12)
    }

    @Test func `memory is reported at its peak`() throws {
        let budget = Budget(.protocol28)
        try budget.allocate(1_000)
        budget.refund(memory: 1_016)
        try budget.allocate(10)
        #expect(budget.memory.used == 26)
        #expect(budget.memory.peak == 1_016)
    }

    @Test func `what is charged in shadow is not shown`() throws {
        let budget = Budget(.protocol28)
        try budget.inShadow { () throws(HostError) in try budget.allocate(1_000) }
        #expect(budget.processor.used == 0)
        #expect(budget.charged.allSatisfy { $0.times == 0 })
    }

    @Test func `values may be nested a hundred deep`() throws {
        let budget = Budget(.protocol28)
        for _ in 0..<100 { try budget.enter() }
        #expect(throws: HostError(.context, .exceededLimit)) { try budget.enter() }
    }
}
