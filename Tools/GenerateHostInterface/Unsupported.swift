/// The host functions that this host does not have yet. Calling one stops the invocation and says
/// which it was; it is never answered wrongly.
enum Unsupported {
    static let names: Set<String> = Set(curves + lattices)

    private static let curves = [
        "bls12_381_check_g1_is_in_subgroup",
        "bls12_381_g1_add",
        "bls12_381_g1_mul",
        "bls12_381_g1_msm",
        "bls12_381_map_fp_to_g1",
        "bls12_381_hash_to_g1",
        "bls12_381_check_g2_is_in_subgroup",
        "bls12_381_g2_add",
        "bls12_381_g2_mul",
        "bls12_381_g2_msm",
        "bls12_381_map_fp2_to_g2",
        "bls12_381_hash_to_g2",
        "bls12_381_multi_pairing_check",
        "bls12_381_fr_add",
        "bls12_381_fr_sub",
        "bls12_381_fr_mul",
        "bls12_381_fr_pow",
        "bls12_381_fr_inv",
        "bn254_g1_add",
        "bn254_g1_mul",
        "bn254_multi_pairing_check",
        "poseidon_permutation",
        "poseidon2_permutation",
        "bn254_g1_msm",
        "bn254_fr_add",
        "bn254_fr_sub",
        "bn254_fr_mul",
        "bn254_fr_pow",
        "bn254_fr_inv",
        "bls12_381_g1_is_on_curve",
        "bls12_381_g2_is_on_curve",
        "bn254_g1_is_on_curve",
    ]

    /// Signatures of protocol 30.
    private static let lattices = [
        "verify_sig_ml_dsa_44", "verify_sig_ml_dsa_65", "verify_sig_ml_dsa_87",
    ]
}
