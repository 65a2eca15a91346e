import Foundation

/// The program: what it can be told to do. It owns no logic; every command puts modules together.
@main
enum Traqora {
    static let program = Program(
        summary: "Traqora: flights whose money waits on a ledger until they are flown.",
        commands: [
            upCommand, serveCommand, sandboxCommand, replayCommand, demoCommand,
            configCheckCommand, configShowCommand, configExampleCommand, migrateStatusCommand,
            migratePlanCommand, migrateUpCommand, backupCommand, backupVerifyCommand,
            restoreCommand,
            keysRotateCommand, eraseCommand, auditVerifyCommand,
            ledgerStatusCommand, ledgerRebuildCommand,
            maintenanceBeginCommand, maintenanceEndCommand, maintenanceStatusCommand,
        ] + contractCommands)

    static func main() async {
        let code = await program.run(Array(CommandLine.arguments.dropFirst()))
        exit(code.rawValue)
    }
}
