/// Makes contracts. Where they are follows from who makes them and from a salt, and so is known
/// before.
@frozen public struct Deployer {
    /// Who makes them, and must agree to it.
    public let address: Address

    /// Contracts that `address` makes.
    @inline(__always) public init(_ address: Address) { self.address = address }

    /// Contracts that this one makes; it need not agree.
    @inline(__always) public static var current: Deployer { Deployer(CurrentContract.address) }

    /// Where the contract with this salt is or will be.
    @inline(__always) public func contract(salt: BytesN<32>) -> Address {
        Address(stored: Value(word: hostGetContractId(address.value.word, salt.value.word)))
    }

    /// Makes a contract of code that is on the ledger and whose constructor takes nothing.
    @inline(__always)
    @discardableResult
    public func create(_ wasmHash: BytesN<32>, salt: BytesN<32>) -> Address {
        Address(
            stored: Value(
                word: hostCreateContract(
                    address.value.word, wasmHash.value.word, salt.value.word)))
    }

    /// Makes a contract of code that is on the ledger. The constructor gets `arguments`, a list:
    /// that of a `Tuple2`, say.
    @inline(__always)
    @discardableResult
    public func create(
        _ wasmHash: BytesN<32>, salt: BytesN<32>, arguments: some ContractValue
    ) -> Address {
        Address(
            stored: Value(
                word: hostCreateContractWithConstructor(
                    address.value.word, wasmHash.value.word, salt.value.word,
                    arguments.value.word)))
    }

    /// Puts code on the ledger.
    @inline(__always)
    @discardableResult
    public static func upload(_ wasm: Bytes) -> BytesN<32> {
        BytesN(stored: Value(word: hostUploadWasm(wasm.value.word)))
    }

    /// Makes the contract of a Stellar asset, which is given as XDR.
    @inline(__always)
    @discardableResult
    public static func createAssetContract(_ asset: Bytes) -> Address {
        Address(stored: Value(word: hostCreateAssetContract(asset.value.word)))
    }

    /// Where the contract of a Stellar asset is or will be.
    @inline(__always) public static func assetContract(_ asset: Bytes) -> Address {
        Address(stored: Value(word: hostGetAssetContractId(asset.value.word)))
    }
}
