import Cryptography
import Foundation
import StellarXDR
import Support
import Testing

@testable import StellarSandbox

extension TestNetwork {
    /// A transaction of one Soroban operation with what a simulation says it needs, signed.
    func prepared(
        _ body: OperationBody, by account: TestAccount, data: SorobanTransactionData? = nil,
        change: (inout Transaction) -> Void = { _ in }
    ) async throws -> TransactionEnvelope {
        var transaction = try await transaction(by: account, [body])
        if let data { transaction.ext = .v1(data) }
        let simulation = try await simulate(transaction)
        #expect(simulation["error"].isMissing, "\(simulation)")
        let needed = try SorobanTransactionData(
            base64: simulation["transactionData"].string ?? "")
        #expect(simulation["minResourceFee"].string == "\(needed.resourceFee)")
        transaction.ext = .v1(needed)
        transaction.fee = UInt32(100 + needed.resourceFee)
        if case .invokeHostFunction(var operation) = body {
            operation.auth = try simulation["results"][0]["auth"].array.map {
                try SorobanAuthorizationEntry(base64: $0.string ?? "")
            }
            transaction.operations[0].body = .invokeHostFunction(operation)
        }
        change(&transaction)
        return try sign(transaction, account)
    }

    func simulate(_ transaction: Transaction, _ more: [String: Any] = [:]) async throws -> JSON {
        let envelope = TransactionEnvelope.tx(
            TransactionV1Envelope(tx: transaction, signatures: []))
        return try await result(
            "simulateTransaction",
            ["transaction": envelope.base64()].merging(more) { $1 })
    }

    static func body(_ function: HostFunction) -> OperationBody {
        .invokeHostFunction(InvokeHostFunctionOp(hostFunction: function, auth: []))
    }

    static func call(_ contract: Hash, _ name: String, _ arguments: [SCVal]) -> OperationBody {
        body(
            .invokeContract(
                InvokeContractArgs(
                    contractAddress: .contract(contract), functionName: SCSymbol(name),
                    args: arguments)))
    }

    /// Applies a call that must succeed, and gives what it returned.
    @discardableResult
    func invoke(_ body: OperationBody, by account: TestAccount) async throws -> SCVal {
        let applied = try await apply(try await prepared(body, by: account))
        #expect(applied["status"].string == "SUCCESS", "\(applied)")
        return try Self.returned(applied)
    }

    static func returned(_ applied: JSON) throws -> SCVal {
        guard
            case .v4(let meta) = try TransactionMeta(
                base64: applied["resultMetaXdr"].string ?? "")
        else { throw CocoaError(.coderInvalidValue) }
        return try #require(meta.sorobanMeta?.returnValue)
    }

    static func operationResult(_ applied: JSON) throws -> OperationResultTr? {
        let result = try TransactionResult(base64: applied["resultXdr"].string ?? "").result
        guard case .failed(let results) = result, case .inner(let inner)? = results.first else {
            return nil
        }
        return inner
    }

    /// The token of the vectors, deployed, with `account` as its administrator and 1,000 units.
    func token(of account: TestAccount) async throws -> Hash {
        let code = try await tokenCode(by: account)
        let created = try await invoke(try Self.creation(of: code, by: account), by: account)
        guard case .address(.contract(let id)) = created else {
            throw CocoaError(.coderInvalidValue)
        }
        try await invoke(
            Self.call(id, "mint", [.address(.account(account.id)), Self.amount(1_000)]),
            by: account)
        return id
    }

    /// Uploads the token's code.
    func tokenCode(by account: TestAccount) async throws -> Hash {
        let steps = try Scenario(named: "swift-token").steps
        let upload = try #require(steps.first { $0.note == "upload" })
        guard
            case .bytes(let code) = try await invoke(
                Self.body(try HostFunction(base64: upload.function)), by: account)
        else { throw CocoaError(.coderInvalidValue) }
        return Hash(fitting: code.bytes)
    }

    /// Deploys the token.
    static func creation(of code: Hash, by account: TestAccount) throws -> OperationBody {
        let steps = try Scenario(named: "swift-token").steps
        let create = try #require(steps.first { $0.note == "create" })
        guard case .createContractV2(var creation) = try HostFunction(base64: create.function)
        else { throw CocoaError(.coderInvalidValue) }
        creation.contractIDPreimage = .address(
            ContractIDPreimageFromAddress(address: .account(account.id), salt: .zero))
        creation.executable = .wasm(code)
        creation.constructorArgs = creation.constructorArgs.map { argument in
            if case .address = argument { .address(.account(account.id)) } else { argument }
        }
        return body(.createContractV2(creation))
    }

    static func amount(_ units: Int64) -> SCVal { .i128(Int128Parts(units)) }

    func tokenBalance(_ token: Hash, of account: TestAccount) async throws -> SCVal {
        let body = Self.call(token, "balance", [.address(.account(account.id))])
        let simulation = try await simulate(try await transaction(by: account, [body]))
        return try SCVal(base64: simulation["results"][0]["xdr"].string ?? "")
    }
}
