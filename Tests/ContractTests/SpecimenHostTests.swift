import Cryptography
import SorobanHost
import Stellar
import StellarXDR
import Testing

/// Ledger, hashes, signatures, chance and addresses.
@Suite(.builds()) struct SpecimenHostTests {
    private let specimen: SpecimenWorld

    init() throws { specimen = try SpecimenWorld() }

    @Test func `the ledger is the one that the call becomes part of`() throws {
        let ledger = specimen.world.ledger
        let found = try specimen.answer(specimen.client.ledger()).elements
        #expect(found.0 == ledger.protocolVersion && found.1 == ledger.sequence)
        #expect(found.2.seconds == ledger.timestamp)
        #expect(found.3 == ledger.sequence + ledger.maxEntryTTL - 1)
        #expect(found.4.bytes == ledger.networkID)
    }

    @Test func `both hashes are those of this machine`() throws {
        let message = Array("traqora".utf8)
        let found = try specimen.answer(specimen.client.hashes(of: SCBytes(message))).elements
        #expect(found.0.bytes == SHA256.hash(message))
        #expect(found.1.bytes == Keccak256.hash(message))
    }

    @Test func `an Ed25519 signature ends the call unless it is right`() throws {
        let key = try Person("alice").key
        let message = Array("traqora".utf8)
        let signature = try ContractBytes<64>(key.sign(message))
        func call(_ message: [UInt8]) throws -> ContractCall<NoValue> {
            specimen.client.verify(
                signature: signature, message: SCBytes(message), key: try Hash(key.publicKey.bytes))
        }
        _ = try specimen.answer(call(message))
        #expect(try specimen.error(call(message + [0])) == "Error(Crypto, InvalidInput)")
    }

    // The values of `ECDSATests`: computed from the curves' equations.
    private static let digest = "3d3d5b47119a47d6b60dd7e8152a5d170af0f07bcbe00384a716b89cec8f7351"
    private static let k1Key =
        "04df42306e8672b7812987479140df7e71f8af65e58fb17909d9787a3351a89377"
        + "159c8cad9ad22a85306901958c642356c5574e4c0f248796e964a30ad9716555"
    private static let k1Signature =
        "17f53289eac961e5adc858d3ca50dab056ddca7a1a906c0815a0369312d1aa49"
        + "29d7f4c8c4653659a20b74a7d514800dcbc21ccc5ece0484a5b4e3be280d46e7"
    private static let r1Key =
        "0426abe153a1c57db42a9c2fe307216c832a4bdede50fe230b7917a22f4fb66d74"
        + "fad850bbf9e99fa1a0e395432e1116b9ed7979e7448d03ba28d2c7d5e79db29b"
    private static let r1Signature =
        "03b163f70c355463a1e7befbe3cce8bfc49d4b8e45da209515ebe300472c59f9"
        + "41601245ab0096e8b160d237a4258a2f438aca975284aaf1338b1b3bed75f968"

    @Test func `the signer on secp256k1 is recovered`() throws {
        func call(_ recovery: UInt32) throws -> ContractCall<ContractBytes<65>> {
            specimen.client.recover(
                signature: try ContractBytes(unhex(Self.k1Signature)),
                hash: try Hash(unhex(Self.digest)), recovery: recovery)
        }
        #expect(try specimen.answer(call(0)).bytes == unhex(Self.k1Key))
        #expect(try specimen.answer(call(1)).bytes != unhex(Self.k1Key))
        #expect(try specimen.error(call(4)).hasPrefix("Error(Crypto"))
    }

    @Test func `a passkey's signature ends the call unless it is right`() throws {
        func call(_ hash: [UInt8]) throws -> ContractCall<NoValue> {
            specimen.client.verifyPasskey(
                signature: try ContractBytes(unhex(Self.r1Signature)), hash: try Hash(hash),
                key: try ContractBytes(unhex(Self.r1Key)))
        }
        _ = try specimen.answer(call(unhex(Self.digest)))
        #expect(try specimen.error(call(SHA256.hash([]))) == "Error(Crypto, InvalidInput)")
    }

    @Test func `chance is the same after the same seed, and another after another`() throws {
        let list = Array(UInt32(0)..<20)
        func chance(_ byte: UInt8) throws -> ContractTuple<SCBytes, UInt64, [UInt32]> {
            let seed = try Hash(Array(repeating: byte, count: 32))
            return try specimen.answer(specimen.client.chance(seed: seed, list: list))
        }
        let first = try chance(1)
        #expect(try chance(1) == first)
        #expect(try chance(2) != first)
        #expect(first.elements.0.bytes.count == 9 && (10...19).contains(first.elements.1))
        #expect(first.elements.2 != list && first.elements.2.sorted() == list)
    }

    @Test func `an address has a text, a number and something that runs there`() throws {
        let alice = try Person("alice")
        guard case .account(.ed25519(let key)) = alice.address else {
            Issue.record("Alice is no account.")
            return
        }
        let muxed = SCAddress.muxedAccount(MuxedEd25519Account(id: .max, ed25519: key))
        let account = try specimen.answer(specimen.client.address(of: muxed)).elements
        #expect(account.0 == alice.key.accountID.description && account.1 == alice.address)
        #expect(account.2 == nil && account.3 == .max && !account.4)
        try specimen.world.add(alice)
        #expect(
            try specimen.answer(specimen.client.address(of: alice.address)).elements.2 == .account)
        let contract = try specimen.answer(
            specimen.client.address(of: specimen.address)
        ).elements
        let hash = try Hash(SHA256.hash(SpecimenWorld.wasm(SpecimenWasm.base64)))
        #expect(contract.2 == .wasm(hash) && contract.3 == nil && contract.4)
    }
}
