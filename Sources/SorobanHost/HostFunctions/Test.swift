// Module t: what only tests of the machine call.
extension Host {
    func dummy0() -> Val { .void }

    /// Only protocols before 20 have it, so no module that calls it can be linked.
    func protocolGatedDummy() -> Val { .void }
}
