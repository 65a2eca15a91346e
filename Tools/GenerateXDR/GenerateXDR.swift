import Foundation

/// `GenerateXDR [INPUT [OUTPUT]]`: writes the protocol's types as Swift. `INPUT` is the folder
/// with `xdr.json`, `OUTPUT` the checkout.
@main
struct GenerateXDR {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let input = arguments.first ?? "Tools/GenerateXDR"
        let output = URL(fileURLWithPath: arguments.dropFirst().first ?? ".")
        for (path, text) in try Generator(folder: URL(fileURLWithPath: input)).files() {
            let file = output.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }
}
