import Stellar
import StellarXDR

@testable import TraqoraServer

/// Calls for which another account pays the network: whom they are about authorizes.
extension ScriptedLedger {
    /// The calls whose first argument must agree.
    private static let consented: Set<SCSymbol> = [
        "book_quoted", "cancel", "dispute", "claim_delay", "redeem", "withdraw", "vote", "delegate",
    ]
    /// What the one kind of contract account that there is takes for a signature.
    static let contractSignature = SCVal.symbol("agreed")

    /// Who has to agree, if that is not the transaction's own account.
    private func other(in transaction: StellarXDR.Transaction) -> (
        SCAddress, InvokeHostFunctionOp, InvokeContractArgs
    )? {
        guard transaction.operations.count == 1,
            case .invokeHostFunction(let body) = transaction.operations[0].body,
            case .invokeContract(let call) = body.hostFunction,
            Self.consented.contains(call.functionName),
            case .address(let passenger)? = call.args.first,
            passenger != .account(transaction.sourceAccount.accountID)
        else { return nil }
        return (passenger, body, call)
    }

    /// Who pays in tokens.
    func passenger(of transaction: StellarXDR.Transaction) -> SCAddress {
        other(in: transaction)?.0 ?? .account(transaction.sourceAccount.accountID)
    }

    /// What has to be signed, as a simulation records it.
    func authorization(of transaction: StellarXDR.Transaction) -> SorobanAuthorizationEntry? {
        guard let (passenger, body, call) = other(in: transaction), body.auth.isEmpty else {
            return nil
        }
        return SorobanAuthorizationEntry(
            credentials: .address(
                SorobanAddressCredentials(
                    address: passenger, nonce: 1, signatureExpirationLedger: 0,
                    signature: .void)),
            rootInvocation: SorobanAuthorizedInvocation(
                function: .contractFn(call), subInvocations: []))
    }

    /// What the host says to a wrong authorization; what has none yet is being recorded.
    func authorizationFault(of transaction: StellarXDR.Transaction) -> String? {
        guard let (passenger, body, call) = other(in: transaction), !body.auth.isEmpty else {
            return nil
        }
        guard body.auth.count == 1, case .address(let credentials) = body.auth[0].credentials,
            credentials.address == passenger,
            case .contractFn(let root) = body.auth[0].rootInvocation.function, root == call,
            credentials.signatureExpirationLedger >= sequence,
            !nonces.contains(credentials.nonce),
            let payload = try? body.auth[0].payload(
                until: credentials.signatureExpirationLedger, on: Self.network),
            accepts(credentials.signature, of: payload.bytes, by: passenger)
        else { return "HostError: Error(Auth, InvalidAction)" }
        return nil
    }

    private func accepts(_ signature: SCVal, of payload: [UInt8], by address: SCAddress) -> Bool {
        guard case .account(let account) = address else {
            return signature == Self.contractSignature
        }
        guard case .vec(let all?) = signature, case .map(let fields?)? = all.first,
            case .bytes(let bytes)? = fields.last?.val
        else { return false }
        return account.verifies(bytes.bytes, of: payload)
    }

    /// An authorization is used once.
    func use(_ transaction: StellarXDR.Transaction) {
        guard let (_, body, _) = other(in: transaction), let entry = body.auth.first,
            case .address(let credentials) = entry.credentials
        else { return }
        nonces.insert(credentials.nonce)
    }
}
