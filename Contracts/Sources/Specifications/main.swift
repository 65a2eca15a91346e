import Soroban

// Prints the interface of each contract: its name, and the section `contractspecv0` in hexadecimal,
// thrice: with all documentation, with first sentences, with none.

#if canImport(Airline)
    @testable import Airline
#endif
#if canImport(Booking)
    @testable import Booking
#endif
#if canImport(Coin)
    @testable import Coin
#endif
#if canImport(FlightRegistry)
    @testable import FlightRegistry
#endif
#if canImport(Governance)
    @testable import Governance
#endif
#if canImport(Loyalty)
    @testable import Loyalty
#endif
#if canImport(Refund)
    @testable import Refund
#endif
#if canImport(Specimen)
    @testable import Specimen
#endif
#if canImport(Token)
    @testable import Token
#endif
#if canImport(Tower)
    @testable import Tower
#endif

var contracts: [(String, any ContractDefinition.Type)] = []
#if canImport(Token)
    contracts.append(("Token", TokenContract.self))
#endif
#if canImport(Airline)
    contracts.append(("Airline", AirlineContract.self))
#endif
#if canImport(FlightRegistry)
    contracts.append(("FlightRegistry", FlightRegistryContract.self))
#endif
#if canImport(Booking)
    contracts.append(("Booking", BookingContract.self))
#endif
#if canImport(Refund)
    contracts.append(("Refund", RefundContract.self))
#endif
#if canImport(Loyalty)
    contracts.append(("Loyalty", LoyaltyContract.self))
#endif
#if canImport(Governance)
    contracts.append(("Governance", GovernanceContract.self))
#endif
#if canImport(Specimen)
    contracts.append(("Specimen", SpecimenContract.self))
#endif
#if canImport(Tower)
    contracts.append(("Tower", TowerContract.self))
#endif
#if canImport(Coin)
    contracts.append(("Coin", CoinContract.self))
#endif

for (name, contract) in contracts {
    let sections = DocumentationLevel.allCases.map { level in
        contract.specification(level).bytes.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
    print(name, sections.joined(separator: " "))
}
