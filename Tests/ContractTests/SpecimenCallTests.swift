import Cryptography
import SorobanHost
import Stellar
import StellarXDR
import Testing

/// Contracts that make, call and catch others, and agree to what these do.
@Suite(.builds()) struct SpecimenCallTests {
    private let specimen: SpecimenWorld
    private let towerWasm = SpecimenWorld.wasm(TowerWasm.base64)

    init() throws { specimen = try SpecimenWorld() }

    private func salt(_ byte: UInt8) throws -> Hash { try Hash(Array(repeating: byte, count: 32)) }

    private func place(of salt: Hash, by deployer: SCAddress) throws -> SCAddress {
        .contract(
            try ContractWorld.network.contractID(deployer: deployer, salt: Uint256(salt.bytes)))
    }

    private func height(of tower: SCAddress) throws -> UInt32 {
        let client = TowerContract(try SpecimenWorld.id(of: tower))
        return try specimen.answer(client.height(above: 0))
    }

    @Test func `a contract puts code on the ledger and makes contracts of it`() throws {
        let client = specimen.client
        let hash = try specimen.answer(client.upload(wasm: SCBytes(towerWasm)))
        #expect(hash.bytes == SHA256.hash(towerWasm))
        let (foretold, made) = try specimen.answer(
            client.make(wasmHash: hash, salt: salt(1))
        ).elements
        #expect(foretold == made)
        #expect(try made == place(of: salt(1), by: specimen.address))
        #expect(try height(of: made) == 100)
        #expect(
            try specimen.error(client.make(wasmHash: hash, salt: salt(1)))
                == "Error(Storage, ExistingValue)")
    }

    @Test func `a contract is made with arguments for its constructor`() throws {
        let hash = try Hash(SHA256.hash(SpecimenWorld.wasm(SpecimenWasm.base64)))
        let origin = SpecimenWorld.Point(value0: 1, value1: 2)
        let made = try specimen.answer(
            specimen.client.makeFor(
                owner: specimen.address, wasmHash: hash, salt: salt(2), origin: origin,
                pair: ContractTuple(3, "four")))
        #expect(try made == place(of: salt(2), by: specimen.address))
        let other = SpecimenContract(try SpecimenWorld.id(of: made))
        let begin = try specimen.answer(other.begin())
        #expect(begin == ContractTuple(origin, ContractTuple(3, "four")))
        // Without arguments the constructor cannot run.
        let plain = specimen.client.make(wasmHash: hash, salt: try salt(3))
        #expect(try specimen.error(plain).hasPrefix("Error("))
    }

    @Test func `another contract makes one in the name of this, which agreed to it`() throws {
        let other = try specimen.another(salt: 5)
        let hash = try Hash(SHA256.hash(SpecimenWorld.wasm(SpecimenWasm.base64)))
        let made = try specimen.answer(
            specimen.client.makeThrough(
                other: other, wasmHash: hash, salt: salt(4), origin: SpecimenWorld.origin,
                pair: SpecimenWorld.pair))
        #expect(try made == place(of: salt(4), by: specimen.address))
        let tower = try Hash(specimen.world.upload(towerWasm).bytes)
        let plain = try specimen.answer(
            specimen.client.makePlainThrough(other: other, wasmHash: tower, salt: salt(5)))
        #expect(try plain == place(of: salt(5), by: specimen.address))
        // Nobody agreed to this one.
        let disowned = SpecimenContract(try SpecimenWorld.id(of: other))
            .makePlain(owner: specimen.address, wasmHash: tower, salt: try salt(6))
        #expect(try specimen.error(disowned) == "Error(Auth, InvalidAction)")
    }

    @Test func `the contract of an asset is where it was to be`() throws {
        let asset = Asset.native
        let (foretold, made) = try specimen.answer(
            specimen.client.makeAsset(asset: SCBytes(try asset.xdr()))
        ).elements
        #expect(foretold == made)
        #expect(made == .contract(try ContractWorld.network.contractID(of: asset)))
    }

    @Test func `a contract becomes another from the next call on`() throws {
        let hash = try Hash(specimen.world.upload(towerWasm).bytes)
        _ = try specimen.answer(specimen.client.become(wasmHash: hash))
        let tower = TowerContract(try SpecimenWorld.id(of: specimen.address))
        let place = try specimen.answer(tower.place(of: .inside(9))).elements
        #expect(place.0 == -7 && place.1 == .inside(9))
        #expect(throws: HostError.self) { try specimen.answer(specimen.client.begin()) }
    }

    @Test func `a call is made, tried and caught`() throws {
        let tower = try specimen.tower()
        let client = specimen.client
        #expect(
            try specimen.answer(client.heights(tower: tower, level: 40))
                == ContractTuple(60, 60, 60))
        #expect(try specimen.error(client.heights(tower: tower, level: 101)) == "#7")
        #expect(
            try specimen.answer(client.failure(tower: tower, level: 101))
                == ContractTuple(7, true, .contract(7)))
        #expect(
            try specimen.answer(client.failure(tower: tower, level: 1))
                == ContractTuple(nil, false, nil))
        #expect(
            try specimen.answer(client.fallen(tower: tower))
                == ContractTuple(false, nil, .context(.invalidAction)))
        for corner in [SpecimenContract.Corner.north, .inside(3)] {
            #expect(
                try specimen.answer(client.place(tower: tower, corner: corner))
                    == ContractTuple(-7, corner))
        }
    }

    @Test func `what a contract calls needs no consent, and what that calls does`() throws {
        let (tower, other) = (try specimen.tower(), try specimen.another(salt: 6))
        _ = try specimen.answer(specimen.client.build(tower: tower, by: 1))
        #expect(try height(of: tower) == 101)
        let unasked = specimen.client.buildThrough(
            other: other, tower: tower, by: 2, agrees: false)
        #expect(try specimen.error(unasked) == "Error(Auth, InvalidAction)")
        _ = try specimen.answer(
            specimen.client.buildThrough(other: other, tower: tower, by: 2, agrees: true))
        #expect(try height(of: tower) == 103)
    }
}
