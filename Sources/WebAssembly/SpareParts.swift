internal import Synchronization

/// What instances of a module that ended leave to those that come after them: taking memory from
/// the system and giving it back costs more than all else about a short call.
final class SpareParts: Sendable {
    private struct Parts {
        var memories: [LinearMemory] = []
        var stacks: [CallStack] = []
    }

    private let parts = Mutex(Parts())

    /// So many of a kind are kept, no more.
    private static let countMax = 2
    /// A larger memory goes back to the system: clearing it would take longer than getting another.
    private static let memoryBytesMax = 4 * LinearMemory.pageBytes

    /// A memory of `pages`, all zeros, if there is one.
    func takeMemory(pages: Int) -> LinearMemory? {
        guard let memory = parts.withLock({ $0.memories.popLast() }) else { return nil }
        return memory.clear(toPages: pages) ? memory : nil
    }

    /// A stack, if there is one; whatever is on it.
    func takeStack() -> CallStack? { parts.withLock { $0.stacks.popLast() } }

    /// Keeps what an instance that ends had.
    func keep(_ memory: LinearMemory, _ stack: CallStack?) {
        parts.withLock {
            if $0.memories.count < Self.countMax, memory.capacity <= Self.memoryBytesMax {
                $0.memories.append(memory)
            }
            if let stack, $0.stacks.count < Self.countMax { $0.stacks.append(stack) }
        }
    }
}

// Safe: each belongs to one instance at a time, which one thread uses; they are handed over under
// the lock of `SpareParts`.
extension LinearMemory: @unchecked Sendable {}
extension CallStack: @unchecked Sendable {}
