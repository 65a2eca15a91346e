public import Soroban

extension Symbol {
    /// Whether it is `count` capital letters or digits.
    public func isCode(_ count: ClosedRange<Int>) -> Bool {
        guard isShort else { return false }
        // Six bits a character, the last one lowest: 2…11 are digits, 12…37 capitals.
        var rest = value.word >> 8
        var length = 0
        while rest != 0 {
            guard rest & 63 >= 2, rest & 63 <= 37 else { return false }
            rest >>= 6
            length += 1
        }
        return count.contains(length)
    }
}

/// Amounts above this are refused, so that shares of sums never overflow: 10³⁰.
public var amountMax: Amount { 1_000_000_000_000_000_000_000_000_000_000 }
