public import Soroban

/// Who decides, and whether the contract takes in anything: a part of every contract.
@Contract(
    events: Paused.self, Unpaused.self, GuardianChanged.self, AdminProposed.self,
    AdminChanged.self, Upgraded.self, Migrated.self)
public struct Administered {
    @Stored("state") var state: Administration

    /// Who administers.
    public func admin() -> Address { state.admin }

    /// Offers the administration.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``AdminProposed``.
    public func proposeAdmin(newAdmin: Address) {
        var state = authorized()
        state.proposedAdmin = newAdmin
        self.state = state
        AdminProposed(newAdmin: newAdmin).emit()
    }

    /// Takes the administration.
    ///
    /// - Signed by: the proposed admin.
    /// - Emits: ``AdminChanged``.
    /// - Throws: `noProposedAdmin`.
    public func acceptAdmin() throws(CommonError) {
        var state = state
        guard let newAdmin = state.proposedAdmin else { throw .noProposedAdmin }
        newAdmin.requireAuthorization()
        state.admin = newAdmin
        state.proposedAdmin = nil
        self.state = state
        AdminChanged(newAdmin: newAdmin).emit()
    }

    /// Who may pause beside the admin.
    public func guardian() -> Address? { state.guardian }

    /// Names the guardian, or none.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``GuardianChanged``.
    public func setGuardian(guardian: Address?) {
        var state = authorized()
        state.guardian = guardian
        self.state = state
        GuardianChanged(guardian: guardian).emit()
    }

    /// Whether nothing is taken in.
    public func paused() -> Bool { state.isPaused }

    /// Takes nothing in any more. Exits stay open.
    ///
    /// - Signed by: `caller`, admin or guardian.
    /// - Emits: ``Paused``.
    /// - Throws: `notAllowed`.
    public func pause(caller: Address) throws(CommonError) {
        caller.requireAuthorization()
        var state = state
        guard caller == state.admin || state.guardian.map({ $0 == caller }) ?? false else {
            throw .notAllowed
        }
        state.isPaused = true
        self.state = state
        Paused(caller: caller).emit()
    }

    /// Ends the pause.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``Unpaused``.
    public func unpause() {
        var state = authorized()
        state.isPaused = false
        self.state = state
        Unpaused().emit()
    }

    /// Replaces the code; what is stored stays. The new code's `migrate` then adapts it.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``Upgraded``.
    public func upgrade(wasmHash: BytesN<32>) {
        _ = authorized()
        Upgraded(wasmHash: wasmHash).emit()
        CurrentContract.replaceCode(with: wasmHash)
    }
}

extension Administered {
    /// For the constructor.
    public static func begin(admin: Address, guardian: Address?, version: UInt32) {
        Administered(Deployed()).state = Administration(
            admin: admin, guardian: guardian, isPaused: false, proposedAdmin: nil,
            version: version)
    }

    /// Whether nothing is taken in.
    public static var isPaused: Bool { Administered(Deployed()).state.isPaused }

    /// Ends the call unless the admin agreed to it.
    public static func requireAdmin() { _ = Administered(Deployed()).authorized() }

    /// Says that what is stored is now as code of `version` wants it, once.
    ///
    /// - Throws: `alreadyMigrated`.
    public static func migrate(to version: UInt32) throws(CommonError) {
        let contract = Administered(Deployed())
        var state = contract.authorized()
        guard state.version < version else { throw .alreadyMigrated }
        state.version = version
        contract.state = state
        Migrated(version: version).emit()
    }

    private func authorized() -> Administration {
        let state = state
        state.admin.requireAuthorization()
        return state
    }
}

/// What is stored of it.
@ContractType
struct Administration {
    var admin: Address
    var guardian: Address?
    var isPaused: Bool
    var proposedAdmin: Address?
    var version: UInt32
}
