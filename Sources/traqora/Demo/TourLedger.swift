import Deployment
import HTTP
import Stellar
import StellarXDR
import TraqoraContracts
import Travel

/// The ledger as the tour uses it: anybody's key signs, the clock can be moved, and every movement
/// of money is watched.
struct TourLedger {
    let rpc: SorobanRPC
    let network: Network
    let url: String
    let client: HTTPClient
    let contracts: DeployedContracts

    /// Somebody whose money is watched.
    struct Purse {
        var name: String
        var address: SCAddress
    }

    /// What the network takes for a transaction beside its resources, in stroops.
    private static let inclusionFeeStroops: UInt32 = 1_000

    /// How often a call is made.
    private static let attemptsMax = 5

    /// Makes a call and waits for its answer: again, if somebody changed in between what it was
    /// simulated on, such as the next flight's number.
    @discardableResult
    func call<Value: Sendable>(_ call: ContractCall<Value>, by key: KeyPair) async throws -> Value {
        var attempt = 1
        while true {
            do {
                let transaction = try await rpc.perform(
                    call.operation, by: key, on: network,
                    inclusionFeeStroops: Self.inclusionFeeStroops)
                return try (transaction.returnValue ?? .void).decode()
            } catch is TransactionFailure where attempt < Self.attemptsMax {
                attempt += 1
            }
        }
    }

    /// When the newest ledger closed.
    func time() async throws -> UInt64 {
        guard let time = try await rpc.latestLedger().closeTime else {
            throw DemoError("the network does not say what time it is")
        }
        return time
    }

    /// Moves the network's clock; nothing happens if it is later already.
    func move(to seconds: UInt64) async throws {
        guard try await time() < seconds else { return }
        let body =
            #"{"jsonrpc":"2.0","id":1,"method":"sandbox_setTime","params":"#
            + #"{"unixSeconds":\#(seconds)}}"#
        let response = try await client.send(
            HTTPClient.Request(
                .post, url, headers: ["Content-Type": "application/json"], body: Array(body.utf8)))
        guard response.status.isSuccess, case .bytes(let answer) = response.body,
            !String(decoding: answer, as: UTF8.self).contains("\"error\""),
            try await time() >= seconds
        else {
            throw DemoError(
                "the clock of this network cannot be moved: the walk needs traqora up, which runs "
                    + "a network of its own")
        }
    }

    /// What somebody holds of a token.
    func balance(_ address: SCAddress, of token: ContractID) async throws -> Int128 {
        try await TokenContract(token).balance(id: address).read(from: rpc)
    }

    /// Does `body`, then says and checks what it did to everybody's money, to the last unit.
    @discardableResult
    func watch<Value>(
        _ token: ContractID, _ purses: [Purse], expecting changes: [Int128],
        _ body: () async throws -> Value
    ) async throws -> Value {
        var before: [Int128] = []
        for purse in purses { before.append(try await balance(purse.address, of: token)) }
        let value = try await body()
        let symbol = token == contracts.token ? "TRQ" : "TUSD"
        for (index, purse) in purses.enumerated() {
            let after = try await balance(purse.address, of: token)
            let change = after - before[index]
            guard change == changes[index] else {
                throw DemoError(
                    "\(purse.name) has \(Self.text(change)) \(symbol) more, not "
                        + "\(Self.text(changes[index]))")
            }
            guard change != 0 else { continue }
            say(
                "  \(purse.name.padding(to: 18)) \(change > 0 ? "+" : "")\(Self.text(change)) "
                    + "\(symbol), now \(Self.text(after))")
        }
        return value
    }

    /// An amount as people write it.
    static func text(_ units: Int128) -> String {
        guard let units = Int64(exactly: units) else { return "\(units) units" }
        return TokenAmount(baseUnits: units).shortText
    }
}
