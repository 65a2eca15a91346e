import Foundation
import StellarSandbox

/// `traqora sandbox replay`
let replayCommand = Command(
    "sandbox replay", "Run recorded scenarios of the genuine host here, and say what agrees.",
    .flag("first", "Show the first difference of each file."),
    .arguments("file", "Scenario files.", parseText)
) { showsFirst, files in
    let replay = ScenarioReplay()
    var reports: [ScenarioReplay.Report] = []
    for file in files {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ReplayUnreadable(file: file, reason: "it cannot be opened")
        }
        do {
            reports.append(try replay.run(json: data))
        } catch is DecodingError {
            throw ReplayUnreadable(file: file, reason: "it is no recorded scenario")
        } catch {
            throw ReplayUnreadable(file: file, reason: "\(error)")
        }
    }
    say(ScenarioReplay.table(reports))
    if showsFirst { say(ScenarioReplay.firstDifferences(reports)) }
    let differing = reports.filter { !$0.agrees(in: ScenarioReplay.Aspect.allCases) }
    guard differing.isEmpty else {
        throw ReplayDiffers(count: differing.count, of: reports.count)
    }
}

/// A file cannot be replayed.
struct ReplayUnreadable: Error, CustomStringConvertible {
    let file: String
    let reason: String

    var description: String { "“\(file)” cannot be replayed: \(reason)" }
}

/// Not everything agrees.
struct ReplayDiffers: Error, CustomStringConvertible {
    let count: Int
    let of: Int

    var description: String { "\(count) of \(of) files differ from the genuine host" }
}
