import Soroban

/// What another contract may be.
@Contract(errors: TowerError.self)
struct TowerContract {
    @Stored var base: UInt32
    @Stored("hits") var count: UInt32
    @Stored("aim") var aimed: Vec<Value>?

    init() {
        base = 100
        count = 0
    }

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

    /// Says what it calls whenever it is to pay something.
    func aim(target: Address, function: Symbol, arguments: Vec<Value>) {
        aimed = Vec<Value>(
            stored: makeVec(target.value.word, function.value.word, arguments.value.word))
    }

    /// Pays nothing and says that all went well, as a token that means harm: it calls what it aims
    /// at, be it who called it.
    func transfer(from: Address, to: Address, amount: Amount) {
        guard let aimed else { return }
        let answer = Call.tryFunction(Symbol(aimed[1]), of: Address(aimed[0]), aimed[2])
        if answer != nil { count += 1 }
    }

    /// How often such a call came to anything.
    func hits() -> UInt32 { count }

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
