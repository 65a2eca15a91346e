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
@ContractType
struct Airline {
    let metadataHash: BytesN<32>
    let name: HostString
    var owner: Address
    var payout: Address
    var proposedOwner: Address?
    var standing: Standing
}

/// What an airline has put down in a token.
@ContractType
struct Bond {
    var amount: Int128
    /// When what is announced can be withdrawn.
    var availableAt: UInt64
    /// At most the amount.
    var requested: Int128
}

extension AirlineContract {
    /// The airline, as its owner signed.
    func owned(_ code: Symbol) throws(AirlineError) -> Airline {
        let airline = try airline(code: code)
        airline.owner.requireAuthorization()
        return airline
    }

    func change(_ code: Symbol, from: Standing, to: Standing, _ reason: Symbol)
        throws(AirlineError)
    {
        Administered.requireAdmin()
        var airline = try airline(code: code)
        guard airline.standing == from else { throw .wrongStanding }
        airline.standing = to
        airlines[code] = airline
        StandingChanged(code: code, reason: reason, standing: to).emit()
    }
}
