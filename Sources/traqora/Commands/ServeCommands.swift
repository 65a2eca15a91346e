import Database
import Deployment
import Foundation
import Stellar
import StellarSandbox
import StellarXDR
import Telemetry
import Travel

/// `traqora up`
let upCommand = Command(
    "up", "Start everything on this machine: network, contracts, API.",
    .option(
        "network-port", "PORT", "The port of the network; quickstart's is 8000.", default: 8_000,
        parsePort),
    .option(
        "state", "FOLDER", "Where network and database are kept.", default: ".traqora", parseText),
    .option(
        "manifest", "FILE", "What is deployed; without it the built-in deploy/standalone.yaml.",
        default: "", parseText)
) { networkPort, folder, file in
    var settings = try Settings.ofProcess()
    guard settings.network == .standalone else {
        throw UsageError("traqora up is for the standalone network; for others: traqora serve")
    }
    let manifest = try readManifest(file)
    let signals = await Signals.listen()
    let log = Logger.standardError(settings.logLevel)
    let state = try StandaloneState(in: folder)
    let network = try await startNetwork(port: networkPort) {
        $0.storage = .file(state.networkPath)
        // The demo moves the clock of this network.
        $0.offersControl = true
    }
    settings.rpcURL = network.rpcURL
    settings.horizonURL = network.horizonURL
    settings.database = .file(state.databasePath)
    let service = try await Service.start(
        settings, manifest: manifest, publishesSeason: true, log: log,
        now: { Instant(seconds: Int64(clamping: network.now)) })
    let contracts = service.contracts
    if !contracts.differences.isEmpty { say(differences: contracts.differences) }
    say(
        """
        Traqora is up.
          API       http://127.0.0.1:\(service.port)/health
          Network   \(network.rpcURL)  (“\(network.passphrase)”)
          Friendbot \(network.friendbotURL)
          Booking   \(StrKey.contract(contracts.booking).text)
          Token     \(StrKey.contract(contracts.token).text)  (test dollar)
        Try: traqora demo   End: control-C
        """)
    await signals.wait()
    await service.stop()
    await network.stop()
}

/// The manifest in a file, or the built-in one.
private func readManifest(_ file: String) throws -> DeploymentManifest {
    guard !file.isEmpty else { return try .standalone() }
    guard let data = FileManager.default.contents(atPath: file) else {
        throw UsageError("“\(file)” cannot be read: name the file of a manifest")
    }
    return try DeploymentManifest(parsing: String(decoding: data, as: UTF8.self), name: file)
}

/// Says what a network that is there has otherwise than the manifest.
private func say(differences: [Difference]) {
    say("The network is not what the manifest says; what is deployed stays, unless it is voted:")
    for difference in differences { say("  \(difference)") }
    say("A network as the manifest says: traqora up --state ANOTHER-FOLDER")
}

/// `traqora serve`
let serveCommand = Command(
    "serve", "Start the API over a network and a database that are named by the environment."
) {
    let settings = try Settings.ofProcess()
    let signals = await Signals.listen()
    let service = try await Service.start(settings, log: .standardError(settings.logLevel))
    say("Traqora serves http://127.0.0.1:\(service.port)/health")
    await signals.wait()
    await service.stop()
}

/// `traqora sandbox`
let sandboxCommand = Command(
    "sandbox", "Start a Stellar network in this process: ledger, RPC, friendbot.",
    .option("port", "PORT", "The port; quickstart's is 8000.", default: 8_000, parsePort),
    .option(
        "profile", "NAME", "Limits and prices: mainnet, testnet or unlimited.", default: .mainnet,
        parseProfile),
    .option(
        "protocol-version", "NUMBER", "The protocol's version: 27, 28 or 30.", default: UInt32(27),
        parseProtocol),
    .option(
        "persistent-ledgers", "COUNT",
        "How long persistent entries live at first; without it, what the profile says.",
        default: nil, parseLedgers),
    .option(
        "state", "FILE", "The SQLite file that keeps it; without one it is in memory.",
        default: "", parseText),
    .flag("control", "Offer sandbox_… methods: time, ledgers, snapshots, balances, faults.")
) { port, profile, version, ledgers, file, control in
    let signals = await Signals.listen()
    let network = try await startNetwork(port: port) { configuration in
        configuration.profile = profile
        configuration.protocolVersion = version
        configuration.persistentLedgersMin = ledgers
        configuration.storage = file.isEmpty ? .memory : .file(file)
        configuration.offersControl = control
    }
    say("The network “\(network.passphrase)” is at \(network.rpcURL)")
    await signals.wait()
    await network.stop()
}

/// A port from 0 (any that is free) to 65535.
@Sendable func parsePort(_ text: String) throws -> Int {
    guard let port = Int(text), (0...65_535).contains(port) else {
        throw UsageError("use a number from 0 to 65535")
    }
    return port
}

@Sendable private func parseProfile(
    _ text: String
) throws -> StellarSandbox.Configuration.Profile {
    guard let profile = StellarSandbox.Configuration.Profile(rawValue: text) else {
        throw UsageError("use mainnet, testnet or unlimited")
    }
    return profile
}

@Sendable private func parseProtocol(_ text: String) throws -> UInt32 {
    let versions = StellarSandbox.Configuration.protocolVersions
    guard let version = UInt32(text), versions.contains(version) else {
        throw UsageError("use one of \(versions.map(String.init).joined(separator: ", "))")
    }
    return version
}

@Sendable private func parseLedgers(_ text: String) throws -> UInt32? {
    guard let ledgers = UInt32(text), ledgers > 0 else {
        throw UsageError("use a number from 1")
    }
    return ledgers
}

private func startNetwork(
    port: Int, change: (inout StellarSandbox.Configuration) -> Void = { _ in }
) async throws -> StellarSandbox {
    var configuration = StellarSandbox.Configuration(now: { UInt64(Clock.seconds()) })
    configuration.port = port
    change(&configuration)
    return try await StellarSandbox.start(configuration)
}

/// The two files of `traqora up`. They belong together: what was indexed of one network means
/// nothing to another.
private struct StandaloneState {
    let networkPath: String
    let databasePath: String

    /// Makes the folder, and removes a database that was left without its network.
    init(in folder: String) throws {
        let manager = FileManager.default
        networkPath = "\(folder)/network.sqlite"
        databasePath = "\(folder)/standalone.sqlite"
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        guard !manager.fileExists(atPath: networkPath) else { return }
        for suffix in ["", "-wal", "-shm"] where manager.fileExists(atPath: databasePath + suffix) {
            try manager.removeItem(atPath: databasePath + suffix)
        }
    }
}
