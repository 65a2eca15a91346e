import Foundation
import Telemetry

extension SettingValues {
    /// What this process was given: its environment, `.env` beside it, files, commands.
    /// - Parameters:
    ///   - changes: what holds in place of the environment: options, for example.
    ///   - schema: the settings that are read; no other's command is run.
    static func ofProcess(
        changing changes: [String: String] = [:], schema: [SettingLine] = Schema.lines
    ) -> SettingValues {
        SettingValues(
            environment: ProcessInfo.processInfo.environment.merging(changes) { $1 },
            system: System(file: readFile, run: runCommand), schema: schema)
    }

    /// The longest file that is read.
    private static let fileBytesMax = 262_144
    /// How long a command may take.
    private static let commandSecondsMax = 10.0

    @Sendable private static func readFile(_ path: String) -> (text: String, isOpenToAll: Bool)? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= fileBytesMax,
            let data = FileManager.default.contents(atPath: path),
            let text = String(validating: data, as: UTF8.self)
        else { return nil }
        return (text, status.st_mode & S_IROTH != 0)
    }

    /// Runs a command with the shell; what it complains of goes to our standard error.
    @Sendable private static func runCommand(_ command: String) -> String? {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        let deadline = DispatchTime.now() + commandSecondsMax
        let isLate = Lock(false)
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: deadline)
        timer.setEventHandler {
            isLate.withLock { $0 = true }
            process.terminate()
        }
        timer.resume()
        let data = (try? output.fileHandleForReading.read(upToCount: fileBytesMax)) ?? Data()
        process.waitUntilExit()
        timer.cancel()
        guard process.terminationStatus == 0, !isLate.withLock({ $0 }), !data.isEmpty
        else { return nil }
        return String(validating: data, as: UTF8.self)
    }
}

extension Settings {
    /// The settings of this process.
    static func ofProcess() throws(SettingFaults) -> Settings {
        try Settings(SettingValues.ofProcess())
    }
}
