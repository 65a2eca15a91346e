import Foundation
import Testing
import WebAssembly

/// Inputs that broke the decoder once, or could have: `make fuzz` writes them.
@Suite struct CrashTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Crashes")

    @Test func `what broke it once breaks it no more`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            at: Self.folder, includingPropertiesForKeys: nil)
        #expect(!files.isEmpty)
        for file in files { HostileTests().tryOut([UInt8](try Data(contentsOf: file))) }
    }
}
