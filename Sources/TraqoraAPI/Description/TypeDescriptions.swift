/// What types and their fields mean: their documentation comments.
enum TypeDescriptions {
    /// By `Type` and `Type.field`, the field as JSON has it.
    private static let all: [Substring: Substring] = Dictionary(
        generatedTypeDescriptions.split(separator: "\n").compactMap { line in
            guard let tab = line.firstIndex(of: "\t") else { return nil }
            return (line[..<tab], line[line.index(after: tab)...])
        }
    ) { $1 }

    /// What a type means; empty where nothing is written.
    static func meaning(of type: String) -> String { all[type[...]].map(String.init) ?? "" }

    /// What a field of a type means; empty where nothing is written.
    static func meaning(of field: String, in type: String) -> String {
        meaning(of: "\(type).\(field)")
    }
}
