public import Soroban

/// Who decides, and whether the contract takes in anything: a part of every contract.
@Contract(
    errors: CommonError.self, events: Paused.self, Unpaused.self, GuardianChanged.self,
    AdminProposed.self,
    AdminChanged.self, Upgraded.self, Migrated.self)
public struct Administered {
    @Stored("admin") var administrator: Address
    @Stored("proposed", .set) var proposedAdmin: Address?
    @Stored("guardian", .set) var appointed: Address?
    @Stored("paused") var isPaused: Bool
    @Stored("version") var storedVersion: UInt32

    /// Who administers.
    public func admin() -> Address { administrator }

    /// Offers the administration.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``AdminProposed``.
    public func proposeAdmin(newAdmin: Address) {
        authorize()
        proposedAdmin = newAdmin
        AdminProposed(newAdmin: newAdmin).emit()
    }

    /// Takes the administration.
    ///
    /// - Signed by: the proposed admin.
    /// - Emits: ``AdminChanged``.
    /// - Fails: `noProposedAdmin`.
    public func acceptAdmin() {
        guard let newAdmin = proposedAdmin else { fail(.noProposedAdmin) }
        newAdmin.requireAuthorization()
        hand(to: newAdmin)
    }

    /// Who may pause beside the admin.
    public func guardian() -> Address? { appointed }

    /// Names the guardian, or none.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``GuardianChanged``.
    public func setGuardian(guardian: Address?) {
        authorize()
        appoint(guardian)
    }

    /// Whether nothing is taken in.
    public func paused() -> Bool { isPaused }

    /// Takes nothing in any more. Exits stay open.
    ///
    /// - Signed by: `caller`, admin or guardian.
    /// - Emits: ``Paused``.
    /// - Fails: `notAllowed`.
    public func pause(caller: Address) {
        caller.requireAuthorization()
        // No guardian is no address, and so nobody's.
        guard caller == administrator || caller == Address(stored: appointed.value) else {
            fail(.notAllowed)
        }
        isPaused = true
        Paused(caller: caller).emit()
    }

    /// Ends the pause.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``Unpaused``.
    public func unpause() {
        authorize()
        isPaused = false
        Unpaused().emit()
    }

    /// Replaces the code; what is stored stays. The new code's `migrate` then adapts it.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``Upgraded``.
    public func upgrade(wasmHash: BytesN<32>) {
        authorize()
        Upgraded(wasmHash: wasmHash).emit()
        CurrentContract.replaceCode(with: wasmHash)
    }
}

extension Administered {
    /// For the constructor. Who may decide is told from the beginning on.
    public static func begin(admin: Address, guardian: Address?, version: UInt32) {
        let contract = Administered(Deployed())
        contract.hand(to: admin)
        contract.appoint(guardian)
        contract.isPaused = false
        contract.storedVersion = version
    }

    /// Whether nothing is taken in.
    public static var isPaused: Bool { Administered(Deployed()).isPaused }

    /// Ends the call, with the error that every contract numbers so, if nothing is taken in.
    @inline(never) public static func requireOpen() {
        if isPaused { fail(.paused) }
    }

    /// Ends the call unless the admin agreed to it.
    public static func requireAdmin() { Administered(Deployed()).authorize() }

    /// Says that what is stored is now as code of `version` wants it, once.
    ///
    /// - Fails: `alreadyMigrated`.
    public static func migrate(to version: UInt32) {
        let contract = Administered(Deployed())
        contract.authorize()
        guard contract.storedVersion < version else { fail(.alreadyMigrated) }
        contract.storedVersion = version
        Migrated(version: version).emit()
    }

    @inline(never) private func hand(to admin: Address) {
        administrator = admin
        proposedAdmin = nil
        AdminChanged(newAdmin: admin).emit()
    }

    @inline(never) private func appoint(_ guardian: Address?) {
        appointed = guardian
        GuardianChanged(guardian: guardian).emit()
    }

    @inline(never) private func authorize() { administrator.requireAuthorization() }
}
