import Foundation

/// The code of a contract, as it is uploaded: built by `make contracts`, part of the program.
public enum ContractCode: CaseIterable, Sendable {
    /// A capped SEP-41 token.
    case token
    /// The escrow of bookings.
    case booking

    /// The module.
    public var wasm: [UInt8] {
        let base64: StaticString =
            switch self {
            case .token: TokenWasm.base64
            case .booking: BookingWasm.base64
            }
        let text = Data(base64Encoded: "\(base64)", options: .ignoreUnknownCharacters)
        return [UInt8](text ?? Data())
    }
}
