public import StellarXDR
internal import Synchronization

/// Decoded contract code, kept from one invocation to the next by whoever runs them.
///
/// Losing it costs time alone: unless native code is with it, it changes neither results nor
/// charges.
public final class ModuleCache: Sendable {
    /// The rules and the prices of a module follow from the protocol.
    private struct Key: Hashable {
        var hash: Hash
        var protocolVersion: UInt32
    }

    private let modules = Mutex<[Key: ContractModule]>([:])
    private let maxCount: Int
    /// What runs in place of the code of a hash.
    let native: [Hash: NativeCode]

    /// A cache that forgets everything when it holds more than `maxCount` modules. In place of the
    /// code of those hashes `native` runs.
    public init(maxCount: Int = 256, native: [Hash: NativeCode] = [:]) {
        self.maxCount = maxCount
        self.native = native
    }

    /// The module of a hash, decoded by `make` if it is not here.
    func module(
        _ hash: Hash, protocolVersion: UInt32, make: () throws(HostError) -> ContractModule
    ) throws(HostError) -> ContractModule {
        let key = Key(hash: hash, protocolVersion: protocolVersion)
        if let known = modules.withLock({ $0[key] }) { return known }
        let module = try make()
        modules.withLock {
            if $0.count >= maxCount { $0.removeAll() }
            $0[key] = module
        }
        return module
    }
}
