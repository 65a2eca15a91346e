internal import Foundation
internal import SorobanHost
internal import StellarXDR

/// A ledger and what the genuine host answered on it, step by step, as a file has it.
struct Scenario: Decodable {
    var name: String
    var `protocol`: UInt32
    var networkPassphrase: String
    var accounts: [String]
    var entries: [Entry]?
    var stateSize: Int64?
    var addressV2: Bool?
    var steps: [Step]

    /// An entry that is there from the start.
    struct Entry: Decodable {
        var data: String
        var liveUntil: UInt32?
    }

    /// One invocation.
    struct Step: Decodable {
        var sequence: UInt32
        var timestamp: UInt64
        var source: String
        var function: String
        var auth: [String]?
        var note: String?
        var expect: Expectation
    }

    /// What the genuine host answered. Values are XDR in base64.
    struct Expectation: Decodable {
        var result: String?
        var error: String?
        var fatal: String?
        var auth: [String]?
        var readOnly: [String]?
        var readWrite: [String]?
        var diskReadBytes: UInt32?
        var writeBytes: UInt32?
        var events: [String]?
        var changes: [Change]?
        var cpu: UInt64
        var mem: UInt64
        var costs: [String: [UInt64]]?
        var transactionData: String?
    }

    /// A change of the ledger: without `value` only the life grew.
    struct Change: Decodable, Equatable, CustomStringConvertible {
        var key: String
        var value: String??
        var liveUntil: UInt32?

        enum CodingKeys: CodingKey { case key, value, liveUntil }

        init(key: String, value: String??, liveUntil: UInt32?) {
            self.key = key
            self.value = value
            self.liveUntil = liveUntil
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            key = try container.decode(String.self, forKey: .key)
            liveUntil = try container.decodeIfPresent(UInt32.self, forKey: .liveUntil)
            if container.contains(.value) {
                value = .some(try container.decode(String?.self, forKey: .value))
            }
        }

        var description: String {
            let life = liveUntil.map { " until \($0)" } ?? ""
            let content =
                switch value {
                case nil: "lives longer"
                case .some(nil): "removed"
                case .some(let text?): text
                }
            return "\(key): \(content)\(life)"
        }
    }

    /// Reads a file's contents.
    init(json: Data) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Scenario.self, from: json)
    }
}
