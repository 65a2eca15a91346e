import Stellar
import StellarXDR

/// Sends the transactions of accounts: each account's one after the other, and without asking for
/// its number each time.
actor Sender {
    private let rpc: SorobanRPC
    private let network: Network
    private var turns: [AccountID: Turns] = [:]
    private var numbers: [AccountID: Int64] = [:]

    /// What a transaction may cost beside its resources, in stroops.
    static let inclusionFeeStroops: UInt32 = 1_000
    /// How often one is sent.
    static let attemptsMax = 5

    init(rpc: SorobanRPC, network: Network) {
        self.rpc = rpc
        self.network = network
    }

    /// Does `operation` and waits until a ledger has it.
    @discardableResult
    func send(_ operation: StellarXDR.Operation, by key: KeyPair) async throws -> RPCTransaction {
        let turns = turns[key.accountID] ?? Turns()
        self.turns[key.accountID] = turns
        return try await turns.take { try await self.sendAlone(operation, by: key) }
    }

    /// Makes a call and waits for its answer.
    func call<Value: Sendable>(_ call: ContractCall<Value>, by key: KeyPair) async throws -> Value {
        let transaction = try await send(call.operation, by: key)
        return try (transaction.returnValue ?? .void).decode()
    }

    private func sendAlone(
        _ operation: StellarXDR.Operation, by key: KeyPair
    ) async throws -> RPCTransaction {
        let account = key.accountID
        // Somebody else may have used the account in between, or changed what was simulated (the
        // next flight's number, a checkpoint of a second that is over): then it is done anew.
        var attempt = 1
        while true {
            let number: Int64
            if let known = numbers[account] {
                number = known
            } else {
                number = try await rpc.account(account).seqNum
            }
            numbers[account] = nil
            do {
                let transaction = try await submit(operation, by: key, number: number + 1)
                numbers[account] = number + 1
                return transaction
            } catch RPCError.transactionRefused where attempt < Self.attemptsMax {
                attempt += 1
            } catch is TransactionFailure where attempt < Self.attemptsMax {
                attempt += 1
            }
        }
    }

    private func submit(
        _ operation: StellarXDR.Operation, by key: KeyPair, number: Int64
    ) async throws -> RPCTransaction {
        var builder = TransactionBuilder(
            source: MuxedAccount(key.accountID), sequence: number,
            feePerOperationStroops: Self.inclusionFeeStroops)
        builder.operations = [operation]
        let prepared = try await rpc.prepare(builder.build())
        let transaction = try await rpc.submit(prepared.signed(by: [key], on: network))
        guard transaction.isSuccessful else {
            throw TransactionFailure(hash: try prepared.hash(on: network), transaction: transaction)
        }
        return transaction
    }
}
