import Foundation
import Support
import Testing

@testable import GenerateInterpreter

@Test func `what is committed is what the generator writes`() throws {
    let folder = Package.root.appendingPathComponent("Sources/WebAssembly/Generated")
    for (name, text) in GenerateInterpreter.files() {
        let committed = try String(
            contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        #expect(committed == text, "\(name): run `make generate`")
    }
}

@Test func `no two instructions have one name`() {
    let names = GenerateInterpreter.allCases().map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count < 1 << 16)
}
