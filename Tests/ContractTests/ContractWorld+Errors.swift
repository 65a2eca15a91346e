import SorobanHost
import Stellar
import StellarXDR
import TraqoraContracts

extension ContractWorld {
    /// Notes with which error a call ends.
    func noting(
        _ function: String, of code: ContractCode?, _ call: () throws -> SCVal
    ) throws -> SCVal {
        do { return try call() } catch let error as HostError {
            note(error, function, code)
            throw error
        }
    }

    /// Notes with which error a constructor ends, of which the host tells no more than that it did.
    func noting(
        _ creation: CreateContractArgsV2, _ consent: SorobanAuthorizationEntry,
        of code: ContractCode?, _ call: () throws -> SCVal
    ) throws -> SCVal {
        do { return try call() } catch let error as HostError {
            if ErrorBook.current != nil, let inner = constructorError(creation, consent) {
                note(inner, "__constructor", code)
            }
            throw error
        }
    }

    private func constructorError(
        _ creation: CreateContractArgsV2, _ consent: SorobanAuthorizationEntry
    ) -> HostError? {
        var invocation = invocation(.createContractV2(creation), .enforcing([consent]))
        invocation.isTraced = true
        let calls = machines.invoke(invocation, on: snapshot).calls
        guard
            case .failure(let error)? = calls.first(where: { $0.function == "__constructor" })?
                .result
        else { return nil }
        return error
    }

    private func note(_ error: HostError, _ function: String, _ code: ContractCode?) {
        guard let code, error.kind == .contract else { return }
        ErrorBook.current?.note(CallError(code.rawValue, function, error.number))
    }

    /// What would become of a call if everybody agreed, as a simulation finds it.
    func recorded(_ function: HostFunction, by person: Person) -> InvocationOutcome {
        var invocation = invocation(function, .recording(rootOnly: true, addressV2: false))
        invocation.source = person.key.accountID
        return machines.invoke(invocation, on: snapshot)
    }
}
