import Soroban

/// What another contract may be.
@Contract(errors: TowerError.self)
struct TowerContract {
    @Stored var base: UInt32

    init() { base = 100 }

    /// How high it is, counted from `level`.
    func height(above level: UInt32) -> UInt32 {
        guard level <= base else { fail(.tooHigh) }
        return base - level
    }

    /// Where it stands, and which of the four it is.
    func place(of corner: TowerCorner) -> (Int32, TowerCorner) { (-7, corner) }

    /// Builds on: signed by the owner.
    func build(owner: Address, by levels: UInt32) {
        owner.requireAuthorization()
        base += levels
    }

    /// Calls something through others like itself, as many as are in the chain.
    func pass(
        chain: Vec<Address>, target: Address, function: Symbol, arguments: Vec<Value>
    ) -> Value {
        guard let next = chain.first else {
            return Call.function(function, of: target, arguments.value)
        }
        return Call.function(
            #symbol("pass"), of: next,
            makeVec(
                chain[1..<chain.count].value.word, target.value.word, function.value.word,
                arguments.value.word))
    }

    /// Divides by nothing.
    func fall() { base = base / (base - base) }
}

/// Why a tower fails.
@ContractError
enum TowerError: UInt32 {
    /// There is nothing above.
    case tooHigh = 7
}

/// A corner of a tower, or a place in it.
@ContractType
enum TowerCorner {
    /// To the north.
    case north
    /// Inside, so high.
    case inside(level: UInt32)
}
