import Cryptography
import Foundation
import SorobanHost
import SorobanNative
import StellarXDR
import Testing
import TraqoraContracts

@testable import Airline
@testable import Booking
@testable import FlightRegistry
@testable import Governance
@testable import Loyalty
@testable import Refund
@testable import Token

/// What runs when a contract is called: the same test says the same of each.
enum ContractBuild: String, CaseIterable {
    /// What is on the ledger.
    case wasm
    /// The sources compiled for this machine: a debugger stops in them, and coverage is counted.
    case native
    /// Both, one after the other: a call is an error of the test if they differ in anything but the
    /// instructions of the wasm.
    case compared

    /// What the worlds made now run.
    @TaskLocal static var current = wasm

    /// Contracts compiled for this machine, by the hashes of their wasm.
    static let natives: [Hash: NativeCode] = {
        var natives: [Hash: NativeCode] = [:]
        for code in ContractCode.allCases {
            guard let hash = try? Hash(SHA256.hash(code.wasm)) else { continue }
            natives[hash] =
                switch code {
                case .airline: NativeCode(AirlineContract.self)
                case .booking: NativeCode(BookingContract.self)
                case .flightRegistry: NativeCode(FlightRegistryContract.self)
                case .governance: NativeCode(GovernanceContract.self)
                case .loyalty: NativeCode(LoyaltyContract.self)
                case .refund: NativeCode(RefundContract.self)
                case .token: NativeCode(TokenContract.self)
                }
        }
        for (wasm, code) in specimens { natives[wasm] = code }
        return natives
    }()
}

/// Runs calls on a build.
final class ContractMachines {
    private let build: ContractBuild
    private let wasm = ModuleCache()
    private let native = ModuleCache(native: ContractBuild.natives)

    init(_ build: ContractBuild = .current) { self.build = build }

    func invoke(_ invocation: Invocation, on snapshot: MemorySnapshot) -> InvocationOutcome {
        guard build != .wasm else {
            return SorobanHost.invoke(invocation, on: snapshot, modules: wasm)
        }
        let outcome = SorobanHost.invoke(invocation, on: snapshot, modules: native)
        if build == .compared {
            let other = SorobanHost.invoke(invocation, on: snapshot, modules: wasm)
            for difference in outcome.differences(from: other) {
                Issue.record("\(invocation.function): \(difference)")
            }
        }
        return outcome
    }
}

extension InvocationOutcome {
    /// What is not the same, but for the instructions and the memory that wasm takes itself.
    func differences(from wasm: InvocationOutcome) -> [String] {
        var (ours, others) = (costs.charges, wasm.costs.charges)
        ours[.wasmInsnExec] = nil
        others[.wasmInsnExec] = nil
        let parts: [(String, Bool)] = [
            ("result", result == wasm.result), ("isFatal", isFatal == wasm.isFatal),
            ("authorization", authorization == wasm.authorization),
            ("footprint", footprint == wasm.footprint), ("restored", restored == wasm.restored),
            ("disk reads", diskReadBytes == wasm.diskReadBytes),
            ("written bytes", writeBytes == wasm.writeBytes), ("changes", changes == wasm.changes),
            ("events", events == wasm.events), ("rent", rent == wasm.rent),
            ("charges", ours == others), ("memory", costs.memory == wasm.costs.memory),
        ]
        return parts.filter { !$0.1 }.map(\.0)
    }
}

/// Runs each test of a suite on several builds, and tells with a failure on which.
struct BuildTrait: SuiteTrait, TestTrait, TestScoping {
    var builds: [ContractBuild]

    var isRecursive: Bool { true }

    /// `CONTRACT_BUILD=native swift test` runs that build alone, as for measuring coverage.
    private static let only = ProcessInfo.processInfo.environment["CONTRACT_BUILD"]
        .flatMap(ContractBuild.init)

    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        guard ErrorBook.current == nil else {
            return try await run(test, testCase, function)
        }
        let book = ErrorBook()
        try await ErrorBook.$current.withValue(book) { try await run(test, testCase, function) }
        ErrorEvidence.judge(test, book.errors)
    }

    private func run(
        _ test: Test, _ testCase: Test.Case?,
        _ function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        for build in Self.only.map({ [$0] }) ?? builds {
            let named = IssueHandlingTrait.compactMapIssues { issue in
                var issue = issue
                issue.comments.append("build: \(build.rawValue)")
                return issue
            }
            try await ContractBuild.$current.withValue(build) {
                try await named.provideScope(for: test, testCase: testCase, performing: function)
            }
        }
    }
}

extension Trait where Self == BuildTrait {
    /// The tests run on these builds, one after the other: without any named, on the wasm and on
    /// the contracts compiled for this machine.
    static func builds(_ builds: ContractBuild...) -> Self {
        BuildTrait(builds: builds.isEmpty ? [.wasm, .native] : builds)
    }
}
