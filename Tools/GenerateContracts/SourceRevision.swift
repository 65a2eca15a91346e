import Cryptography
import Foundation

/// Says which sources a contract is of, so that whoever finds the code on a network can compare it
/// with what he has. In `Contracts`, this prints the same:
///
///     LC_ALL=C sha256sum Sources/{Common,FareRules,NAME}/*.swift | sha256sum | head -c 40
enum SourceRevision {
    /// The first 160 bits of a hash over the contract's files and those that all contracts share.
    ///
    /// A hash of the content and no commit: a commit would have to contain its own name.
    static func of(_ name: String, in checkout: String) throws -> String {
        let package = URL(filePath: "\(checkout)/Contracts")
        var list = ""
        for folder in ["Common", "FareRules", name] {
            let path = "Sources/\(folder)"
            let files = try FileManager.default.contentsOfDirectory(
                atPath: package.appending(path: path).path)
            for file in files.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            where file.hasSuffix(".swift") {
                let content = try Data(contentsOf: package.appending(path: "\(path)/\(file)"))
                list += "\(hexadecimal(SHA256.hash([UInt8](content))))  \(path)/\(file)\n"
            }
        }
        return hexadecimal(SHA256.hash(Array(list.utf8)).prefix(20))
    }
}
