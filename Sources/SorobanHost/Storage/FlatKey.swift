internal import StellarXDR

/// A key of contract data laid out for comparing: contract, name and durability as pieces one after
/// another, in an array of plain words.
///
/// The keys of an invocation are compared hundreds of times. Taking an enum apart copies what is in
/// it each time; here nothing is copied and no reference counted.
struct FlatKey {
    /// A scalar, an address, the head of a list, or up to 32 bytes of a text; a longer one goes on
    /// in the pieces behind.
    private struct Piece {
        var rank: UInt8
        var form: Form
        /// Bytes that comparing the scalar moves; bytes of the text; elements of the list.
        var count: Int
        /// The content, in words that order as it does.
        var words: Words = (0, 0, 0, 0)
    }

    private enum Form {
        /// Nothing is compared but the kind.
        case empty
        case scalar, address, text, vec, map
        /// A list that is not there: it orders as an empty one.
        case noVec, noMap
    }

    private var pieces: [Piece] = []

    /// `nil` for a key whose name has a form of its own: an instance's contents.
    init?(_ data: LedgerKeyContractData) {
        pieces.reserveCapacity(8)
        append(data.contract, rank: 0)
        guard append(data.key) else { return nil }
        pieces.append(
            Piece(
                rank: 0, form: .scalar, count: 4,
                words: (UInt64(UInt32(bitPattern: data.durability.rawValue)), 0, 0, 0)))
    }

    /// Differs for most different keys.
    var fingerprint: UInt64 {
        var mixed: UInt64 = 0
        for piece in pieces {
            let words = piece.words.0 ^ piece.words.1 ^ piece.words.2 ^ piece.words.3
            mixed = (mixed ^ words) &* 0x9e37_79b9_7f4a_7c15
        }
        return mixed
    }

    /// Compares two keys in the host's order, with its charges; for their names that is what
    /// ``SCVal/compare(to:budget:)`` does.
    func compare(to other: FlatKey, budget: Budget) throws(HostError) -> Int {
        var place = 0
        while place < pieces.count {
            let order = try compare(to: other, at: &place, budget: budget)
            if order != 0 { return order }
        }
        return 0
    }

    /// Charges what a copy of the key costs beyond its own 152 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        var place = 0
        while place < pieces.count {
            let piece = pieces[place]
            place += 1
            switch piece.form {
            case .empty, .scalar, .address, .noVec, .noMap: break
            case .text:
                try budget.duplicate(piece.count)
                place += Self.furtherPieces(piece.count)
            case .vec: try budget.duplicate(DeclaredSize.scVal * piece.count)
            case .map: try budget.duplicate(DeclaredSize.scMapEntry * piece.count)
            }
        }
    }

    // As long as two values are equal their pieces are in the same places, so one place does.
    private func compare(
        to other: FlatKey, at place: inout Int, budget: Budget
    ) throws(HostError) -> Int {
        let (one, two) = (pieces[place], other.pieces[place])
        guard one.rank == two.rank else { return Int(one.rank) - Int(two.rank) }
        place += 1
        switch one.form {
        case .empty: return 0
        case .scalar:
            try budget.compare(one.count)
            return compareWords(one.words, two.words)
        case .address:
            try budget.compare(one.count)
            let order = compareWords(one.words, two.words)
            place += 1
            return order != 0
                ? order : compareWords(pieces[place - 1].words, other.pieces[place - 1].words)
        case .text:
            try budget.compare(min(one.count, two.count))
            let order = compareWords(one.words, two.words)
            if order != 0 { return order }
            return orderRest(of: other, from: &place, counts: (one.count, two.count))
        case .vec, .noVec:
            let count = min(one.count, two.count)
            try budget.copy(DeclaredSize.scVal * count)
            let order = try compare(count, to: other, at: &place, budget: budget)
            return order != 0 ? order : one.count - two.count
        case .map, .noMap:
            let count = min(one.count, two.count)
            try budget.copy(DeclaredSize.scMapEntry * count)
            let order = try compare(2 * count, to: other, at: &place, budget: budget)
            return order != 0 ? order : one.count - two.count
        }
    }

    private func compare(
        _ count: Int, to other: FlatKey, at place: inout Int, budget: Budget
    ) throws(HostError) -> Int {
        for _ in 0..<count {
            let order = try compare(to: other, at: &place, budget: budget)
            if order != 0 { return order }
        }
        return 0
    }

    /// Orders what two texts have behind their first 32 bytes.
    private func orderRest(
        of other: FlatKey, from place: inout Int, counts: (Int, Int)
    ) -> Int {
        for _ in 0..<Self.furtherPieces(min(counts.0, counts.1)) {
            let order = compareWords(pieces[place].words, other.pieces[place].words)
            place += 1
            if order != 0 { return order }
        }
        return counts.0 - counts.1
    }

    /// Pieces that a text of so many bytes takes beside its first.
    private static func furtherPieces(_ count: Int) -> Int { max(0, count - 1) / 32 }
}

