import StellarXDR

extension Parameter where Value == String {
    /// `--rpc`
    static var rpc: Parameter {
        .option(
            "rpc", "URL", "The network's RPC server; else SOROBAN_RPC_URL.", default: "", parseText)
    }

    /// `--network-passphrase`
    static var passphrase: Parameter {
        .option(
            "network-passphrase", "TEXT",
            "The network's passphrase; else that of STELLAR_NETWORK, or standalone's.",
            default: "", parseText)
    }

    /// `--secret-file`
    static var secretFile: Parameter {
        .option(
            "secret-file", "FILE", "Holds the key that signs and pays; else STELLAR_SECRET_KEY.",
            default: "", parseText)
    }
}

/// 32 bytes in hexadecimal.
@Sendable func parseSalt(_ text: String) throws -> Uint256? {
    guard let salt = Uint256(hex: text) else {
        throw UsageError("use 64 hexadecimal digits")
    }
    return salt
}

/// A contract's id.
@Sendable func parseContract(_ text: String) throws -> ContractID {
    do {
        return try ContractID(contract: text)
    } catch {
        throw UsageError("\(error); a contract's id is C and 55 characters")
    }
}
