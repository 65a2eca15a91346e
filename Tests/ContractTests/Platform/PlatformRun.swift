import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

/// Runs a script on the contracts and on the model side by side.
struct PlatformRun {
    let platform: WholePlatform
    private let beginning: ContractWorld.State
    private let flights: [PlatformModel.Flight]

    /// Where the contracts and the model differ, or what holds no more.
    struct Difference: Error, CustomStringConvertible {
        var step: Int
        var text: String

        var description: String { "after step \(step): \(text)" }
    }

    /// What the model believes Alice to have too much.
    private let error: Int128

    init(isIssued: Bool = false, startingWith error: Int128 = 0) throws {
        self.error = error
        platform = try WholePlatform(isIssued: isIssued)
        flights = try platform.publish()
        beginning = platform.world.state
    }

    /// Runs a script from the beginning.
    /// - Throws: `Difference`.
    func run(_ script: [PlatformStep]) throws {
        var model = begin()
        for (index, step) in script.enumerated() {
            try take(step, index, &model)
            if index == script.count - 1 { try checked(index) { try compareViews(model) } }
        }
    }

    /// Makes up a script as it goes: most steps are such as the model would take.
    /// - Returns: the script, what was taken of it, and where it failed.
    func run(
        using random: inout Seed, count: Int
    ) throws -> (script: [PlatformStep], taken: Set<PlatformStep.Action>, failure: Difference?) {
        var model = begin()
        var script: [PlatformStep] = []
        var taken: Set<PlatformStep.Action> = []
        do {
            for index in 0..<count {
                let step = PlatformStep(using: &random, likedBy: model)
                script.append(step)
                if try take(step, index, &model) { taken.insert(step.action) }
            }
            try checked(count - 1) { try compareViews(model) }
        } catch let failure as Difference {
            return (script, taken, failure)
        }
        return (script, taken, nil)
    }

    private func begin() -> PlatformModel {
        platform.world.state = beginning
        var model = PlatformModel(
            now: platform.world.ledger.timestamp, flights: flights,
            canFreeze: platform.dollar != nil, deployedAt: platform.deployedAt)
        model.purses[0] += error
        return model
    }

    /// Takes a step on both, and compares them.
    @discardableResult
    private func take(
        _ step: PlatformStep, _ index: Int, _ model: inout PlatformModel
    ) throws -> Bool {
        model.sequence = platform.world.ledger.sequence
        var next = model
        let expected = next.take(step)
        let isTaken = try perform(step, index, model)
        if step.action == .report {
            next.flights[Int(step.subject) - 1].observe(try status(step.subject))
        } else if isTaken != expected {
            throw Difference(
                step: index,
                text: "\(step): \(isTaken ? "taken" : "refused"), but the model says otherwise")
        }
        model = isTaken || step.action == .report ? next : model
        let ledger = PlatformLedger(platform)
        try checked(index) {
            try PlatformInvariants(ledger).check()
            try ledger.compare(model)
        }
        return isTaken
    }

    private func checked(_ index: Int, _ check: () throws -> Void) throws {
        do { try check() } catch let mismatch as Mismatch {
            throw Difference(step: index, text: "\(mismatch)")
        }
    }

    private func compareViews(_ model: PlatformModel) throws {
        try PlatformViews(platform).compare(model)
    }

    /// A script as short as can be that still fails, with what differs.
    func shrink(_ script: [PlatformStep], _ difference: Difference) -> ([PlatformStep], Difference)
    {
        var (best, found) = (Array(script.prefix(difference.step + 1)), difference)
        var index = best.count - 1
        while index >= 0 {
            var shorter = best
            shorter.remove(at: index)
            do { try run(shorter) } catch let error as Difference {
                best = Array(shorter.prefix(error.step + 1))
                found = error
            } catch {}
            index = min(index, best.count) - 1
        }
        return (best, found)
    }

    /// Whether the contracts took it. That a contract refuses is an answer; anything else is not.
    private func perform(
        _ step: PlatformStep, _ index: Int, _ model: PlatformModel
    ) throws -> Bool {
        do {
            try call(step, index, model)
            return true
        } catch let error as HostError {
            guard error.kind == .contract else {
                throw Difference(step: index, text: "\(step): \(error)")
            }
            return false
        }
    }

    private func status(_ id: UInt64) throws -> SCVal {
        try platform.base.call(platform.base.flights, "status", [.u64(id)])
    }
}

extension PlatformModel.Flight {
    /// Takes over what the registry says became of the flight.
    mutating func observe(_ view: SCVal) {
        guard case .u32(let status)? = view["status"], case .u64(let time)? = view["time"],
            case .bool(let isConfirmed)? = view["confirmed"]
        else { return }
        (self.status, self.time, self.isConfirmed) = (status, time, isConfirmed)
    }
}

/// What is not as it should be.
struct Mismatch: Error, CustomStringConvertible {
    var description: String

    static func expect<Value: Equatable>(
        _ name: @autoclosure () -> String, _ found: Value, _ expected: Value
    ) throws {
        guard found != expected else { return }
        throw Mismatch(description: "\(name()) is \(found), not \(expected)")
    }
}
