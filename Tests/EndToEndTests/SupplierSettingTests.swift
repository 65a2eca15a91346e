import FlightSupply
import Stellar
import Telemetry
import Testing
import TraqoraServer

@testable import traqora

/// Which suppliers are asked, as settings say it.
@Suite struct SupplierSettingTests {
    private func faults(_ values: [String: String]) -> [String] {
        do {
            _ = try Settings(values)
            return []
        } catch {
            return error.faults.map(\.name).sorted()
        }
    }

    @Test func `a key turns a supplier on, with its time`() throws {
        let settings = try Settings([
            "DUFFEL_ACCESS_TOKEN": "duffel_test_x", "DUFFEL_BASE_URL": "http://127.0.0.1:9/",
            "SUPPLIER_SEARCH_SECONDS": "7", "AMADEUS_CLIENT_ID": "name",
            "AMADEUS_CLIENT_SECRET": "amadeus_key", "AMADEUS_SEARCH_SECONDS": "9",
        ])
        let suppliers = settings.suppliers.settings(on: settings.network)
        #expect(suppliers.hasSimulator && suppliers.hasRegistry)
        #expect(suppliers.duffel?.baseURL == "http://127.0.0.1:9")
        #expect(suppliers.duffel?.accessToken.reveal() == "duffel_test_x")
        #expect(suppliers.searchTimesMax == ["duffel": .seconds(7), "amadeus": .seconds(9)])
        #expect(suppliers.amadeus?.clientSecret.reveal() == "amadeus_key")
        #expect("\(suppliers)".contains("amadeus_key") == false)
        #expect("\(suppliers)".contains("duffel_test_x") == false)
        #expect(try Settings([:]).suppliers.settings(on: .standalone).duffel == nil)
    }

    @Test func `SUPPLIERS has the last word`() throws {
        let settings = try Settings([
            "SUPPLIERS": "duffel", "DUFFEL_ACCESS_TOKEN": "x", "DUFFEL_SEARCH_SECONDS": "3",
        ])
        let suppliers = settings.suppliers.settings(on: settings.network)
        #expect(!suppliers.hasSimulator && !suppliers.hasRegistry)
        #expect(suppliers.searchTimesMax == ["duffel": .seconds(3)])
        let off = try Settings(["SUPPLIERS": "simulator", "DUFFEL_ACCESS_TOKEN": "x"])
        #expect(off.suppliers.settings(on: .standalone).duffel == nil)
        #expect(try Settings([:]).suppliers.settings(on: .public).hasSimulator == false)
    }

    @Test(
        arguments: [
            (["SUPPLIERS": "sabre"], "SUPPLIERS"),
            (["SUPPLIERS": "duffel"], "DUFFEL_ACCESS_TOKEN"),
            (["SUPPLIERS": "amadeus"], "AMADEUS_CLIENT_ID"),
            (["AMADEUS_CLIENT_SECRET": "x"], "AMADEUS_CLIENT_SECRET"),
            (["DUFFEL_SEARCH_SECONDS": "0"], "DUFFEL_SEARCH_SECONDS"),
            (["SUPPLIER_SEARCH_SECONDS": "56"], "SUPPLIER_SEARCH_SECONDS"),
            (["DUFFEL_BASE_URL": "duffel.com"], "DUFFEL_BASE_URL"),
        ] as [([String: String], String)])
    func `what cannot be is told`(values: [String: String], name: String) {
        #expect(faults(values) == [name])
    }

    @Test func `production sends no key over an open line, and sells no made-up flights`() throws {
        var values = try SettingsTests.production()
        values["DUFFEL_BASE_URL"] = "http://api.duffel.com"
        #expect(faults(values) == ["DUFFEL_BASE_URL"])
        values = try SettingsTests.production()
        values["STELLAR_NETWORK"] = "public"
        values["SUPPLIERS"] = "simulator"
        #expect(faults(values) == ["SUPPLIERS"])
    }
}
