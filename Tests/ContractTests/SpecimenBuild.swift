import Cryptography
import SorobanHost
import SorobanNative
import StellarXDR

@testable import Coin
@testable import Specimen
@testable import Tower

extension ContractBuild {
    /// What the tests of the SDK call.
    static var specimens: [(Hash, NativeCode)] {
        [
            (SpecimenWasm.base64, NativeCode(Specimen.SpecimenContract.self)),
            (TowerWasm.base64, NativeCode(Tower.TowerContract.self)),
            (CoinWasm.base64, NativeCode(Coin.CoinContract.self)),
        ].compactMap { base64, code in
            (try? Hash(SHA256.hash(SpecimenWorld.wasm(base64)))).map { ($0, code) }
        }
    }
}