extension FlatKey {
    private mutating func append(_ value: SCVal) -> Bool {
        let rank = UInt8(truncatingIfNeeded: value.discriminant.rawValue)
        switch value {
        case .bytes(let content): append(content.bytes, rank)
        case .string(let content), .executableTag(let content): append(content.bytes, rank)
        case .symbol(let content): append(content.bytes, rank)
        case .address(let address): append(address, rank: rank)
        case .vec(let elements):
            let form = elements == nil ? Form.noVec : .vec
            let elements = elements ?? []
            pieces.append(Piece(rank: rank, form: form, count: elements.count))
            return elements.allSatisfy { append($0) }
        case .map(let entries):
            let form = entries == nil ? Form.noMap : .map
            let entries = entries ?? []
            pieces.append(Piece(rank: rank, form: form, count: entries.count))
            return entries.allSatisfy { append($0.key) && append($0.val) }
        case .contractInstance: return false
        default: appendScalar(value, rank)
        }
        return true
    }

    private mutating func appendScalar(_ value: SCVal, _ rank: UInt8) {
        guard let size = value.scalarSize else {
            pieces.append(Piece(rank: rank, form: .empty, count: 0))
            return
        }
        pieces.append(
            Piece(rank: rank, form: .scalar, count: size, words: value.scalarWords))
    }

    private mutating func append(_ text: [UInt8], _ rank: UInt8) {
        for piece in 0...Self.furtherPieces(text.count) {
            var words: Words = (0, 0, 0, 0)
            for index in 32 * piece..<min(32 * piece + 32, text.count) {
                let byte = UInt64(text[index]) << UInt64(56 - index % 8 * 8)
                switch index / 8 % 4 {
                case 0: words.0 |= byte
                case 1: words.1 |= byte
                case 2: words.2 |= byte
                default: words.3 |= byte
                }
            }
            pieces.append(Piece(rank: rank, form: .text, count: text.count, words: words))
        }
    }

    /// An address is ordered by its kind, then by what is in it; comparing it costs the same
    /// whatever it is.
    private mutating func append(_ address: SCAddress, rank: UInt8) {
        let kind = UInt64(UInt32(bitPattern: address.discriminant.rawValue))
        var id: UInt64 = 0
        var content: Words = (0, 0, 0, 0)
        switch address {
        case .account(let account): content = account.key.storage.words
        case .contract(let contract): content = contract.storage.words
        case .muxedAccount(let account):
            (id, content) = (account.id, account.ed25519.storage.words)
        case .claimableBalance, .liquidityPool: break
        }
        pieces.append(
            Piece(rank: rank, form: .address, count: 48, words: (kind, id, 0, 0)))
        pieces.append(Piece(rank: rank, form: .address, count: 0, words: content))
    }
}

/// The content of a scalar or a part of a text, the most significant first.
typealias Words = (UInt64, UInt64, UInt64, UInt64)

/// Negative, zero or positive.
func compareWords(_ one: Words, _ two: Words) -> Int {
    if one.0 != two.0 { return one.0 < two.0 ? -1 : 1 }
    if one.1 != two.1 { return one.1 < two.1 ? -1 : 1 }
    if one.2 != two.2 { return one.2 < two.2 ? -1 : 1 }
    if one.3 != two.3 { return one.3 < two.3 ? -1 : 1 }
    return 0
}
