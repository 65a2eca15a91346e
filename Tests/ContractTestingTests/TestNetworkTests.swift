import ContractTesting
import Foundation
import Support
import Testing

@Suite struct BuiltContractTests {
    @Test func `a contract that is not built, or was before its source changed, says what to do`()
        throws
    {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("traqora-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = FileManager.default
        let source = folder.appendingPathComponent("Sources/Box/Box.swift")
        let test = folder.appendingPathComponent("Tests/BoxTests/BoxTests.swift").path
        try files.createDirectory(
            at: source.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: source)
        func fault() -> String? {
            do throws(BuiltContract.Missing) {
                _ = try BuiltContract("Box", file: test)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(fault()?.contains("is in no package") == true)
        try Data().write(to: folder.appendingPathComponent("Package.swift"))
        #expect(fault()?.hasSuffix("is not there: run traqora contract build first") == true)
        let wasm = folder.appendingPathComponent("Box.wasm")
        try Data([1, 2]).write(to: wasm)
        #expect(fault() == nil)
        #expect(try BuiltContract("Box", file: test).wasm == [1, 2])
        try files.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: wasm.path)
        #expect(
            fault()
                == "Box.wasm is older than Sources/Box/Box.swift: run traqora contract build")
    }
}
