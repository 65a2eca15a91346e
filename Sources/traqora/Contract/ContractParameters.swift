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

extension Parameter where Value == String {
    /// `--version`
    static var version: Parameter {
        .option(
            "version", "TEXT", "The contracts' own version (SEP-49).", default: "0.1.0", parseText)
    }
}

extension Parameter where Value == String? {
    /// `--sep`
    static var standards: Parameter {
        .option("sep", "LIST", "The proposals they implement, as in 41,47.", default: nil) { text in
            let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
            guard numbers.allSatisfy({ UInt16($0) != nil }) else {
                throw UsageError("use numbers with commas between them: 41,47")
            }
            return text
        }
    }
}

extension Parameter where Value == Int {
    /// `--bytes-max`
    static var bytesMax: Parameter {
        .option(
            "bytes-max", "COUNT",
            "What each may weigh; documentation is left out of its interface as far as need be.",
            default: 65_536
        ) { text in
            guard let count = Int(text), count > 0 else {
                throw UsageError("use a number of bytes")
            }
            return count
        }
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
