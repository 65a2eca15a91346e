/// What the contracts should do, in plain Swift: who has how much, which seats are sold, and where
/// each booking stands. It shares no code with them.
struct PlatformModel {
    private typealias World = PlatformWorld

    struct Booking {
        var passenger: Int
        var flight: Int
        var seats: Int128
        var feeBps: Int128
        var deadline: UInt64
        var state = State.paid
        var answered = false
        var resolveBy: UInt64 = 0

        var amount: Int128 { seats * PlatformWorld.price }
        var isOpen: Bool { state == .paid || state == .ticketed }
    }

    enum State: UInt32 {
        case paid, ticketed, expired, cancelled, refunded, settled, disputed, resolved
    }

    struct Flight {
        var departs: UInt64
        var arrives: UInt64
        var sold: Int128 = 0
        var status: UInt32 = 0
        var time: UInt64 = 0

        var isOver: Bool { status >= 3 }
    }

    var now: UInt64
    var flights: [Flight]
    var bookings: [Booking] = []
    var passengers = [PlatformWorld.balance, PlatformWorld.balance]
    var carrier = PlatformWorld.balance
    var treasury: Int128 = 0
    var feeBps: Int128 = 250
    var isPaused = false
    var isActive = true

    static let seats: Int128 = 10
    private static let (day, hour) = (PlatformWorld.day, PlatformWorld.hour)

    /// What open bookings hold.
    var escrowed: Int128 {
        bookings.filter { $0.isOpen || $0.state == .disputed }.reduce(0) { $0 + $1.amount }
    }

    /// Whether the contracts should take the step; if so, it is done here. What somebody reports
    /// of a flight is not foretold.
    mutating func take(_ step: PlatformStep) -> Bool {
        switch step.action {
        case .book: return book(step)
        case .suspend: return change(&isActive, to: false)
        case .reinstate: return change(&isActive, to: true)
        case .pause: isPaused = true
        case .unpause: isPaused = false
        case .fee:
            guard step.amount <= 1_000 else { return false }
            feeBps = Int128(step.amount)
        case .wait: now += UInt64(step.amount)
        case .report: break
        default: return takeBooking(step)
        }
        return true
    }

    private func change(_ flag: inout Bool, to value: Bool) -> Bool {
        guard flag != value else { return false }
        flag = value
        return true
    }

    private mutating func book(_ step: PlatformStep) -> Bool {
        let seats = Int128(step.amount)
        let index = Int(step.subject) - 1
        let flight = flights[index]
        guard !isPaused, isActive, (1...9).contains(seats), now < flight.departs, !flight.isOver,
            flight.sold + seats <= Self.seats,
            passengers[step.person] >= seats * PlatformWorld.price
        else { return false }
        flights[index].sold += seats
        passengers[step.person] -= seats * PlatformWorld.price
        bookings.append(
            Booking(
                passenger: step.person, flight: index, seats: seats, feeBps: feeBps,
                deadline: min(now + 2 * Self.hour, flight.departs)))
        return true
    }

    private mutating func takeBooking(_ step: PlatformStep) -> Bool {
        let index = Int(step.subject) - 1
        guard bookings.indices.contains(index) else { return false }
        var booking = bookings[index]
        let flight = flights[booking.flight]
        let staleAt = flight.arrives + 10 * Self.day
        let isHis = booking.passenger == step.person
        switch step.action {
        case .ticket:
            guard booking.state == .paid, now < booking.deadline else { return false }
            booking.state = .ticketed
        case .expire:
            guard booking.state == .paid, now >= booking.deadline else { return false }
            giveBack(&booking, as: .expired)
        case .cancel:
            let seats = Int128(step.amount)
            guard isHis, booking.isOpen, now < flight.departs, (1...booking.seats).contains(seats)
            else { return false }
            let left = flight.departs - now
            let share: Int128 = left >= 7 * Self.day ? 8_000 : left >= Self.day ? 5_000 : 0
            flights[booking.flight].sold -= seats
            pay(seats * PlatformWorld.price, share: share, of: booking)
            booking.seats -= seats
            if booking.seats == 0 { booking.state = .cancelled }
        case .carrierCancel:
            guard booking.isOpen, now < flight.departs else { return false }
            giveBack(&booking, as: .refunded)
        case .refundCancelled:
            guard booking.isOpen, flight.status == 4 else { return false }
            giveBack(&booking, as: .refunded)
        case .settle:
            let arrival = max(flight.time, flight.arrives)
            guard booking.state == .ticketed, flight.status == 3, now >= arrival + 2 * Self.day
            else { return false }
            pay(booking.amount, share: 0, of: booking)
            booking.state = .settled
        case .settleStale:
            guard booking.state == .ticketed, now >= staleAt, flight.status != 4 else {
                return false
            }
            pay(booking.amount, share: 0, of: booking)
            booking.state = .settled
        case .dispute:
            guard isHis, booking.state == .ticketed, now < staleAt else { return false }
            booking.state = .disputed
            booking.resolveBy = now + 14 * Self.day
        case .respond:
            guard booking.state == .disputed, now < booking.resolveBy, !booking.answered else {
                return false
            }
            booking.answered = true
        case .resolve:
            guard booking.state == .disputed, now < booking.resolveBy, step.amount <= 10_000 else {
                return false
            }
            pay(booking.amount, share: Int128(step.amount), of: booking)
            booking.state = .resolved
        case .resolveExpired:
            guard booking.state == .disputed, now >= booking.resolveBy else { return false }
            pay(booking.amount, share: booking.answered ? 5_000 : 10_000, of: booking)
            booking.state = .resolved
        default: return false
        }
        bookings[index] = booking
        return true
    }

    private mutating func giveBack(_ booking: inout Booking, as state: State) {
        flights[booking.flight].sold -= booking.seats
        passengers[booking.passenger] += booking.amount
        booking.state = state
    }

    /// The passenger's share is rounded down, the platform's of the rest up.
    private mutating func pay(_ amount: Int128, share: Int128, of booking: Booking) {
        let refund = amount * share / 10_000
        let fee = ((amount - refund) * booking.feeBps + 9_999) / 10_000
        passengers[booking.passenger] += refund
        treasury += fee
        carrier += amount - refund - fee
    }
}
