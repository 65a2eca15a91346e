import Foundation

/// How hard a secret is to guess, judged from its letters alone.
enum SecretStrength {
    /// What a person types when a secret is asked for.
    private static let words = [
        "secret", "password", "passwort", "changeme", "change-me", "change_me", "example", "qwerty",
        "letmein", "default", "your-", "your_", "insert", "replace", "traqora", "admin", "test",
    ]

    /// Why `text` is weak; `nil` if it is not. `bitsMin` is what it must be worth.
    static func weakness(of text: String, bitsMin: Double) -> String? {
        let lowered = text.lowercased()
        // A word in a long random text is chance; in a text that is mostly words it is none.
        if let word = words.first(where: { lowered.contains($0) }) {
            let rest = words.reduce(lowered) { $0.replacing($1, with: "") }
            if bits(of: rest) < bitsMin { return "it is made of words such as “\(word)”" }
        }
        guard bits(of: text) >= bitsMin else { return "its letters repeat too much to be random" }
        guard steps(in: text) < 0.5 else { return "its letters follow each other in a row" }
        return nil
    }

    /// Letters times the entropy of how often each occurs (Shannon).
    static func bits(of text: String) -> Double {
        let letters = Array(text.utf8)
        guard !letters.isEmpty else { return 0 }
        var counts: [UInt8: Int] = [:]
        for letter in letters { counts[letter, default: 0] += 1 }
        let total = Double(letters.count)
        let each = counts.values.map { count in
            let share = Double(count) / total
            return -share * log2(share)
        }
        return each.reduce(0, +) * total
    }

    /// The share of letters that are the one before, plus or minus one.
    private static func steps(in text: String) -> Double {
        let letters = Array(text.utf8)
        guard letters.count > 1 else { return 1 }
        let near = zip(letters, letters.dropFirst()).filter { abs(Int($0) - Int($1)) <= 1 }
        return Double(near.count) / Double(letters.count - 1)
    }
}
