import Stellar
import StellarXDR

extension Schema {
    static let network = Setting<Network?>(
        "STELLAR_NETWORK", "The Stellar network.", type: "word",
        rule: "public, testnet, futurenet or standalone", default: nil, as: "standalone",
        example: "standalone", productionNeedsIt: true
    ) { text throws(SettingFault) in
        guard let network = Network(named: text) else {
            throw SettingFault(
                "“\(text)” is none of public, testnet, futurenet, standalone; for another network "
                    + "set STELLAR_NETWORK_PASSPHRASE alone")
        }
        return network
    }

    static let passphrase = Setting<String?>(
        "STELLAR_NETWORK_PASSPHRASE",
        "The passphrase of a network without a short name, in place of STELLAR_NETWORK.",
        type: "text", rule: "as the network says it", default: nil,
        as: "that of STELLAR_NETWORK", example: "", text)

    static let horizonURL = url(
        "HORIZON_URL", "The network's Horizon server, for the signers of accounts.",
        default: "http://127.0.0.1:8000", as: "http://127.0.0.1:8000",
        example: "http://127.0.0.1:8000", productionNeedsIt: true
    ) { $0 }

    static let rpcURL = url(
        "SOROBAN_RPC_URL", "The network's RPC server.", default: "http://127.0.0.1:8000/rpc",
        as: "http://127.0.0.1:8000/rpc", example: "http://127.0.0.1:8000/rpc",
        productionNeedsIt: true
    ) { $0 }

    static let secretKey = keyPair(
        "STELLAR_SECRET_KEY", "The account that sells and tickets.",
        default: "one made for the standalone network", productionNeedsIt: true)

    static let quoteKey = keyPair(
        "QUOTE_SECRET_KEY", "Signs quotes; it moves no money and is no account.",
        default: "one made for the standalone network", productionNeedsIt: true)

    static let bookingContract = contract("BOOKING_CONTRACT_ID", "Booking")
    static let tokenContract = contract("TOKEN_CONTRACT_ID", "Token, in which fares are paid")
    static let airlineContract = contract("AIRLINE_CONTRACT_ID", "Airline")
    static let registryContract = contract("FLIGHT_REGISTRY_CONTRACT_ID", "FlightRegistry")
    static let refundContract = contract("REFUND_CONTRACT_ID", "Refund")
    static let loyaltyContract = contract("LOYALTY_CONTRACT_ID", "Loyalty")
    static let governanceContract = contract("GOVERNANCE_CONTRACT_ID", "Governance")

    static let governanceTokenContract = Setting<ContractID?>(
        "GOVERNANCE_TOKEN_CONTRACT_ID", "The contract Token whose holders vote.", type: "contract",
        rule: "an address: C and 55 characters", default: nil,
        as: "deployed on the standalone network; else what holders decide is left out", contractID)

    static let contracts = [
        bookingContract, tokenContract, airlineContract, registryContract, refundContract,
        loyaltyContract, governanceContract,
    ]

    static let firstLedger = Setting<UInt32?>(
        "FIRST_LEDGER",
        "The ledger in which the contracts were made. Reading begins there, and stops if the RPC "
            + "server has forgotten it.", type: "number", rule: "from 1", default: nil,
        as: "the oldest that the RPC server has", example: ""
    ) { text throws(SettingFault) in
        guard let ledger = UInt32(text), ledger > 0 else {
            throw SettingFault("“\(text)” is no ledger: use a number from 1")
        }
        return ledger
    }

    static let tokenSymbol = Setting<String>(
        "TOKEN_SYMBOL", "What people call the token.", type: "text", rule: "1 to 12 characters",
        default: "USDC", as: "USDC", example: "USDC"
    ) { text throws(SettingFault) in
        guard (1...12).contains(text.count) else {
            throw SettingFault("“\(text)” is no symbol: use 1 to 12 characters")
        }
        return text
    }

    /// A key of the ledger. The text itself is a secret: no fault repeats it.
    static func keyPair(
        _ name: String, _ text: String, default standard: String, productionNeedsIt: Bool = false
    ) -> Setting<KeyPair?> {
        Setting(
            name, text, type: "key", rule: "a secret key: S and 55 characters", default: nil,
            as: standard, isSecret: true, productionNeedsIt: productionNeedsIt
        ) { text throws(SettingFault) in
            do {
                return try KeyPair(secret: text)
            } catch {
                throw SettingFault("it is no secret key (S and 55 characters): \(error)")
            }
        }
    }

    private static func contract(_ name: String, _ contract: String) -> Setting<ContractID?> {
        Setting(
            name, "The contract \(contract).", type: "contract",
            rule: "an address: C and 55 characters", default: nil,
            as: "deployed on the standalone network", productionNeedsIt: true, contractID)
    }

    @Sendable private static func contractID(_ text: String) throws(SettingFault) -> ContractID? {
        do {
            if case .contract(let id) = try StrKey(parsing: text) { return id }
        } catch {
            throw SettingFault("“\(text)” is no contract: \(error)")
        }
        throw SettingFault("“\(text)” is no contract: its address begins with C")
    }
}
