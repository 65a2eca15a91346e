import Foundation
import Telemetry

extension Logger {
    /// A logger that writes JSON lines to standard error, which is the log; standard output is for
    /// what was asked for.
    static func standardError(_ level: Level) -> Logger {
        Logger(level: level, now: Clock.seconds) { record in
            FileHandle.standardError.write(Data("\(record.jsonLine)\n".utf8))
        }
    }
}

/// Prints a line at once, also where standard output is a file or a pipe.
func say(_ text: String) {
    FileHandle.standardOutput.write(Data("\(text)\n".utf8))
}
