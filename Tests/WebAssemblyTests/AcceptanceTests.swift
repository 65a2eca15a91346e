import Support
import Testing
import WebAssembly

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
