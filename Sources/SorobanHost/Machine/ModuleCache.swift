internal import StellarXDR
internal import Synchronization

/// Decoded contract code, kept from one invocation to the next by whoever runs them.
///
/// Losing it costs time alone: it changes neither results nor charges.
public final class ModuleCache: Sendable {
    private let modules = Mutex<[Hash: ContractModule]>([:])
    private let maxCount: Int

    /// A cache that forgets everything when it holds more than `maxCount` modules.
    public init(maxCount: Int = 256) {
        self.maxCount = maxCount
    }

    /// The module of a hash, decoded by `make` if it is not here.
    func module(
        _ hash: Hash, make: () throws(HostError) -> ContractModule
    ) throws(HostError) -> ContractModule {
        if let known = modules.withLock({ $0[hash] }) { return known }
        let module = try make()
        modules.withLock {
            if $0.count >= maxCount { $0.removeAll() }
            $0[hash] = module
        }
        return module
    }
}
