internal import StellarXDR

/// What an address signed, or will have to sign, and how much of it has been used.
struct AccountTracker {
    /// How the authorization is proven.
    enum Credentials {
        /// By the signatures of the transaction itself.
        case source
        case address(Signed)
    }

    /// Proof by a signature of its own.
    struct Signed {
        var nonce: Int64
        var expirationLedger: UInt32
        var signature: Val
        /// Whether the signed payload names the address.
        var bindsAddress: Bool
        var delegates: [DelegateNode] = []
        var hasDelegates = false
    }

    let address: Val
    var credentials: Credentials
    var invocation: InvocationTracker
    /// Whether signature and nonce have been checked.
    var isVerified = false
    /// Whether the check is running: frames inside it do not see the tracker.
    var isBeingVerified = false

    var isSource: Bool {
        if case .source = credentials { true } else { false }
    }
}

/// A signer that an account contract may hand its check to (CAP-71), with its own delegates.
struct DelegateNode {
    var address: Val
    var signature: Val
    var delegates: [DelegateNode]
    var isUsed = false
}

extension DelegateNode {
    /// Charges a snapshot of which delegates are used.
    static func chargeSnapshot(_ nodes: [DelegateNode], budget: Budget) throws(HostError) {
        try budget.collect(nodes.count, of: 32)
        for node in nodes { try chargeSnapshot(node.delegates, budget: budget) }
    }
}

/// What `authorize_as_curr_contract` granted for the next call.
struct InvokerGrant {
    let contract: Val
    var invocation: InvocationTracker
}

/// A frame as authorization sees it.
enum AuthorizationFrame {
    case contract(address: Val, function: Val)
    case create(CreateContractArgsV2)
}

/// What a frame gives back when it fails.
struct AuthorizationSnapshot {
    var accounts: [AccountTracker]
    var grants: [InvokerGrant]
    var trackerOfHandle: [UInt64: Int]
}
