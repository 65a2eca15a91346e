import Cryptography
import Travel

/// How an offer of Amadeus' is called: which list it was in, which it was there, and when it was
/// quoted. Amadeus itself only numbers the offers of one answer.
struct AmadeusOfferID: Hashable {
    /// The name of the list: the beginning of its hash, in hexadecimal digits.
    var list: String
    var index: Int
    var quotedAt: Instant

    static let prefix = "amadeus."

    /// `amadeus.0f…9c.12.1798137000`
    var text: String { "\(Self.prefix)\(list).\(index).\(quotedAt.seconds)" }

    /// Where the list is kept.
    var key: String { "amadeus|\(list)" }

    init(list: [UInt8], index: Int, quotedAt: Instant) {
        let digits = Array("0123456789abcdef")
        self.list = SHA256.hash(list).prefix(16).reduce(into: "") {
            $0.append(digits[Int($1 >> 4)])
            $0.append(digits[Int($1 & 15)])
        }
        self.index = index
        self.quotedAt = quotedAt
    }

    /// Another of the same list.
    func at(_ index: Int) -> AmadeusOfferID {
        var other = self
        other.index = index
        return other
    }

    init?(_ id: OfferID) {
        let fields = id.text.split(separator: ".", omittingEmptySubsequences: false).map(
            String.init)
        guard fields.count == 4, "\(fields[0])." == Self.prefix, fields[1].utf8.count == 32,
            let index = Int(fields[2]), (0..<1_000).contains(index),
            let seconds = Int64(fields[3])
        else { return nil }
        list = fields[1]
        self.index = index
        quotedAt = Instant(seconds: seconds)
        guard text == id.text else { return nil }
    }
}
