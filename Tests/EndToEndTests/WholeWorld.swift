import Database
import Foundation
import HTTP
import Stellar
import StellarSandbox
import StellarXDR
import Support
import Telemetry
import Testing
import TraqoraAPI
import Travel

@testable import traqora

/// A network, the contracts deployed on it, and the API with its workers, put together by the same
/// function as `traqora up`; only the clock is the test's.
struct WholeWorld {
    let clock: MovableClock
    let network: StellarSandbox
    let service: Service
    let client: HTTPClient

    /// Where the API is.
    var api: String { "http://127.0.0.1:\(service.port)" }

    /// Somebody with lumens and, unless told otherwise, with test dollars.
    func traveller(hasDollars: Bool = true) async throws -> Traveller {
        try await Traveller(
            api: api, rpc: network.rpcURL, client: client, hasDollars: hasDollars,
            today: LocalDate(daysSinceEpoch: Int(clock.now.seconds / 86_400)))
    }

    /// Lets time pass everywhere, and closes a ledger so that it shows there.
    func advance(to instant: Instant) async throws {
        clock.move(to: instant)
        try await network.closeLedger()
    }
}

/// The text of the manifest that is built in, as it stands in the tree.
func builtInManifest() throws -> String {
    try String(
        contentsOf: Package.root.appendingPathComponent("deploy/standalone.yaml"), encoding: .utf8)
}

/// Starts a network alone, and ends it afterwards.
func withNetwork(
    _ body: (StellarSandbox, MovableClock, HTTPClient) async throws -> Void
) async throws {
    let clock = MovableClock(Clock.now())
    let network = try await StellarSandbox.start(configuration(clock))
    let client = HTTPClient()
    let result: Result<Void, any Error>
    do {
        try await body(network, clock, client)
        result = .success(())
    } catch {
        result = .failure(error)
    }
    client.shutDown()
    await network.stop()
    try result.get()
}

private func configuration(_ clock: MovableClock) -> StellarSandbox.Configuration {
    var configuration = StellarSandbox.Configuration(now: { UInt64(clock.now.seconds) })
    configuration.port = 0
    configuration.offersControl = true
    return configuration
}

/// What the service calls an error of its own must be seen: its answer does not say it.
private let errors = Logger(level: .error, now: { 0 }) { print($0.jsonLine) }

/// Starts the whole, and ends it afterwards.
func withWholeWorld(_ body: (WholeWorld) async throws -> Void) async throws {
    let clock = MovableClock(Clock.now())
    let network = try await StellarSandbox.start(configuration(clock))
    var settings = try Settings(["PORT": "0"])
    settings.database = .memory
    settings.rpcURL = network.rpcURL
    settings.horizonURL = network.horizonURL
    let service = try await Service.start(
        settings, log: errors,
        now: { max(clock.now, Instant(seconds: Int64(clamping: network.now))) })
    let client = HTTPClient()
    let result: Result<Void, any Error>
    do {
        try await body(
            WholeWorld(clock: clock, network: network, service: service, client: client))
        result = .success(())
    } catch {
        result = .failure(error)
    }
    client.shutDown()
    await service.stop()
    await network.stop()
    try result.get()
}

/// A clock that a test moves.
final class MovableClock: Sendable {
    private let instant: Lock<Instant>

    init(_ instant: Instant) { self.instant = Lock(instant) }

    var now: Instant { instant.withLock { $0 } }
    func move(to later: Instant) { instant.withLock { $0 = max($0, later) } }
}

/// Expects a problem with this code and a sentence that helps.
func expectProblem(
    _ code: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("there was no problem, not even \(code)", sourceLocation: sourceLocation)
    } catch TraqoraClientError.problem(let problem) {
        #expect(problem.code == code, sourceLocation: sourceLocation)
        #expect((400...422).contains(problem.status), sourceLocation: sourceLocation)
        #expect(problem.detail?.hasSuffix(".") == true, sourceLocation: sourceLocation)
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
}
