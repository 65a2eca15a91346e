import Foundation
import StellarXDR
import Support
import Testing

/// Bytes that no honest writer makes.
@Suite struct HostileTests {
    @Test(
        arguments: [
            ([], XDRError.truncated(at: 0)),
            ([0, 0, 0], .truncated(at: 0)),
            ([255, 255, 255, 255], .tooLong(4_294_967_295, limit: 64, at: 0)),
            ([0, 0, 0, 65], .tooLong(65, limit: 64, at: 0)),
            ([0, 0, 0, 4, 1], .truncated(at: 0)),
            ([0, 0, 0, 1, 7], .truncated(at: 4)),
            ([0, 0, 0, 1, 7, 0, 0, 1], .padding(at: 4)),
            ([0, 0, 0, 1, 7, 1, 0, 0], .padding(at: 4)),
            ([0, 0, 0, 0, 0], .trailing(1, at: 4)),
        ] as [([UInt8], XDRError)])
    func `opaque data is refused where it is wrong`(bytes: [UInt8], error: XDRError) {
        #expect(throws: error) { try DataValue(xdr: bytes) }
    }

    @Test func `a Boolean is 0 or 1`() {
        #expect(throws: XDRError.notBoolean(2, at: 0)) { try Bool(xdr: [0, 0, 0, 2]) }
        #expect(throws: XDRError.notBoolean(0x0100_0000, at: 4)) {
            try SCVal(xdr: [0, 0, 0, 0, 1, 0, 0, 0])
        }
    }

    @Test func `an unknown number is refused where it stands`() {
        #expect(throws: XDRError.unknownCase(9, of: "Memo", at: 0)) { try Memo(xdr: [0, 0, 0, 9]) }
        #expect(throws: XDRError.unknownCase(-1, of: "AssetType", at: 0)) {
            try AssetType(xdr: [255, 255, 255, 255])
        }
    }

    @Test func `a claim of four billion elements costs nothing`() {
        let claim: [UInt8] = [0, 0, 0, 16, 0, 0, 0, 1, 255, 255, 255, 255]
        let bytes = claim + [UInt8](repeating: 0, count: 28)
        let clock = ContinuousClock()
        let time = clock.measure {
            for _ in 0..<1000 {
                #expect(throws: XDRError.truncated(at: 8)) { try SCVal(xdr: bytes) }
                #expect(throws: XDRError.self) { try LedgerCloseMeta(xdr: bytes) }
            }
        }
        #expect(time < .seconds(2))
    }

    @Test func `nesting has an end`() throws {
        let level: [UInt8] = [0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 1]
        func nested(_ levels: Int) -> [UInt8] {
            Array(repeatElement(level, count: levels).joined()) + [0, 0, 0, 1]
        }
        let deep = try SCVal(xdr: nested(120))
        #expect(try deep.xdr() == nested(120))
        for levels in [130, 10_000, 100_000] {
            #expect {
                try SCVal(xdr: nested(levels))
            } throws: { error in
                guard case XDRError.tooDeep = error else { return false }
                return true
            }
        }
        var value = SCVal.void
        for _ in 0..<130 { value = .vec([value]) }
        #expect(throws: XDRError.self) { try value.xdr() }
    }

    @Test func `a bound holds when writing too`() {
        #expect(throws: XDRError.tooLong(33, limit: 32, at: 4)) {
            try SCVal.symbol(SCSymbol([UInt8](repeating: 97, count: 33))).xdr()
        }
        #expect(throws: XDRError.wrongLength(3, expected: 4)) {
            try PeerAddressIp.ipv4([1, 2, 3]).xdr()
        }
        #expect(throws: XDRError.wrongLength(31, expected: 32)) {
            try Hash([UInt8](repeating: 0, count: 31))
        }
    }

    @Test(arguments: ["A", "AAA", "AA=A", "====", "A===", "AAB=", "AB==", "AA A", "AA-_", "AAAA\n"])
    func `text that is not base64 is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func `bytes go to text and back`() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
            #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
    }

    @Test(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
    func `mutated values are read or refused, and never harm`() throws {
        var random = SplitMix(state: 0x5EED)
        let clock = ContinuousClock()
        var read = 0
        for line in try VectorTests.lines("xdr/valid.jsonl") {
            let type = try #require(codecs[line.type])
            let original = try #require(Base64.decode(line.xdr))
            for _ in 0..<20 {
                var bytes = original
                random.mutate(&bytes)
                let time = clock.measure {
                    guard let written = try? type(bytes) else { return }
                    read += 1
                    #expect(written == bytes, "\(line.type) has two encodings: \(bytes)")
                }
                #expect(time < .milliseconds(500), "\(line.type)")
            }
        }
        #expect(read > 1000)
    }
}

/// A small seeded generator: a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// Changes, inserts, removes or repeats a few bytes.
    mutating func mutate(_ bytes: inout [UInt8]) {
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            guard !bytes.isEmpty else {
                return bytes.append(UInt8.random(in: 0...255, using: &self))
            }
            let index = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: bytes[index] = [0, 1, 2, 127, 128, 255].randomElement(using: &self) ?? 0
            case 2: bytes.remove(at: index)
            case 3: bytes.insert(0, at: index)
            case 4: bytes.removeLast(bytes.count - index)
            default: bytes += bytes[index...].prefix(16)
            }
        }
    }
}
