/// A dictionary whose copies share what they have in common: a change of one of them copies the few
/// nodes on the way to what changes, however many entries there are.
///
/// A hash trie of 32 branches a node. One that nobody else refers to is changed in place.
struct PersistentMap<Key: PlacedKey, Value: Sendable>: Sendable {
    private var root = Node()
    private(set) var count = 0

    /// The value under `key`.
    subscript(key: Key) -> Value? {
        root.value(of: key, hash: Self.hash(of: key))
    }

    /// Puts under `key` what `body` makes of what is there; nothing takes it away.
    @discardableResult
    mutating func update(
        _ key: Key, _ body: (Value?) -> Value?
    ) -> (before: Value?, after: Value?) {
        let hash = Self.hash(of: key)
        let before = root.value(of: key, hash: hash)
        let after = body(before)
        if !isKnownUniquelyReferenced(&root) { root = root.copy() }
        if let after {
            root.put(Leaf(hash: hash, (key, after)), shift: 0)
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

    /// An entry, and others whose keys have the same hash. They are a list, not a chain: a chain
    /// would be walked and let go of by recursion, and keys can be chosen.
    fileprivate final class Leaf: Sendable {
        typealias Entry = (key: Key, value: Value)

        let hash: UInt
        let first: Entry
        let others: [Entry]

        init(hash: UInt, _ first: Entry, others: [Entry] = []) {
            self.hash = hash
            self.first = first
            self.others = others
        }

        /// What stands under `key`.
        func value(of key: Key) -> Value? {
            first.key == key ? first.value : others.first { $0.key == key }?.value
        }

        /// The same entries, with this one in the place of that of its key.
        func with(_ entry: Entry) -> Leaf {
            guard first.key != entry.key else { return Leaf(hash: hash, entry, others: others) }
            var others = others
            if let place = others.firstIndex(where: { $0.key == entry.key }) {
                others[place] = entry
            } else {
                others.append(entry)
            }
            return Leaf(hash: hash, first, others: others)
        }

        /// The same entries without that of `key`; nothing if there are no others.
        func without(_ key: Key) -> Leaf? {
            guard first.key == key else {
                return Leaf(hash: hash, first, others: others.filter { $0.key != key })
            }
            return others.first.map {
                Leaf(hash: hash, $0, others: Array(others.dropFirst()))
            }
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

        func value(of key: Key, hash: UInt) -> Value? {
            var (node, shift) = (self, 0)
            while true {
                let bit = node.bit(hash, shift)
                guard node.bits & bit != 0 else { return nil }
                switch node.branches[node.index(bit)] {
                case .leaf(let leaf): return leaf.hash == hash ? leaf.value(of: key) : nil
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
                branches[index] = .leaf(old.with(leaf.first))
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
                case .leaf(let leaf):
                    try body(leaf.first.key, leaf.first.value)
                    for entry in leaf.others { try body(entry.key, entry.value) }
                case .node(let node): try node.forEach(body)
                case .none: break
                }
            }
        }
    }
}
