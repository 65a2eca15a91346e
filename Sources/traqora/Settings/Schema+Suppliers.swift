import Telemetry

extension Schema {
    static let supplierNames = Setting<Set<SupplierName>?>(
        "SUPPLIERS", "Who is asked for flights.", type: "list of words",
        rule: "simulator, registry, duffel, amadeus, separated by commas", default: nil,
        as: "registry, duffel and amadeus where they are set; simulator but on the public network"
    ) { text throws(SettingFault) in
        var names: Set<SupplierName> = []
        for item in text.split(separator: ",") {
            guard let name = SupplierName(rawValue: String(item).trimmed) else {
                throw SettingFault(
                    "“\(item)” is none of simulator, registry, duffel, amadeus")
            }
            names.insert(name)
        }
        return names
    }

    static let searchTime = number(
        "SUPPLIER_SEARCH_SECONDS", "How long a search waits for a supplier.", 1...55, default: 20,
        unit: "seconds")
    static let duffelTime = supplierTime("DUFFEL_SEARCH_SECONDS", "Duffel")
    static let amadeusTime = supplierTime("AMADEUS_SEARCH_SECONDS", "Amadeus")

    static let duffelToken = supplierSecret("DUFFEL_ACCESS_TOKEN", "The key to Duffel.")
    static let duffelURL = url(
        "DUFFEL_BASE_URL", "Where Duffel is.", default: "https://api.duffel.com",
        as: "https://api.duffel.com", example: "https://api.duffel.com"
    ) { $0 }
    static let amadeusID = supplierSecret("AMADEUS_CLIENT_ID", "The name we have at Amadeus.")
    static let amadeusSecret = supplierSecret("AMADEUS_CLIENT_SECRET", "The key to Amadeus.")
    static let amadeusURL = url(
        "AMADEUS_BASE_URL", "Where Amadeus is.", default: "https://test.travel.api.amadeus.com",
        as: "https://test.travel.api.amadeus.com", example: "https://test.travel.api.amadeus.com"
    ) { $0 }

    private static func supplierTime(_ name: String, _ supplier: String) -> Setting<Int?> {
        Setting(
            name, "How long a search waits for \(supplier).", type: "seconds", rule: "1 to 55",
            default: nil, as: "SUPPLIER_SEARCH_SECONDS"
        ) { text throws(SettingFault) in
            guard let seconds = Int(text), (1...55).contains(seconds) else {
                throw SettingFault("“\(text)” will not do: use a whole number from 1 to 55")
            }
            return seconds
        }
    }

    private static func supplierSecret(_ name: String, _ text: String) -> Setting<Secret?> {
        Setting(
            name, text, type: "secret", rule: "as the supplier gave it", default: nil,
            as: "none: the supplier is not asked", isSecret: true
        ) { text throws(SettingFault) in Secret(text) }
    }
}

/// A supplier of flights, as settings name it.
enum SupplierName: String, CaseIterable, Sendable {
    case simulator, registry, duffel, amadeus
}
