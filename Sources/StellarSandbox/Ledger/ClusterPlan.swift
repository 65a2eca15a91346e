internal import StellarXDR

/// Which of a ledger's contract transactions could be applied beside each other, CAP-63: those that
/// share an entry which one of them writes are of one cluster. Each cluster has a limit of
/// instructions, and a ledger a limit of clusters.
struct ClusterPlan {
    private let clustersMax: Int
    private let instructionsMax: Int64
    /// All that were taken in.
    private var frames: [TransactionFrame] = []
    private var instructions: Int64 = 0
    /// What depends on each other; nothing as long as all fit into one cluster.
    private var groups: [Group] = []

    /// Transactions that depend on each other.
    private struct Group {
        var frames: [TransactionFrame]
        var instructions: Int64
        var reads: Set<LedgerKey>
        var writes: Set<LedgerKey>

        init(_ frame: TransactionFrame) {
            let footprint = frame.sorobanData?.resources.footprint
            frames = [frame]
            instructions = frame.instructions
            reads = Set(footprint?.readOnly ?? [])
            writes = Set(footprint?.readWrite ?? [])
        }

        func depends(on other: Group) -> Bool {
            !writes.isDisjoint(with: other.writes) || !writes.isDisjoint(with: other.reads)
                || !reads.isDisjoint(with: other.writes)
        }

        mutating func merge(_ other: Group) {
            frames += other.frames
            instructions += other.instructions
            reads.formUnion(other.reads)
            writes.formUnion(other.writes)
        }
    }

    init(clustersMax: Int, instructionsMax: Int64) {
        self.clustersMax = max(1, clustersMax)
        self.instructionsMax = instructionsMax
    }

    /// Takes a transaction in; `false` if it does not fit.
    mutating func take(_ frame: TransactionFrame) -> Bool {
        let sum = instructions + frame.instructions
        if groups.isEmpty, sum <= instructionsMax {
            add(frame)
            return true
        }
        guard clustersMax > 1, frame.instructions <= instructionsMax else { return false }
        var planned = groups
        if planned.isEmpty { for frame in frames { Self.add(frame, to: &planned) } }
        Self.add(frame, to: &planned)
        guard packed(planned) != nil else { return false }
        groups = planned
        add(frame)
        return true
    }

    /// In which cluster each is.
    var clusters: [ObjectIdentifier: Int] {
        var numbers: [ObjectIdentifier: Int] = [:]
        for (number, cluster) in (packed(groups) ?? []).enumerated() {
            for group in cluster {
                for frame in groups[group].frames { numbers[ObjectIdentifier(frame)] = number }
            }
        }
        return numbers
    }

    private mutating func add(_ frame: TransactionFrame) {
        frames.append(frame)
        instructions += frame.instructions
    }

    private static func add(_ frame: TransactionFrame, to groups: inout [Group]) {
        var group = Group(frame)
        var others: [Group] = []
        for other in groups {
            if group.depends(on: other) { group.merge(other) } else { others.append(other) }
        }
        groups = others + [group]
    }

    /// The groups of each cluster, the largest placed first where they fit; `nil` if some do not.
    private func packed(_ groups: [Group]) -> [[Int]]? {
        var clusters: [(left: Int64, groups: [Int])] = []
        let order = groups.indices.sorted {
            (groups[$1].instructions, $0) < (groups[$0].instructions, $1)
        }
        for index in order {
            let needed = groups[index].instructions
            if let place = clusters.firstIndex(where: { $0.left >= needed }) {
                clusters[place].left -= needed
                clusters[place].groups.append(index)
            } else if clusters.count < clustersMax, needed <= instructionsMax {
                clusters.append((instructionsMax - needed, [index]))
            } else {
                return nil
            }
        }
        return clusters.map(\.groups)
    }
}

extension TransactionFrame {
    /// What it may compute.
    fileprivate var instructions: Int64 { Int64(sorobanData?.resources.instructions ?? 0) }
}
