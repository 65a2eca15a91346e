internal import StellarXDR

/// One call on the stack of calls.
final class Frame {
    /// What runs in the frame.
    enum Kind {
        /// The transaction's host function: the bottom of the stack.
        case hostFunction
        /// A function of a contract.
        case contract(ContractCall)
    }

    let kind: Kind
    /// This frame's random numbers, made when they are first asked for.
    var prng: PRNG?
    /// The contract's instance storage, made when it is first asked for.
    var instanceStorage: InstanceStorage?
    /// What was charged for linear memory: given back when the frame ends.
    var linearMemoryCharged: UInt64 = 0

    init(_ kind: Kind) {
        self.kind = kind
    }

    /// The call, if a contract runs in the frame.
    var call: ContractCall? {
        guard case .contract(let call) = kind else { return nil }
        return call
    }
}

/// A function of a contract, called with arguments. It is asked for at almost every step, so it is
/// an object: handing it on is one count, not one for each of its parts.
final class ContractCall {
    let contract: ContractID
    /// The function's name as a value and as text.
    let function: Val
    let name: [UInt8]
    let arguments: [Val]
    /// The contract's instance entry as it was when the call began.
    let instance: SCContractInstance

    init(
        contract: ContractID, function: Val, name: [UInt8], arguments: [Val],
        instance: SCContractInstance
    ) {
        self.contract = contract
        self.function = function
        self.name = name
        self.arguments = arguments
        self.instance = instance
    }
}

/// The data that a contract keeps in its instance entry, as one frame sees it.
struct InstanceStorage {
    var map = HostMap(entrySize: DeclaredSize.mapEntry)
    /// Whether it is to be written back when the frame ends.
    var isChanged = false
}
