/// What can be charged for, numbered as the ledger numbers it. XDR `ContractCostType`.
public enum CostType: Int, Sendable, Hashable, CaseIterable {
    case wasmInsnExec
    case memAlloc
    case memCpy
    case memCmp
    case dispatchHostFunction
    case visitObject
    case valSer
    case valDeser
    case computeSha256Hash
    case computeEd25519PubKey
    case verifyEd25519Sig
    case vmInstantiation
    case vmCachedInstantiation
    case invokeVmFunction
    case computeKeccak256Hash
    case decodeEcdsaCurve256Sig
    case recoverEcdsaSecp256k1Key
    case int256AddSub
    case int256Mul
    case int256Div
    case int256Pow
    case int256Shift
    case chaCha20DrawBytes
    case parseWasmInstructions
    case parseWasmFunctions
    case parseWasmGlobals
    case parseWasmTableEntries
    case parseWasmTypes
    case parseWasmDataSegments
    case parseWasmElemSegments
    case parseWasmImports
    case parseWasmExports
    case parseWasmDataSegmentBytes
    case instantiateWasmInstructions
    case instantiateWasmFunctions
    case instantiateWasmGlobals
    case instantiateWasmTableEntries
    case instantiateWasmTypes
    case instantiateWasmDataSegments
    case instantiateWasmElemSegments
    case instantiateWasmImports
    case instantiateWasmExports
    case instantiateWasmDataSegmentBytes
    case sec1DecodePointUncompressed
    case verifyEcdsaSecp256r1Sig
    case bls12381EncodeFp
    case bls12381DecodeFp
    case bls12381G1CheckPointOnCurve
    case bls12381G1CheckPointInSubgroup
    case bls12381G2CheckPointOnCurve
    case bls12381G2CheckPointInSubgroup
    case bls12381G1ProjectiveToAffine
    case bls12381G2ProjectiveToAffine
    case bls12381G1Add
    case bls12381G1Mul
    case bls12381G1Msm
    case bls12381MapFpToG1
    case bls12381HashToG1
    case bls12381G2Add
    case bls12381G2Mul
    case bls12381G2Msm
    case bls12381MapFp2ToG2
    case bls12381HashToG2
    case bls12381Pairing
    case bls12381FrFromU256
    case bls12381FrToU256
    case bls12381FrAddSub
    case bls12381FrMul
    case bls12381FrPow
    case bls12381FrInv
    case bn254EncodeFp
    case bn254DecodeFp
    case bn254G1CheckPointOnCurve
    case bn254G2CheckPointOnCurve
    case bn254G2CheckPointInSubgroup
    case bn254G1ProjectiveToAffine
    case bn254G1Add
    case bn254G1Mul
    case bn254Pairing
    case bn254FrFromU256
    case bn254FrToU256
    case bn254FrAddSub
    case bn254FrMul
    case bn254FrPow
    case bn254FrInv
    case bn254G1Msm

    /// The protocol's name, as in `MemAlloc`.
    public var name: String {
        let name = String(describing: self)
        return name.prefix(1).uppercased() + name.dropFirst()
    }

    /// Whether a charge has an input beside the number of times; the others are constant.
    var hasInput: Bool {
        switch self {
        case .memAlloc, .memCpy, .memCmp, .valSer, .valDeser, .computeSha256Hash,
            .computeKeccak256Hash, .verifyEd25519Sig, .vmInstantiation, .vmCachedInstantiation,
            .chaCha20DrawBytes:
            true
        case .parseWasmInstructions, .parseWasmFunctions, .parseWasmGlobals,
            .parseWasmTableEntries, .parseWasmTypes, .parseWasmDataSegments,
            .parseWasmElemSegments, .parseWasmImports, .parseWasmExports,
            .parseWasmDataSegmentBytes:
            true
        case .instantiateWasmFunctions, .instantiateWasmGlobals, .instantiateWasmTableEntries,
            .instantiateWasmDataSegments, .instantiateWasmElemSegments,
            .instantiateWasmImports, .instantiateWasmExports, .instantiateWasmDataSegmentBytes:
            true
        case .bls12381G1Msm, .bls12381G2Msm, .bls12381HashToG1, .bls12381HashToG2,
            .bls12381Pairing, .bls12381FrPow, .bn254Pairing, .bn254FrPow, .bn254G1Msm:
            true
        default: false
        }
    }
}
