/// A dictionary whose copies share what they have in common: a change of one of them copies the few
/// nodes on the way to what changes, however many entries there are.
///
/// A hash trie of 32 branches a node. One that nobody else refers to is changed in place.
struct PersistentMap<Key: PlacedKey, Value: Sendable>: Sendable {
    private var root = Node()
    private(set) var count = 0

    /// The value under `key`.
    subscript(key: Key) -> Value? {
        root.leaf(of: key, hash: Self.hash(of: key))?.value
    }

    /// Puts under `key` what `body` makes of what is there; nothing takes it away.
    @discardableResult
    mutating func update(
        _ key: Key, _ body: (Value?) -> Value?
    ) -> (before: Value?, after: Value?) {
        let hash = Self.hash(of: key)
        let before = root.leaf(of: key, hash: hash)?.value
        let after = body(before)
        if !isKnownUniquelyReferenced(&root) { root = root.copy() }
        if let after {
            root.put(Leaf(hash: hash, key: key, value: after), shift: 0)
        } else {
            root.remove(key, hash: hash, shift: 0)
        }
        if before == nil, after != nil { count += 1 }
        if before != nil, after == nil { count -= 1 }
        return (before, after)
    }

    /// Every entry, in no order.
    func forEach<Failure>(_ body: (Key, Value) throws(Failure) -> Void) throws(Failure) {
        try root.forEach(body)
    }

    private static func hash(of key: Key) -> UInt { key.place }

    /// How many bits of the hash choose a branch.
    fileprivate static var step: Int { 5 }

    /// An entry, and others whose keys have the same hash.
    fileprivate final class Leaf: Sendable {
        let hash: UInt
        let key: Key
        let value: Value
        let next: Leaf?

        init(hash: UInt, key: Key, value: Value, next: Leaf? = nil) {
            self.hash = hash
            self.key = key
            self.value = value
            self.next = next
        }

        /// The entry of `key` here or further on.
        func find(_ key: Key) -> Leaf? {
            var leaf = self
            while leaf.key != key {
                guard let next = leaf.next else { return nil }
                leaf = next
            }
            return leaf
        }

        /// The same entries without that of `key`.
        func without(_ key: Key) -> Leaf? {
            guard self.key != key else { return next }
            guard let next else { return self }
            return Leaf(hash: hash, key: self.key, value: value, next: next.without(key))
        }
    }

    fileprivate enum Branch {
        case leaf(Leaf)
        case node(Node)
        /// While what was there is being changed.
        case none
    }

    // Safe: it is changed only while the one map that changes it alone refers to it.
    fileprivate final class Node: @unchecked Sendable {
        /// Which of the 32 branches there are.
        private var bits: UInt32 = 0
        private var branches: [Branch] = []

        func copy() -> Node {
            let copy = Node()
            (copy.bits, copy.branches) = (bits, branches)
            return copy
        }

        private func bit(_ hash: UInt, _ shift: Int) -> UInt32 {
            1 << UInt32(truncatingIfNeeded: hash >> shift & 31)
        }

        private func index(_ bit: UInt32) -> Int { (bits & (bit - 1)).nonzeroBitCount }

        func leaf(of key: Key, hash: UInt) -> Leaf? {
            var (node, shift) = (self, 0)
            while true {
                let bit = node.bit(hash, shift)
                guard node.bits & bit != 0 else { return nil }
                switch node.branches[node.index(bit)] {
                case .leaf(let leaf): return leaf.hash == hash ? leaf.find(key) : nil
                case .node(let next): (node, shift) = (next, shift + step)
                case .none: return nil
                }
            }
        }

        func put(_ leaf: Leaf, shift: Int) {
            let bit = bit(leaf.hash, shift)
            let index = index(bit)
            guard bits & bit != 0 else {
                bits |= bit
                branches.insert(.leaf(leaf), at: index)
                return
            }
            switch branches[index] {
            case .leaf(let old):
                guard old.hash == leaf.hash else {
                    let node = Node()
                    node.put(old, shift: shift + step)
                    node.put(leaf, shift: shift + step)
                    branches[index] = .node(node)
                    return
                }
                let rest = old.without(leaf.key)
                branches[index] = .leaf(
                    rest == nil
                        ? leaf
                        : Leaf(hash: leaf.hash, key: leaf.key, value: leaf.value, next: rest))
            case .node(var node):
                take(&node, at: index)
                node.put(leaf, shift: shift + step)
                branches[index] = .node(node)
            case .none: break
            }
        }

        func remove(_ key: Key, hash: UInt, shift: Int) {
            let bit = bit(hash, shift)
            let index = index(bit)
            guard bits & bit != 0 else { return }
            switch branches[index] {
            case .leaf(let old):
                guard old.hash == hash else { return }
                set(old.without(key).map(Branch.leaf), bit, at: index)
            case .node(var node):
                take(&node, at: index)
                node.remove(key, hash: hash, shift: shift + step)
                set(node.lonely, bit, at: index)
            case .none: break
            }
        }

        /// Makes the node at `index` ours alone, to be changed and put back.
        private func take(_ node: inout Node, at index: Int) {
            branches[index] = .none
            if !isKnownUniquelyReferenced(&node) { node = node.copy() }
        }

        private func set(_ branch: Branch?, _ bit: UInt32, at index: Int) {
            if let branch {
                branches[index] = branch
            } else {
                bits &= ~bit
                branches.remove(at: index)
            }
        }

        /// What stands for this node above: its only leaf if that is all, nothing if it is empty.
        private var lonely: Branch? {
            guard branches.count < 2 else { return .node(self) }
            guard let only = branches.first else { return nil }
            guard case .leaf = only else { return .node(self) }
            return only
        }

        func forEach<Failure>(
            _ body: (Key, Value) throws(Failure) -> Void
        ) throws(Failure) {
            for branch in branches {
                switch branch {
                case .leaf(let first):
                    var leaf: Leaf? = first
                    while let entry = leaf {
                        try body(entry.key, entry.value)
                        leaf = entry.next
                    }
                case .node(let node): try node.forEach(body)
                case .none: break
                }
            }
        }
    }
}
