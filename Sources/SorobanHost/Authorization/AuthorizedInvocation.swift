internal import StellarXDR

/// Something that an address can authorize: a call of a contract's function, or the creation of a
/// contract.
enum AuthorizedFunction {
    case call(AuthorizedCall)
    case create(CreateContractArgsV2)
}

/// A call, with everything that must be the same for an authorization to fit.
struct AuthorizedCall {
    var contract: Val
    var function: Val
    var arguments: [Val]
}

/// A node of an authorized tree; each node serves once.
struct AuthorizedInvocation {
    var function: AuthorizedFunction
    var subInvocations: [AuthorizedInvocation]
    var isUsed = false
}

/// Follows one authorized tree along the stack of frames.
struct InvocationTracker {
    /// How a frame stands to the tree.
    enum Match {
        case none
        case root
        /// The frame uses this child of the node that the frame's nearest matched ancestor uses.
        case child(Int)
    }

    var root: AuthorizedInvocation
    /// One element a frame of the authorization stack that the tracker has seen.
    private(set) var matches: [Match] = []
    /// The frame that uses the root, while it runs.
    private var rootFrame: Int?

    init(root: AuthorizedInvocation, frames: Int = 0) {
        self.root = root
        self.matches = Array(repeating: .none, count: frames)
    }

    /// Whether the tree's root is in use by a frame that still runs.
    var isActive: Bool { rootFrame != nil }

    /// Whether the tracker has left the frames it was made for.
    var isOutOfScope: Bool { matches.isEmpty }

    var isFrameMatched: Bool {
        switch matches.last {
        case .root, .child: true
        case Optional.none, Match.none?: false
        }
    }

    mutating func push() {
        matches.append(.none)
    }

    mutating func pop() {
        _ = matches.popLast()
        if rootFrame == matches.count { rootFrame = nil }
    }

    /// Takes the root for the frame on top.
    mutating func useRoot() {
        root.isUsed = true
        rootFrame = matches.count - 1
        matches[matches.count - 1] = .root
    }

    /// Appends a node below the active one and takes it for the frame on top.
    mutating func record(_ invocation: AuthorizedInvocation) {
        var used = invocation
        used.isUsed = true
        let index = withActiveNode { node in
            node.subInvocations.append(used)
            return node.subInvocations.count - 1
        }
        matches[matches.count - 1] = .child(index)
    }

    /// Takes child `index` of the active node for the frame on top.
    mutating func useChild(_ index: Int) {
        withActiveNode { $0.subInvocations[index].isUsed = true }
        matches[matches.count - 1] = .child(index)
    }

    /// The node that the nearest matched frame uses; `nil` when no frame on the stack does.
    var activeNode: AuthorizedInvocation? {
        guard isActive else { return nil }
        var node = root
        for case .child(let index) in matches { node = node.subInvocations[index] }
        return node
    }

    private mutating func withActiveNode<Result>(
        _ change: (inout AuthorizedInvocation) -> Result
    ) -> Result {
        var path: [Int] = []
        for case .child(let index) in matches { path.append(index) }
        return root.withDescendant(path[...], change)
    }
}

extension AuthorizedInvocation {
    fileprivate mutating func withDescendant<Result>(
        _ path: ArraySlice<Int>, _ change: (inout AuthorizedInvocation) -> Result
    ) -> Result {
        guard let next = path.first else { return change(&self) }
        return subInvocations[next].withDescendant(path.dropFirst(), change)
    }

    /// The nodes, each before its children.
    var preorder: [AuthorizedInvocation] {
        [self] + subInvocations.flatMap(\.preorder)
    }

    /// Charges a snapshot of which nodes are used.
    func chargeSnapshot(budget: Budget) throws(HostError) {
        try budget.collect(subInvocations.count, of: 32)
        for node in subInvocations { try node.chargeSnapshot(budget: budget) }
    }
}
