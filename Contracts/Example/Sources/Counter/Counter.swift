import Soroban

/// Counts for everybody, each for themselves, as far as a limit.
@Contract(errors: CounterError.self, events: Counted.self)
struct CounterContract {
    @Stored var limit: UInt32
    @Stored(.persistent) var counts: Table<Address, UInt32>

    /// The limit holds for all, and for good.
    init(limit: UInt32) {
        self.limit = limit
    }

    /// Counts one further for a person, who must have signed. Returns how far that is.
    func increment(person: Address) -> UInt32 {
        person.requireAuthorization()
        let count = (counts[person] ?? 0) + 1
        guard count <= limit else { fail(.limitReached) }
        counts[person] = count
        Counted(person: person, count: count).emit()
        return count
    }

    /// How far a person has counted.
    func count(person: Address) -> UInt32 {
        counts[person] ?? 0
    }
}

@ContractError
enum CounterError: UInt32 {
    /// This person has counted as far as it goes.
    case limitReached = 1
}

@ContractEvent
struct Counted {
    @Topic let person: Address
    let count: UInt32
}
