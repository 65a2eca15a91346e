import ContractTesting
import Testing

@Suite struct CounterTests {
    @Test func `each counts for themselves, as far as the limit`() async throws {
        try await TestNetwork.run { network in
            let (alice, bob) = (try await network.person(), try await network.person())
            let contract = CounterContract(
                try await network.deploy(
                    "Counter", CounterContract.constructorArguments(limit: 2), by: alice))

            let first = try await network.outcome(
                of: contract.increment(person: alice.address), by: alice)
            #expect(first.value == 1)
            let event = try #require(first.events.first)
            let counted = try CounterContract.CountedEvent(topics: event.topics, value: event.value)
            #expect(counted?.person == alice.address)
            #expect(counted?.count == 1)

            // Bob sends the transaction and pays for it; Alice signs that he may count for her.
            try await network.send(
                contract.increment(person: alice.address), by: bob, with: alice)
            #expect(try await network.read(contract.count(person: alice.address)) == 2)
            #expect(try await network.read(contract.count(person: bob.address)) == 0)

            await #expect(throws: CallRefusal(CounterContract.CounterError.limitReached)) {
                try await network.send(contract.increment(person: alice.address), by: alice)
            }
            await #expect(throws: CallRefusal.unauthorized) {
                try await network.send(contract.increment(person: bob.address), by: alice)
            }
        }
    }
}
