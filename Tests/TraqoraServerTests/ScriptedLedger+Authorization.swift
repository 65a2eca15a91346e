import Stellar
import StellarXDR

/// Payments for which another account pays the network: who books authorizes.
extension ScriptedLedger {
    /// Who books, if that is not the transaction's own account.
    private func other(in transaction: StellarXDR.Transaction) -> (
        AccountID, InvokeHostFunctionOp, InvokeContractArgs
    )? {
        guard transaction.operations.count == 1,
            case .invokeHostFunction(let body) = transaction.operations[0].body,
            case .invokeContract(let call) = body.hostFunction, call.functionName == "book_quoted",
            case .address(.account(let passenger))? = call.args.first,
            passenger != transaction.sourceAccount.accountID
        else { return nil }
        return (passenger, body, call)
    }

    /// Who pays in tokens.
    func passenger(of transaction: StellarXDR.Transaction) -> AccountID {
        other(in: transaction)?.0 ?? transaction.sourceAccount.accountID
    }

    /// What has to be signed, as a simulation records it.
    func authorization(of transaction: StellarXDR.Transaction) -> SorobanAuthorizationEntry? {
        guard let (passenger, body, call) = other(in: transaction), body.auth.isEmpty else {
            return nil
        }
        return SorobanAuthorizationEntry(
            credentials: .address(
                SorobanAddressCredentials(
                    address: .account(passenger), nonce: 1, signatureExpirationLedger: 0,
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
            credentials.address == .account(passenger),
            case .contractFn(let root) = body.auth[0].rootInvocation.function, root == call,
            credentials.signatureExpirationLedger >= sequence,
            !nonces.contains(credentials.nonce),
            let payload = try? body.auth[0].payload(
                until: credentials.signatureExpirationLedger, on: Self.network),
            case .vec(let all?) = credentials.signature, case .map(let fields?)? = all.first,
            case .bytes(let signature)? = fields.last?.val,
            passenger.verifies(signature.bytes, of: payload.bytes)
        else { return "HostError: Error(Auth, InvalidAction)" }
        return nil
    }

    /// An authorization is used once.
    func use(_ transaction: StellarXDR.Transaction) {
        guard let (_, body, _) = other(in: transaction), let entry = body.auth.first,
            case .address(let credentials) = entry.credentials
        else { return }
        nonces.insert(credentials.nonce)
    }
}
