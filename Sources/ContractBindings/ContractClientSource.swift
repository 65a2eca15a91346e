public import Stellar

/// The Swift source of a contract's client, made from the contract's specification.
///
/// The specification may come from anybody: what is in it becomes names, comments and literals, and
/// nothing else.
public struct ContractClientSource: Hashable, Sendable {
    /// What the contract is called in Swift, without the `Contract` behind it.
    public let name: String
    private let spec: ContractSpec

    /// The client of a contract that is to be called `name`; `nil` if Swift cannot call it so.
    public init?(name: String, spec: ContractSpec) {
        guard let first = name.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first),
            name.utf8.allSatisfy(SwiftText.isIdentifierByte)
        else { return nil }
        self.name = name
        self.spec = spec
    }

    /// A name from that of a file: `my-token.wasm` → `MyToken`.
    public static func name(fromFile path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        let stem = file.hasSuffix(".wasm") ? file.dropLast(5) : file
        let words = stem.utf8.map { SwiftText.isIdentifierByte($0) ? $0 : UInt8(ascii: "_") }
            .split(separator: UInt8(ascii: "_")).map { String(decoding: $0, as: UTF8.self) }
        let name = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return name.isEmpty || name.first?.isNumber == true ? "Contract\(name)" : name
    }

    /// The whole file; `heading` says where it comes from, as comments of one line each.
    public func text(heading: [String]) -> String {
        let head =
            heading.map { "// \(SwiftText.line([UInt8]($0.utf8)))" } + [
                "// swift-format-ignore-file",
                "",
                "public import Stellar",
                "public import StellarXDR",
                "",
            ]
        let lines = head + ClientWriter(name: name, spec: spec).lines()
        return lines.joined(separator: "\n") + "\n"
    }
}
