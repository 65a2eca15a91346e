import Support
import Testing
import WebAssembly

/// An upload of the shared scenarios, and how far the genuine host let it get.
struct Upload: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable, Equatable {
        case accepted
        /// Refused before, at, or after linking and instantiating, as the charges show.
        case parse, instantiate, counts
    }

    var note: String
    var bytes: [UInt8]
    var outcome: Outcome
    var error: String?

    var testDescription: String { note }

    init?(_ step: Scenario.Step, in scenario: Scenario) {
        guard let bytes = step.upload else { return nil }
        self.bytes = bytes
        note = "\(scenario.name): \(step.note ?? "")"
        error = step.expect.error
        let parsed = step.expect.costs?["VmInstantiation"]?.first ?? 0
        let isLinked = step.expect.costs?["VmCachedInstantiation"] != nil
        outcome =
            error == nil ? .accepted : !isLinked ? .parse : parsed == 1 ? .instantiate : .counts
    }

    static let all = Scenario.all.flatMap { scenario in
        scenario.steps.compactMap { Upload($0, in: scenario) }
    }
}

/// What the genuine host accepted and refused, and how far it got.
@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct AcceptanceTests {
    @Test func `there are modules to judge`() {
        #expect(Upload.all.count > 500)
    }

    @Test(arguments: Upload.all)
    func `a module is accepted, or refused at the same stage, as by the genuine host`(
        upload: Upload
    ) throws {
        #expect(judge(upload) == upload.outcome)
    }

    /// How far the module gets here. Names and types of imports, the metadata section, exports of
    /// many parameters and the budget are the host's business: where only they can be the reason,
    /// the host's answer counts.
    private func judge(_ upload: Upload) -> Upload.Outcome {
        do {
            let module = try WasmModule(decoding: upload.bytes)
            if upload.outcome == .parse, upload.error != "Error(WasmVm, InvalidAction)" {
                return .parse
            }
            _ = try WasmInstance(module)
            if upload.outcome == .instantiate, !module.imports.isEmpty { return .instantiate }
            if upload.error == "Error(Budget, ExceededLimit)" { return upload.outcome }
            _ = try module.refinedCounts()
            return .accepted
        } catch let error as WasmError {
            switch error.phase {
            case .parse: return .parse
            case .link, .instantiate: return .instantiate
            case .counts: return .counts
            }
        } catch {
            return .accepted
        }
    }
}
