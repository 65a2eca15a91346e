import Foundation
import StellarXDR
import Support
import Testing

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct XDRJSONVectorTests {
    @Test func `every value is the JSON that the CLI prints, both ways`() throws {
        var count = 0
        for data in try Vectors.lines("xdr/valid.jsonl") {
            let line = try JSONValue(parsing: data)
            guard case .string(let type)? = line["type"], case .string(let text)? = line["xdr"],
                let json = line["json"], let bytes = Base64.decode(text)
            else {
                Issue.record("a line without its parts")
                continue
            }
            #expect(try XDRJSON.json(ofType: type, xdr: bytes) == json, "\(type) \(text)")
            #expect(try XDRJSON.xdr(ofType: type, json: json) == bytes, "\(type) \(json)")
            count += 1
        }
        #expect(count > 2000)
    }

    @Test func `invalid XDR has no JSON`() throws {
        for line in try VectorTests.lines("xdr/invalid.jsonl") {
            let bytes = try #require(Base64.decode(line.xdr))
            #expect(throws: XDRJSONError.self, "\(line.type) \(line.xdr)") {
                try XDRJSON.json(ofType: line.type, xdr: bytes)
            }
        }
    }
}

@Suite struct XDRJSONTests {
    @Test func `values say themselves`() throws {
        let value = SCVal.map([SCMapEntry(key: .symbol("amount"), val: .int128(-5))])
        let json = try value.json()
        #expect(json.description == #"{"map":[{"key":{"symbol":"amount"},"val":{"i128":"-5"}}]}"#)
        #expect(try SCVal(json: json) == value)
        #expect(try SCVal(json: JSONValue(parsing: Array(json.description.utf8))) == value)
    }

    @Test(arguments: [
        #"{"u32":"5"}"#, #"{"u32":-1}"#, #"{"u32":4294967296}"#, #"{"u33":1}"#, #""u32""#, "{}",
        #"{"u32":1,"u64":"1"}"#, #"{"symbol":"\\q"}"#, #"{"bytes":"0"}"#, #"{"address":"G"}"#,
        #"{"i128":"170141183460469231731687303715884105728"}"#, #"{"void":null}"#,
        #"{"vec":[1]}"#, #"{"symbol":"0123456789012345678901234567890123"}"#,
    ])
    func `what is no value is refused`(text: String) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        #expect(throws: XDRJSONError.self) { try SCVal(json: json) }
    }

    @Test(arguments: [
        "", "{", "[1,]", "01", "1.", "nul", #""\x""#, #""\ud800""#, "\"\u{1}\"", "[1] 2", "+1", "-",
        #"{"a" 1}"#, #"{a:1}"#, String(repeating: "[", count: 100_000),
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: XDRJSONError.self) { try JSONValue(parsing: Array(text.utf8)) }
    }

    @Test func `JSON survives the way there and back`() throws {
        let text = #"{"a":[1,-2.5e3,true,false,null],"b\n\"\\":"é\u0001😀","c":{}}"#
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(value.description == text)
        #expect(
            try JSONValue(parsing: Array(#""\u00e9\ud83d\ude00""#.utf8)) == .string("é😀"))
    }

    @Test(arguments: [
        ("0", true), ("-1", true),
        ("57896044618658097711785492504343953926634992332820282019728792003956564819967", true),
        ("-57896044618658097711785492504343953926634992332820282019728792003956564819968", true),
        ("57896044618658097711785492504343953926634992332820282019728792003956564819968", false),
        ("-57896044618658097711785492504343953926634992332820282019728792003956564819969", false),
        ("", false), ("-", false), ("1x", false),
    ])
    func `numbers of 256 bits have their bounds`(text: String, fits: Bool) throws {
        let json = JSONValue.object([JSONValue.Member("i256", .string(text))])
        if fits {
            #expect(try SCVal(json: json).json() == json)
        } else {
            #expect(throws: XDRJSONError.self) { try SCVal(json: json) }
        }
    }

    @Test func `deep values fit on the stack of a small thread`() async throws {
        try await onSmallStack {
            let lists = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
            let read = try JSONValue(parsing: Array(lists.utf8))
            #expect(read.description == lists)
            var value = SCVal.void
            for _ in 0..<120 { value = .vec([value]) }
            let again = try SCVal(json: value.json())
            #expect(again == value)
            var predicate = ClaimPredicate.unconditional
            for _ in 0..<240 { predicate = .not(predicate) }
            let repeated = try ClaimPredicate(json: predicate.json())
            #expect(repeated == predicate)
        }
    }

    /// Runs `body` on a thread with 512 KB, as some executors have.
    private func onSmallStack(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.stackSize = 512 * 1024
            thread.start()
        }
    }
}
