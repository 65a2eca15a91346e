import Foundation
import Stellar
import StellarXDR
import Support
import Testing
import TraqoraContracts

/// `Contracts/costs.json` is what one call of each function costs. The host counts, it does not
/// measure; but how many steps it takes to find an entry depends on the hashes of the codes, and so
/// on every bit of them: by less than a hundredth. `RECORD_COSTS=1` writes what is true now.
@Suite struct CostTests {
    private static let file = Package.root.appendingPathComponent("Contracts/costs.json")

    /// Functions that no call of this scenario can reach, each with what shows them otherwise.
    private static let exceptions: [String: Set<String>] = [
        // Version 1 has nothing to migrate from.
        "Token": ["migrate"], "Refund": ["migrate"], "Loyalty": ["migrate"],
        "Governance": ["migrate"],
        // Other contracts alone may call these: their cost is in that of `claim_delay` and `book`.
        "Airline": ["migrate", "slash"], "FlightRegistry": ["migrate", "hold", "release"],
        // A credit needs a receiver that cannot receive: `CreditTests`.
        "Booking": ["migrate", "withdraw"],
    ]

    @Test func `a call costs what it cost when it was last looked at`() throws {
        let scenario = try CostScenario()
        try scenario.run()
        let costs = scenario.book.costs
        for code in ContractCode.allCases {
            let spec = try ContractSpec(wasm: code.wasm)
            let functions = Set(spec.functions.map(\.name.description))
            let missing = functions.subtracting(costs[code.rawValue, default: [:]].keys)
                .subtracting(Self.exceptions[code.rawValue] ?? [])
            #expect(missing.isEmpty, "\(code.rawValue): \(missing.sorted())")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        if ProcessInfo.processInfo.environment["RECORD_COSTS"] != nil {
            try (encoder.encode(costs) + Data("\n".utf8)).write(to: Self.file)
        }
        let known = try JSONDecoder().decode(
            [String: [String: CallCost]].self, from: Data(contentsOf: Self.file))
        for (contract, functions) in costs {
            for (function, cost) in functions {
                let before = known[contract]?[function]
                #expect(
                    before.map { cost.isLike($0) } ?? false,
                    "\(contract).\(function): \(cost), was \(before as CallCost?)")
            }
        }
    }
}
