internal import StellarXDR

/// Who authorized what in one invocation: the trees that were given or are being recorded, the
/// grants of contracts, and the stack of frames they are matched against.
final class Authorization {
    enum Mode {
        case enforcing
        case recording(rootOnly: Bool, addressV2: Bool)
    }

    let mode: Mode
    var frames: [AuthorizationFrame] = []
    var accounts: [AccountTracker] = []
    var grants: [InvokerGrant] = []
    /// Recording: the tracker last used for an address object.
    var trackerOfHandle: [UInt64: Int] = [:]
    /// The checks of account contracts that are running, innermost last.
    var checks: [AccountCheck] = []

    init(mode: Mode) {
        self.mode = mode
    }

    var isRecording: Bool {
        if case .recording = mode { true } else { false }
    }

    /// Shows a frame to all trackers.
    func push(_ frame: AuthorizationFrame, budget: Budget) throws(HostError) {
        for index in accounts.indices where !accounts[index].isBeingVerified {
            try budget.makeVector(of: 8, count: 1)
            accounts[index].invocation.push()
        }
        for index in grants.indices {
            try budget.makeVector(of: 8, count: 1)
            grants[index].invocation.push()
        }
        frames.append(frame)
    }

    func pop() {
        _ = frames.popLast()
        for index in accounts.indices where !accounts[index].isBeingVerified {
            accounts[index].invocation.pop()
        }
        for index in grants.indices { grants[index].invocation.pop() }
        while let last = grants.last, last.invocation.isOutOfScope { grants.removeLast() }
    }

    /// What to go back to if the frame about to be pushed fails.
    func snapshot() -> AuthorizationSnapshot {
        AuthorizationSnapshot(
            accounts: accounts, grants: grants, trackerOfHandle: trackerOfHandle)
    }

    /// Charges what the host pays for a snapshot.
    func chargeSnapshot(budget: Budget) throws(HostError) {
        if !isRecording {
            try budget.makeVector(of: 104, count: accounts.count)
            for account in accounts where !account.isBeingVerified {
                try account.invocation.root.chargeSnapshot(budget: budget)
                guard case .address(let signed) = account.credentials, signed.hasDelegates else {
                    continue
                }
                try DelegateNode.chargeSnapshot(signed.delegates, budget: budget)
                try budget.makeVector(of: 8, count: 0)
            }
        }
        try budget.collect(grants.count, of: 32)
        for grant in grants { try grant.invocation.root.chargeSnapshot(budget: budget) }
    }

    /// Charges what the host pays to go back to a snapshot.
    func chargeRollback(budget: Budget) throws(HostError) {
        guard !isRecording else { return }
        for account in accounts where !account.isBeingVerified {
            guard case .address(let signed) = account.credentials, signed.hasDelegates else {
                continue
            }
            try budget.makeVector(of: 8, count: 0)
        }
    }

    /// Goes back to `snapshot`, after the failed frame has been popped.
    func restore(_ snapshot: AuthorizationSnapshot) {
        if isRecording {
            accounts = snapshot.accounts
        } else {
            for index in accounts.indices where !accounts[index].isBeingVerified {
                accounts[index] = snapshot.accounts[index]
            }
        }
        grants = snapshot.grants
        while let last = grants.last, last.invocation.isOutOfScope { grants.removeLast() }
        trackerOfHandle = snapshot.trackerOfHandle
    }
}

/// A running check of an account contract: what it was asked, and the delegates it may name.
final class AccountCheck {
    let payload: Val
    let contexts: Val
    var delegates: [DelegateNode]

    init(payload: Val, contexts: Val, delegates: [DelegateNode]) {
        self.payload = payload
        self.contexts = contexts
        self.delegates = delegates
    }
}
