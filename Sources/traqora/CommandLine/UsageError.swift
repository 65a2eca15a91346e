/// The words given are not what the command takes. The message says what would do.
struct UsageError: Error, Hashable, CustomStringConvertible {
    let message: String

    init(_ message: String) { self.message = message }

    var description: String { message }
}

/// The name that `word` was probably meant to be: the one with the fewest letters to change, if
/// those are at most a third of it.
func nearest(to word: String, among names: [String]) -> String? {
    let ranked = names.map { (name: $0, distance: distance(word, $0)) }
        .min { $0.distance < $1.distance }
    guard let ranked, ranked.distance <= max(1, word.count / 3) else { return nil }
    return ranked.name
}

/// How many letters have to be put in, left out or replaced (Levenshtein).
private func distance(_ from: String, _ to: String) -> Int {
    let (from, to) = (Array(from), Array(to))
    var row = Array(0...to.count)
    for (i, letter) in from.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in to.enumerated() {
            let replaced = diagonal + (letter == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
        }
    }
    return row[to.count]
}
