import Deployment
import HTTP
import Stellar
import Telemetry
import TraqoraServer

extension Service {
    /// What a server is told, of settings and of the contracts that they name.
    static func configuration(
        _ settings: Settings, _ contracts: Contracts, client: HTTPClient
    ) throws -> TraqoraServer.Configuration {
        var configuration = TraqoraServer.Configuration(
            http: httpConfiguration(settings), network: settings.network,
            rpcURL: settings.rpcURL, bookingContract: contracts.booking,
            firstLedger: settings.firstLedger,
            settlementToken: contracts.token, tokenSymbol: contracts.tokenSymbol,
            seller: contracts.seller,
            quoteKey: contracts.quoteKey.signingKey,
            columnKeys: try columnKeys(settings),
            workerIdle: .milliseconds(50), registry: contracts.registry,
            testDollars: contracts.standalone.map { standalone in
                TestDollars(token: standalone.contracts.dollar) { baseUnits, account in
                    try await standalone.mint(baseUnits: baseUnits, to: account)
                }
            }, identity: identity(settings, seller: contracts.seller))
        configuration.edges = edges(settings)
        configuration.searchSeconds = settings.searchLifetimeSeconds
        configuration.sponsoring = settings.sponsoring
        configuration.loyalty = contracts.loyalty
        configuration.governance = contracts.governance
        configuration.areWebhooksLocal = settings.network == .standalone
        configuration.adminKey = settings.signIn.adminKey
        configuration.suppliers = settings.suppliers.settings(on: settings.network)
        configuration.mail = settings.mail.configuration
        configuration.horizonURL = settings.horizonURL
        // The standalone network closes a ledger when there is something to put into it.
        configuration.ledgerAgeSecondsMax = settings.network == .standalone ? nil : 60
        configuration.otherContracts = contracts.others
        configuration.traces = traces(settings, client: client)
        return configuration
    }
}
