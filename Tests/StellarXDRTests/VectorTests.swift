import Foundation
import StellarXDR
import Support
import Testing

/// The protocol's types against values that other implementations wrote.
@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors")) struct VectorTests {
    struct Line: Decodable {
        var type: String
        var xdr: String
        var why: String?
    }

    static func lines(_ file: String) throws -> [Line] {
        try Vectors.lines(file).map { try JSONDecoder().decode(Line.self, from: $0) }
    }

    @Test func `every valid value is read, and written as the same bytes`() throws {
        let lines = try Self.lines("xdr/valid.jsonl")
        #expect(lines.count > 2000)
        for line in lines {
            let type = try #require(codecs[line.type], "\(line.type)")
            let bytes = try #require(Base64.decode(line.xdr))
            #expect(try type(bytes) == bytes, "\(line.type) \(line.xdr)")
            #expect(Base64.encode(bytes) == line.xdr)
        }
    }

    @Test func `every invalid value is refused`() throws {
        let lines = try Self.lines("xdr/invalid.jsonl")
        #expect(lines.count > 3000)
        for line in lines {
            let type = try #require(codecs[line.type], "\(line.type)")
            let bytes = try #require(Base64.decode(line.xdr))
            #expect(throws: XDRError.self, "\(line.type) \(line.xdr): \(line.why ?? "")") {
                try type(bytes)
            }
        }
    }
}
