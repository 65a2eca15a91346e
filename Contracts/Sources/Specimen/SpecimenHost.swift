import Soroban

/// What one asks of the ledger.
@Contract
struct SpecimenHost {
    /// The ledger: version, number, time, how far one can extend, network.
    func ledger() -> (UInt32, UInt32, Timepoint, UInt32, BytesN<32>) {
        (Ledger.version, Ledger.sequence, Ledger.now, Ledger.lastPossible, Ledger.network)
    }

    /// Both hashes.
    func hashes(of bytes: Bytes) -> (BytesN<32>, BytesN<32>) {
        (Crypto.sha256(bytes), Crypto.keccak256(bytes))
    }

    /// Ends unless the signature is right.
    func verify(signature: BytesN<64>, message: Bytes, key: BytesN<32>) {
        Crypto.verify(signature, of: message, by: key)
    }

    /// Ends unless the signature is right.
    func verifyPasskey(signature: BytesN<64>, hash: BytesN<32>, key: BytesN<65>) {
        Crypto.verifySecp256r1(signature, of: hash, by: key)
    }

    /// Who signed.
    func recover(signature: BytesN<64>, hash: BytesN<32>, recovery: UInt32) -> BytesN<65> {
        Crypto.recoverSecp256k1(signature, of: hash, recovery: recovery)
    }

    /// What chance gives after a seed.
    func chance(seed: BytesN<32>, list: Vec<UInt32>) -> (Bytes, UInt64, Vec<UInt32>) {
        Chance.reseed(seed)
        return (Chance.bytes(9), Chance.number(in: 10...19), list.shuffled())
    }

    /// An address, as text and back, with what runs there.
    func address(of muxed: MuxedAddress) -> (
        HostString, Address, Executable?, UInt64?, Bool
    ) {
        let address = muxed.address
        log("an address", address.value)
        return (
            address.text, Address(address.text), address.executable,
            muxed.id.map { UInt64($0.value) }, MuxedAddress(address) == muxed
        )
    }
}
