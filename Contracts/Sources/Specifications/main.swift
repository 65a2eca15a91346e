import Soroban

@testable import Booking
@testable import Token

// Prints the interface of each contract: its name, and the section `contractspecv0` in hexadecimal.

let contracts: [(String, any ContractDefinition.Type)] = [
    ("Token", TokenContract.self), ("Booking", BookingContract.self),
]

for (name, contract) in contracts {
    let digits = contract.specification.bytes.map { byte in
        let digits = String(byte, radix: 16)
        return byte < 16 ? "0" + digits : digits
    }
    print(name, digits.joined())
}
