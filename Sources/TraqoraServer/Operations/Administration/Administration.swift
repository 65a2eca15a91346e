/// The routes of administration.
struct Administration: Sendable {
    let audit: AuditHandlers
    let users: UserHandlers
    let bookings: BookingSearchHandlers
    let contracts: ContractHandlers
    let jobs: JobHandlers
    let maintenance: MaintenanceHandlers

    /// What is served here.
    var routes: [ServedRoute] {
        audit.routes + users.routes + bookings.routes + contracts.routes + jobs.routes
            + maintenance.routes
    }
}
