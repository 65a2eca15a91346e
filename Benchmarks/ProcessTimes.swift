internal import Foundation

/// What the processors have worked for processes, in milliseconds: unlike a rate it hardly depends
/// on what else the machine is doing.
struct ProcessTimes: Sendable {
    /// By whose processes, in the order in which they are told.
    private let parts: [(name: String, milliseconds: Double)]

    /// Of the processes with these numbers and those that they have started.
    init(_ processes: [(name: String, process: Int32)]) throws {
        let all = try Self.all()
        parts = processes.map { name, process in
            let own = all.filter { $0.process == process || $0.parent == process }
            return (name, own.reduce(0) { $0 + $1.milliseconds })
        }
    }

    private init(parts: [(name: String, milliseconds: Double)]) { self.parts = parts }

    /// What was added since.
    func since(_ before: ProcessTimes) -> ProcessTimes {
        ProcessTimes(
            parts: zip(parts, before.parts).map { ($0.name, $0.milliseconds - $1.milliseconds) })
    }

    /// `14.1 ms of processor a booking: service 5.2, PostgreSQL 4.4`
    func text(each count: Int, _ what: String) -> String {
        let each = parts.map { ($0.name, $0.milliseconds / Double(max(1, count))) }
        let sum = each.reduce(0) { $0 + $1.1 }
        return "\(grouped(sum)) ms of processor \(what): "
            + each.map { "\($0) \(grouped($1))" }.joined(separator: ", ")
    }

    private struct Line {
        var process: Int32
        var parent: Int32
        var milliseconds: Double
    }

    /// `/proc/PID/stat` of all: what ended processes took stands with who started them.
    private static func all() throws -> [Line] {
        let tick = 1_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
        return try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { name in
            guard let process = Int32(name),
                let text = try? String(contentsOfFile: "/proc/\(name)/stat", encoding: .utf8),
                let end = text.lastIndex(of: ")")
            else { return nil }
            // From the third field on.
            let fields = text[end...].split(separator: " ").dropFirst().map(String.init)
            guard fields.count > 14, let parent = Int32(fields[1]) else { return nil }
            let ticks = fields[11...14].compactMap(Double.init).reduce(0, +)
            return Line(process: process, parent: parent, milliseconds: ticks * tick)
        }
    }
}
