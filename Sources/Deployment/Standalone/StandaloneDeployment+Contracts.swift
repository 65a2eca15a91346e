import Cryptography
import FareRules
import Stellar
import StellarXDR
import TraqoraContracts

extension StandaloneDeployment {
    /// A contract to be made.
    private struct Creation {
        var name: String
        var id: ContractID
        var code: ContractCode
        var arguments: [SCVal]
    }

    /// Makes the contracts that are not there.
    func createContracts() async throws {
        let admin = try roles.key(Roles.administrator)
        for creation in try creations(admin: .account(admin.accountID)) {
            guard try await !exists(creation.id) else { continue }
            let wasm = creation.code.wasm
            let hash = Hash(fitting: SHA256.hash(wasm))
            let stored = LedgerKey.contractCode(LedgerKeyContractCode(hash: hash))
            if try await rpc.ledgerEntry(stored) == nil {
                try await sender.send(.upload(wasm: wasm), by: admin)
            }
            try await sender.send(
                .create(
                    wasmHash: hash, deployer: .account(admin.accountID),
                    salt: DeployedContracts.salt(creation.name), arguments: creation.arguments),
                by: admin)
        }
    }

    private func creations(admin: SCAddress) throws -> [Creation] {
        let guardian = try roles.address(manifest.governance.guardian)
        return [
            Creation(
                name: "token", id: contracts.token, code: .token,
                arguments: try arguments(of: manifest.token, admin: governance)),
            Creation(
                name: "test dollar", id: contracts.dollar, code: .token,
                arguments: try arguments(of: manifest.dollar, admin: admin)),
            Creation(
                name: "governance", id: contracts.governance, code: .governance,
                arguments: GovernanceContract.constructorArguments(
                    token: .contract(contracts.token), guardian: guardian,
                    settings: manifest.governance.settings)),
            Creation(
                name: "airline", id: contracts.airline, code: .airline,
                arguments: AirlineContract.constructorArguments(
                    admin: admin, guardian: guardian, refund: .contract(contracts.refund),
                    coolingOff: manifest.coolingOff)),
            Creation(
                name: "refund", id: contracts.refund, code: .refund,
                arguments: RefundContract.constructorArguments(
                    admin: admin, guardian: guardian, airline: .contract(contracts.airline),
                    flights: .contract(contracts.flights), booking: .contract(contracts.booking))),
            Creation(
                name: "flights", id: contracts.flights, code: .flightRegistry,
                arguments: try flightsArguments(guardian)),
            Creation(
                name: "loyalty", id: contracts.loyalty, code: .loyalty,
                arguments: LoyaltyContract.constructorArguments(
                    admin: admin, guardian: guardian, booking: .contract(contracts.booking),
                    token: .contract(contracts.token), tiers: manifest.loyalty.contractTiers,
                    redemption: manifest.loyalty.unitsPerPoint)),
            Creation(
                name: "booking", id: contracts.booking, code: .booking,
                arguments: try bookingArguments(admin: admin, guardian)),
        ]
    }

    private var governance: SCAddress { .contract(contracts.governance) }

    private func arguments(of token: DeploymentManifest.Token, admin: SCAddress) throws -> [SCVal] {
        TokenContract.constructorArguments(
            admin: admin, name: token.name, symbol: token.symbol, decimals: 7, cap: token.cap,
            holders: try token.holders.map {
                TokenContract.Holder(account: try roles.address($0.role), amount: $0.amount)
            })
    }

    private func flightsArguments(_ guardian: SCAddress) throws -> [SCVal] {
        FlightRegistryContract.constructorArguments(
            admin: governance, guardian: guardian, airline: .contract(contracts.airline),
            booking: .contract(contracts.booking), refund: .contract(contracts.refund),
            oracles: try manifest.oracles.roles.map(roles.address),
            quorum: manifest.oracles.quorum)
    }

    private func bookingArguments(admin: SCAddress, _ guardian: SCAddress) throws -> [SCVal] {
        BookingContract.constructorArguments(
            admin: admin, guardian: guardian, settings: try bookingSettings,
            tokens: [.contract(contracts.dollar)],
            contracts: BookingContract.Contracts(
                airline: .contract(contracts.airline), flights: .contract(contracts.flights),
                loyalty: .contract(contracts.loyalty), refund: .contract(contracts.refund)))
    }

    /// What the manifest says of bookings, as the contract has it.
    var bookingSettings: BookingContract.Settings {
        get throws {
            let booking = manifest.booking
            return BookingContract.Settings(
                disputeWindow: booking.disputeWindow, feeBps: booking.feeBps,
                resolveWindow: booking.resolveWindow, staleWindow: booking.staleWindow,
                ticketWindow: booking.ticketWindow,
                treasury: try roles.address(booking.treasury))
        }
    }
}

extension DeploymentManifest.Governance {
    /// As the contract has it.
    var settings: GovernanceContract.Settings {
        GovernanceContract.Settings(
            delay: delay, grace: grace, pause: pause, period: period, quorumBps: quorumBps,
            threshold: threshold, timelock: timelock)
    }
}

extension DeploymentManifest.Loyalty {
    /// As the contract has them.
    var contractTiers: [LoyaltyContract.Tier] {
        tiers.map { LoyaltyContract.Tier(minPoints: $0.from, multiplierBps: $0.multiplierBps) }
    }
}

extension DeploymentManifest.Rule {
    /// As the contract has it.
    var policy: RefundContract.Policy {
        RefundContract.Policy(
            graceMinLeadSeconds: graceLead, graceSeconds: grace,
            tiers: tiers.map {
                RefundContract.Tier(
                    refundBps: $0.refundBasisPoints, secondsBefore: $0.secondsBefore)
            })
    }
}
