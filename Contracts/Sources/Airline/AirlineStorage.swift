import Common
import Soroban

/// Whether an airline may sell.
@ContractType
enum Standing: UInt32 {
    case pending = 0
    case active = 1
    case suspended = 2
}

/// An airline.
@ContractType(.kept)
struct Airline {
    var metadataHash: BytesN<32>
    var name: HostString
    var owner: Address
    var payout: Address
    var proposedOwner: Address?
    var standing: Standing
}

/// What an airline has put down in a token.
@ContractType(.kept)
struct Bond {
    var amount: Amount
    /// When what is announced can be withdrawn.
    var availableAt: UInt64
    /// At most the amount.
    var requested: Amount
}

extension AirlineContract {
    /// The airline, as its owner signed.
    func owned(_ code: Symbol) -> Airline {
        let airline = airline(code: code)
        airline.owner.requireAuthorization()
        return airline
    }

    func change(_ code: Symbol, from: Standing, to: Standing, _ reason: Symbol) {
        Administered.requireAdmin()
        var airline = airline(code: code)
        guard airline.standing == from else { fail(.wrongStanding) }
        airline.standing = to
        airlines[code] = airline
        StandingChanged(code: code, reason: reason, standing: to).emit()
    }
}
