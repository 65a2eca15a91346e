import Foundation

/// Bytes in base 64.
enum Base64 {
    /// With padding, as XDR is written.
    static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
