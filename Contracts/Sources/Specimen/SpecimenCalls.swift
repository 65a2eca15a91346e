import Soroban

/// What a tower can do.
@ContractClient
protocol Spire {
    func height(above level: UInt32) -> UInt32
    func place(of corner: Corner) -> (Int32, Corner)
    func build(owner: Address, by levels: UInt32)
    func fall()
}

/// A corner of a tower, or a place in it.
@ContractType
enum Corner {
    /// To the north.
    case north
    /// Inside, so high.
    case inside(level: UInt32)
}

/// Why a tower fails.
@ContractError
enum TowerFault: UInt32 {
    case tooHigh = 7
}

/// Other contracts: made, called, and agreed to.
@Contract
struct SpecimenCalls {
    /// Puts code on the ledger.
    func upload(wasm: Bytes) -> BytesN<32> { Deployer.upload(wasm) }

    /// Makes a contract without arguments: where it was to be, and where it is.
    func make(wasmHash: BytesN<32>, salt: BytesN<32>) -> (Address, Address) {
        let place = Deployer.current.contract(salt: salt)
        return (place, Deployer.current.create(wasmHash, salt: salt))
    }

    /// Makes another of these for somebody, who agrees.
    func makeFor(
        owner: Address, wasmHash: BytesN<32>, salt: BytesN<32>, origin: Point,
        pair: (UInt32, Symbol)
    ) -> Address {
        Deployer(owner).create(
            wasmHash, salt: salt, arguments: Tuple2(origin, Tuple2(elements: pair)))
    }

    /// Makes the contract of an asset: where it was to be, and where it is.
    func makeAsset(asset: Bytes) -> (Address, Address) {
        (Deployer.assetContract(asset), Deployer.createAssetContract(asset))
    }

    /// Becomes something else.
    func become(wasmHash: BytesN<32>) { CurrentContract.replaceCode(with: wasmHash) }

    /// A call that must succeed, and the same tried and caught.
    func heights(tower: Address, level: UInt32) -> (UInt32, UInt32?, UInt32?) {
        let tower = SpireClient(tower)
        return (
            tower.height(above: level), tower.tryHeight(above: level),
            tower.catchHeight(above: level).success
        )
    }

    /// How a call failed: its number, whether it is the one that is known, and as it is.
    func failure(tower: Address, level: UInt32) -> (UInt32?, Bool, Failure?) {
        switch SpireClient(tower).catchHeight(above: level) {
        case .success: (nil, false, nil)
        case .failure(let failure): (failure.code, failure.is(TowerFault.tooHigh), failure)
        }
    }

    /// How a fall is caught: whether it did not fail, its number, and as it is.
    func fallen(tower: Address) -> (Bool, UInt32?, Failure?) {
        let tower = SpireClient(tower)
        let hasFallen = tower.tryFall()
        switch tower.catchFall() {
        case .success: return (hasFallen, nil, nil)
        case .failure(let failure): return (hasFallen, failure.code, failure)
        }
    }

    /// A tuple and a union of another contract.
    func place(tower: Address, corner: Corner) -> (Int32, Corner) {
        SpireClient(tower).place(of: corner)
    }

    /// Builds a tower of its own.
    func build(tower: Address, by levels: UInt32) {
        SpireClient(tower).build(owner: CurrentContract.address, by: levels)
    }

    /// Lets another of these build, which is agreed to in advance if one `agrees`.
    func buildThrough(other: Address, tower: Address, by levels: UInt32, agrees: Bool) {
        let arguments = Tuple2(CurrentContract.address, levels).value
        if agrees {
            CurrentContract.authorize(Vec([.call(#symbol("build"), of: tower, arguments)]))
        }
        let call = Tuple3(tower, CurrentContract.address, levels).value
        _ = Call.function(Symbol(long: "build_for_owner"), of: other, call)
    }

    /// Builds for somebody.
    func buildForOwner(tower: Address, owner: Address, by levels: UInt32) {
        SpireClient(tower).build(owner: owner, by: levels)
    }

    /// Lets another of these make a contract in the name of this one, without arguments or with.
    func makeThrough(
        other: Address, wasmHash: BytesN<32>, salt: BytesN<32>, origin: Point,
        pair: (UInt32, Symbol)
    ) -> Address {
        let arguments = Tuple2(origin, Tuple2(elements: pair)).value
        let creation = Authorization.creation(of: wasmHash, salt: salt, arguments: arguments)
        CurrentContract.authorize(Vec([creation]))
        let call = Tuple5(
            CurrentContract.address, wasmHash, salt, origin, Tuple2(elements: pair)
        ).value
        return Address(Call.function(#symbol("make_for"), of: other, call))
    }

    /// Makes a contract without arguments for somebody, who agrees.
    func makePlain(owner: Address, wasmHash: BytesN<32>, salt: BytesN<32>) -> Address {
        Deployer(owner).create(wasmHash, salt: salt)
    }

    /// The same through another of these.
    func makePlainThrough(other: Address, wasmHash: BytesN<32>, salt: BytesN<32>) -> Address {
        CurrentContract.authorize(Vec([.creation(of: wasmHash, salt: salt)]))
        let call = Tuple3(CurrentContract.address, wasmHash, salt).value
        return Address(Call.function(Symbol(long: "make_plain"), of: other, call))
    }
}
