import Foundation
import StellarXDR
import Support
import Testing

@Suite struct StrKeyTests {
    static let key = "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"
    static let bytes = "3f0c34bf93ad0d9971d04ccc90f705511c838aad9734a4a2fb0d7a03fc7fe89a"

    @Test func `an account is its public key`() throws {
        let key = try #require(Uint256(hex: Self.bytes))
        #expect(try StrKey(parsing: Self.key) == .account(key))
        #expect(StrKey.encode(.account(key)) == Self.key)
        #expect(try AccountID(parsing: Self.key) == .ed25519(key))
    }

    @Test(
        arguments: [
            ("MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ", 0),
            ("MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLK", 1 << 63),
        ] as [(String, UInt64)])
    func `a muxed account carries a number`(text: String, id: UInt64) throws {
        let key = try #require(Uint256(hex: Self.bytes))
        #expect(try StrKey(parsing: text) == .muxedAccount(key, id: id))
        #expect(StrKey.muxedAccount(key, id: id).text == text)
        #expect(try MuxedAccount(parsing: text).accountID == .ed25519(key))
    }

    @Test(arguments: [
        (
            "PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAQACAQDAQCQMBYIBEFAWDANBYH"
                + "RAEISCMKBKFQXDAMRUGY4DUPB6IBZGM", 32
        ),
        (
            "PA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAOQCAQDAQCQMBYIBEFAWDANBYH"
                + "RAEISCMKBKFQXDAMRUGY4DUAAAAFGBU", 29
        ),
    ])
    func `a signed payload carries bytes`(text: String, count: UInt8) throws {
        let key = try #require(Uint256(hex: Self.bytes))
        #expect(try StrKey(parsing: text) == .signedPayload(key, payload: Array(1...count)))
        #expect(StrKey.signedPayload(key, payload: Array(1...count)).text == text)
    }

    @Test(arguments: [
        "CA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUWDA",
        "LA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUPJN",
        "BAAD6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGR4TU",
    ])
    func `contracts, pools and balances have addresses`(text: String) throws {
        #expect(try StrKey(parsing: text).text == text)
        #expect(try SCAddress(parsing: text).description == text)
    }

    @Test(
        arguments: [
            ("GAAAAAAAACGC6", .wrongLength),
            ("MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUR", .wrongLength),
            ("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZA", .wrongLength),
            ("GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUACUSI", .wrongLength),
            ("G47QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVP2I", .unknownKind),
            (
                "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAJLKA",
                .wrongLength
            ),
            (
                "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVAAAAAAAAAAAAAAAV75I",
                .wrongChecksum
            ),
            ("M47QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ", .unknownKind),
            (
                "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUO",
                .wrongChecksum
            ),
            ("BAAD6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGR4TV", .wrongLength),
            ("BAAT6DBUX6J22DMZOHIEZTEQ64CVCHEDRKWZONFEUL5Q26QD7R76RGXACA", .malformed),
            ("ga7qynf7sowq3glr2bgmzehxavirza4kvwltjjfc7mgxua74p7ujvsgz", .notBase32),
            ("", .wrongLength),
        ] as [(String, StrKeyError)])
    func `what SEP-23 calls invalid is refused`(text: String, error: StrKeyError) {
        #expect(throws: error) { try StrKey(parsing: text) }
    }

    @Test func `a key of another kind is named`() {
        #expect(throws: StrKeyError.notThisKind(found: .account)) {
            try ContractID(contract: Self.key)
        }
    }

    @Test func `a secret is not shown`() throws {
        let secret = try StrKey(
            parsing: "SC5O7VZUXDJ6JBDSZ74DSERXL7W3Y5LTOAMRF7RQRL3TAGAPS7LUVG3L")
        #expect("\(secret)" == "[redacted]")
        #expect(String(reflecting: secret) == "[redacted]")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!dumped.contains("hex") && !dumped.contains("SC5O"))
    }
}

@Suite(.enabled(if: Vectors.exist, "no vectors at ../shared/vectors")) struct StrKeyVectorTests {
    struct Line: Decodable {
        var kind: String
        var raw: String?
        var text: String?
    }

    @Test func `other clients write and refuse the same keys`() throws {
        let lines = try Vectors.lines("client.jsonl")
            .map { try JSONDecoder().decode(Line.self, from: $0) }
        var counts: [String: Int] = [:]
        for line in lines where line.kind.hasPrefix("strkey") {
            let text = try #require(line.text)
            counts[line.kind, default: 0] += 1
            if let raw = line.raw {
                let key = try StrKey(parsing: text)
                #expect(Hex.encode(key.payload) == raw)
                #expect(key.text == text)
            } else {
                #expect(throws: StrKeyError.self, "\(text)") { try StrKey(parsing: text) }
            }
        }
        #expect(counts == ["strkey": 72, "strkey_invalid": 576])
    }
}
