import TraqoraServer

/// `traqora audit verify`
let auditVerifyCommand = Command(
    "audit verify", "Compute every hash of the audit log again, and say whether all agree."
) {
    try await withDatabase { database in
        do {
            let count = try await AuditRepository(database: database).verify()
            say("\(count) entries, none changed, none missing.")
        } catch AuditRepository.Fault.changed(let number) {
            throw AuditBroken("entry \(number) is not what was written, or is missing")
        } catch AuditRepository.Fault.cut(let number) {
            throw AuditBroken("what was written behind entry \(number) is missing")
        }
    }
}

/// The log was tampered with.
private struct AuditBroken: Error, CustomStringConvertible {
    let description: String

    init(_ reason: String) { description = "the audit log is not whole: \(reason)" }
}
