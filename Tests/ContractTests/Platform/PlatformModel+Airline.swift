// Whose the airline is, and what it sells.

extension PlatformModel {
    /// What a step makes of a fare.
    struct FareChange {
        let price: Int128
        let seats: Int128

        init(_ amount: UInt32) {
            price = PlatformWorld.price - 1_500 + Int128(amount)
            seats = 6 + Int128(amount % 9)
        }
    }

    mutating func runAirline(_ step: PlatformStep) -> Bool {
        let index = Int(step.subject) - 1
        switch step.action {
        case .offer: heir = step.person
        case .accept:
            guard let next = heir else { return false }
            (keeper, heir) = (next, nil)
        case .redirect: payout = step.person
        case .setFare:
            let fare = FareChange(step.amount)
            guard flights[index].isOpen, now < flights[index].departs,
                fare.seats >= flights[index].sold
            else { return false }
            (flights[index].price, flights[index].seats) = (fare.price, fare.seats)
        default:
            guard flights[index].isOpen else { return false }
            flights[index].isOpen = false
        }
        return true
    }
}
