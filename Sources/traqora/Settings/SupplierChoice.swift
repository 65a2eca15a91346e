import FlightSupply
import Stellar
import Telemetry
import TraqoraServer

/// Which suppliers of flights are asked, and what they know us by.
struct SupplierChoice: Sendable {
    /// Those that are named; `nil` leaves the choice to what is set.
    var names: Set<SupplierName>?
    var searchSeconds: Int
    var duffelToken: Secret?
    var duffelURL: String
    var duffelSeconds: Int?
    var amadeusID: Secret?
    var amadeusSecret: Secret?
    var amadeusURL: String
    var amadeusSeconds: Int?

    init(_ reader: inout SettingReader) {
        names = reader.read(Schema.supplierNames)
        searchSeconds = reader.read(Schema.searchTime)
        duffelToken = reader.read(Schema.duffelToken)
        duffelURL = reader.read(Schema.duffelURL)
        duffelSeconds = reader.read(Schema.duffelTime)
        amadeusID = reader.read(Schema.amadeusID)
        amadeusSecret = reader.read(Schema.amadeusSecret)
        amadeusURL = reader.read(Schema.amadeusURL)
        amadeusSeconds = reader.read(Schema.amadeusTime)
    }

    /// Whether a supplier is asked.
    func has(_ name: SupplierName, on network: Network) -> Bool {
        if let names { return names.contains(name) }
        return switch name {
        // What it sells is not flown: not for money that is worth something.
        case .simulator: network != .public
        case .registry: true
        case .duffel: duffelToken != nil
        case .amadeus: amadeusID != nil && amadeusSecret != nil
        }
    }

    /// What is said of suppliers that cannot be.
    func check(_ reader: inout SettingReader, on network: Network, isProduction: Bool) {
        for (setting, url) in [(Schema.duffelURL, duffelURL), (Schema.amadeusURL, amadeusURL)]
        where isProduction && !url.hasPrefix("https://") {
            reader.fault(setting.name, "a key would go over an open line: use https://")
        }
        if (amadeusID == nil) != (amadeusSecret == nil) {
            reader.fault(
                Schema.amadeusSecret.name,
                "AMADEUS_CLIENT_ID and AMADEUS_CLIENT_SECRET go together: set both or neither")
        }
        guard let names else { return }
        if names.contains(.duffel), duffelToken == nil {
            reader.fault(Schema.duffelToken.name, "SUPPLIERS names duffel: set it")
        }
        if names.contains(.amadeus), amadeusID == nil {
            reader.fault(Schema.amadeusID.name, "SUPPLIERS names amadeus: set it")
        }
        if names.contains(.simulator), network == .public {
            reader.fault(
                Schema.supplierNames.name,
                "what the simulator sells is not flown: leave it out on the public network")
        }
    }

    /// The same for the service.
    func settings(on network: Network) -> SupplierSettings {
        var settings = SupplierSettings()
        settings.hasSimulator = has(.simulator, on: network)
        settings.hasRegistry = has(.registry, on: network)
        settings.searchTimeMax = .seconds(searchSeconds)
        if let duffelToken, has(.duffel, on: network) {
            let time = Duration.seconds(duffelSeconds ?? searchSeconds)
            settings.searchTimesMax[DuffelSupply.name] = time
            settings.duffel = DuffelSupply.Configuration(
                accessToken: duffelToken, baseURL: duffelURL, searchTimeMax: time)
        }
        if let amadeusID, let amadeusSecret, has(.amadeus, on: network) {
            let time = Duration.seconds(amadeusSeconds ?? searchSeconds)
            settings.searchTimesMax[AmadeusSupply.name] = time
            settings.amadeus = AmadeusSupply.Configuration(
                clientID: amadeusID, clientSecret: amadeusSecret, baseURL: amadeusURL,
                searchTimeMax: time)
        }
        return settings
    }
}
