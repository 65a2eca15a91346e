import Foundation

extension ContractCode {
    /// The module.
    public var wasm: [UInt8] {
        [UInt8](Data(base64Encoded: "\(base64)", options: .ignoreUnknownCharacters) ?? Data())
    }
}
