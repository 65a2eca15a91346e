// From purchase to the last unit.

extension PlatformModel {
    mutating func book(_ step: PlatformStep) -> Bool {
        let index = Int(step.subject) - 1
        let flight = flights[index]
        let seats = Int128(step.amount)
        guard flight.isOpen, now < flight.departs, !flight.isOver,
            flight.sold + seats <= flight.seats,
            take(
                seats, at: flight.price, from: step.person, flight: index, departs: flight.departs,
                arrives: flight.arrives)
        else { return false }
        flights[index].sold += seats
        return true
    }

    /// Every third quote departs in an hour, in two days, or in ten.
    static func departure(ofQuote number: UInt64, after now: UInt64) -> UInt64 {
        now + [hour, 2 * day, 10 * day][Int(number % 3)]
    }

    mutating func bookQuoted(_ step: PlatformStep) -> Bool {
        let departs = Self.departure(ofQuote: step.subject, after: now)
        guard !usedQuotes.contains(step.subject),
            take(
                Int128(step.amount), at: PlatformWorld.price, from: step.person, flight: nil,
                departs: departs, arrives: departs + Self.hour)
        else { return false }
        usedQuotes.insert(step.subject)
        return true
    }

    private mutating func take(
        _ seats: Int128, at price: Int128, from person: Int, flight: Int?, departs: UInt64,
        arrives: UInt64
    ) -> Bool {
        guard !isPaused, isActive, (1...9).contains(seats), purses[person] >= seats * price,
            !frozen.contains(person)
        else { return false }
        purses[person] -= seats * price
        bookings.append(
            Booking(
                passenger: person, flight: flight, seats: seats, feeBps: feeBps, departs: departs,
                arrives: arrives, deadline: min(now + 2 * Self.hour, departs), price: price))
        return true
    }

    mutating func takeBooking(_ step: PlatformStep) -> Bool {
        let index = Int(step.subject) - 1
        guard bookings.indices.contains(index) else { return false }
        var booking = bookings[index]
        let isTaken =
            switch step.action {
            case .dispute, .respond, .resolve, .resolveExpired: judge(&booking, step)
            case .settle, .settleStale: settle(&booking, isStale: step.action == .settleStale)
            default: change(&booking, step)
            }
        if isTaken { bookings[index] = booking }
        return isTaken
    }

    private mutating func change(_ booking: inout Booking, _ step: PlatformStep) -> Bool {
        switch step.action {
        case .ticket:
            guard booking.state == .paid, now < booking.deadline else { return false }
            booking.state = .ticketed
        case .expire:
            guard booking.state == .paid, now >= booking.deadline else { return false }
            giveBack(&booking, as: .expired)
        case .cancel: return cancel(&booking, Int128(step.amount), by: step.person)
        case .carrierCancel:
            guard booking.isOpen, now < booking.departs else { return false }
            giveBack(&booking, as: .refunded)
        default:
            guard booking.isOpen, let flight = booking.flight, flights[flight].status == 4 else {
                return false
            }
            giveBack(&booking, as: .refunded)
        }
        return true
    }

    private mutating func cancel(
        _ booking: inout Booking, _ seats: Int128, by person: Int
    ) -> Bool {
        guard booking.passenger == person, booking.isOpen, now < booking.departs,
            seats >= 1, seats <= booking.seats
        else { return false }
        let left = booking.departs - now
        let share: Int128 = left >= 7 * Self.day ? 8_000 : left >= Self.day ? 5_000 : 0
        if let flight = booking.flight { flights[flight].sold -= seats }
        pay(seats * booking.price, share: share, of: booking)
        booking.seats -= seats
        if booking.seats == 0 { booking.state = .cancelled }
        return true
    }

    private mutating func settle(_ booking: inout Booking, isStale: Bool) -> Bool {
        let flight = booking.flight.map { flights[$0] }
        guard booking.state == .ticketed else { return false }
        if isStale {
            guard now >= booking.staleAt, flight?.status != 4 else { return false }
        } else {
            guard let flight, flight.status == 3,
                now >= max(flight.time, booking.arrives) + 2 * Self.day
            else { return false }
        }
        pay(booking.amount, share: 0, of: booking)
        booking.state = .settled
        points[booking.passenger].earn(spending: booking.amount, at: now)
        return true
    }

    private mutating func judge(_ booking: inout Booking, _ step: PlatformStep) -> Bool {
        if step.action == .dispute {
            guard booking.passenger == step.person, booking.state == .ticketed,
                now < booking.staleAt
            else { return false }
            booking.state = .disputed
            booking.resolveBy = now + 14 * Self.day
            return true
        }
        guard booking.state == .disputed else { return false }
        let isOver = now >= booking.resolveBy
        switch step.action {
        case .respond:
            guard !isOver, !booking.answered else { return false }
            booking.answered = true
        case .resolve:
            guard !isOver, step.amount <= 10_000 else { return false }
            pay(booking.amount, share: Int128(step.amount), of: booking)
            booking.state = .resolved
        default:
            guard isOver else { return false }
            pay(booking.amount, share: booking.answered ? 5_000 : 10_000, of: booking)
            booking.state = .resolved
        }
        return true
    }

    private mutating func giveBack(_ booking: inout Booking, as state: State) {
        if let flight = booking.flight { flights[flight].sold -= booking.seats }
        pay(booking.amount, to: booking.passenger)
        booking.state = state
    }

    /// The passenger's share is rounded down, the platform's of the rest up.
    private mutating func pay(_ amount: Int128, share: Int128, of booking: Booking) {
        let refund = amount * share / 10_000
        let fee = ((amount - refund) * booking.feeBps + 9_999) / 10_000
        pay(refund, to: booking.passenger)
        pay(fee, to: Self.treasury)
        pay(amount - refund - fee, to: booking.flight == nil ? Self.seller : payout)
    }

    /// Who cannot receive is credited.
    private mutating func pay(_ amount: Int128, to person: Int) {
        if frozen.contains(person) { credits[person] += amount } else { purses[person] += amount }
    }
}
