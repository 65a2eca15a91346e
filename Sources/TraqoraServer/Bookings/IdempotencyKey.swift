import Cryptography
import Foundation
import HTTP
import TraqoraAPI

/// What makes a repeated request the same request: chosen by the client, 16 to 100 characters.
struct IdempotencyKey: Sendable {
    private let text: String

    /// The header.
    static let header = "Idempotency-Key"
    /// How short or long one may be: a shorter one could be guessed.
    static let lengths = 16...100

    /// Reads the header.
    /// - Throws: `Problem`.
    init(_ request: HTTPRequest) throws(Problem) {
        guard let text = request.headers[Self.header], !text.isEmpty else {
            throw ProblemCode.keyMissing.problem(
                "Send a header `\(Self.header)` with a fresh random value, such as a UUID, and the "
                    + "same one when you try again.")
        }
        guard Self.lengths.contains(text.utf8.count), text.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else {
            throw ProblemCode.keyMalformed.problem(
                "Use \(Self.lengths.lowerBound) to \(Self.lengths.upperBound) visible characters "
                    + "of ASCII, such as a UUID.")
        }
        self.text = text
    }

    /// What the database keeps: each account has its own keys, and who is not signed in shares
    /// those of nobody.
    func hash(of owner: String?) -> [UInt8] {
        let whose: [UInt8] = owner.map { Array($0.utf8) + [0] } ?? []
        return SHA256.hash(Array("traqora.idempotency".utf8) + whose + Array(text.utf8))
    }

    /// The token of the booking that this key makes: it needs the key, which only the client has,
    /// and the salt, which only the database has.
    func token(salt: [UInt8]) -> BookingToken {
        BookingToken(bytes: HMACSHA256.code(for: Array(text.utf8), key: salt))
    }
}

/// What reads a booking: 32 bytes that only its maker has.
struct BookingToken: Sendable {
    private let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the `Authorization` header.
    /// - Throws: `Problem`; the one for a booking that is not there if it cannot be any token.
    init(_ request: HTTPRequest) throws(Problem) {
        guard let header = request.headers["Authorization"],
            header.prefix(7).lowercased() == "bearer "
        else {
            throw ProblemCode.tokenMissing.problem(
                "Send the token that the booking came with: `Authorization: Bearer …`.")
        }
        let text = header.dropFirst(7).trimmingCharacters(in: .whitespaces)
            .replacing("-", with: "+").replacing("_", with: "/")
        guard text.utf8.count == 43, let data = Data(base64Encoded: text + "="), data.count == 32
        else { throw Self.nothingFound }
        bytes = Array(data)
        // One token has one spelling.
        guard
            self.text.utf8.elementsEqual(
                text.replacing("+", with: "-").replacing("/", with: "_").utf8)
        else { throw Self.nothingFound }
    }

    /// There is no such booking, or it is somebody else's: nobody may learn which.
    static let nothingFound = ProblemCode.bookingNotFound.problem(
        "Check the id, and that the token is the one this booking came with.")

    /// As it is told to its owner, in base 64 for addresses.
    var text: String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// What the database keeps.
    var hash: [UInt8] { SHA256.hash(bytes) }
}
