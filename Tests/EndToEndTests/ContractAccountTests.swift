import Cryptography
import Foundation
import HTTP
import Stellar
import StellarXDR
import Support
import Testing
import TraqoraAPI
import TraqoraContracts
import Travel

@testable import traqora

/// A payer that is a contract, with the genuine contracts and a network that runs its code.
@Suite(.serialized) struct ContractAccountTests {
    /// A contract that takes a signature of the key that it was made with, and nothing else.
    private static let code = """
        (module
          (import "l" "_" (func $put (param i64 i64 i64) (result i64)))
          (import "l" "1" (func $get (param i64 i64) (result i64)))
          (import "c" "0" (func $verify (param i64 i64 i64) (result i64)))
          (memory (export "memory") 1)
          ;; The key is kept with the contract (2) under the number 0 (4).
          (func (export "__constructor") (param $key i64) (result i64)
            (drop (call $put (i64.const 4) (local.get $key) (i64.const 2)))
            (i64.const 2))
          (func (export "__check_auth")
            (param $payload i64) (param $signature i64) (param $contexts i64) (result i64)
            (drop
              (call $verify
                (call $get (i64.const 4) (i64.const 2))
                (local.get $payload) (local.get $signature)))
            (i64.const 2)))
        """

    /// The account, made by a traveller, who gives it money.
    private struct Account {
        let id: ContractID
        let key: KeyPair

        var address: SCAddress { .contract(id) }

        init(by traveller: Traveller, dollars token: ContractID, amount: Int128) async throws {
            key = try KeyPair.random()
            var module = try wasm(ContractAccountTests.code)
            module += try Self.section(
                "contractenvmetav0",
                SCEnvMetaEntry.interfaceVersion(.init(protocol: 22, preRelease: 0)).xdr())
            let (deployer, salt) = (
                SCAddress.account(traveller.key.accountID), Uint256(fitting: [1])
            )
            id = try Network.standalone.contractID(deployer: deployer, salt: salt)
            for operation: StellarXDR.Operation in [
                .upload(wasm: module),
                .create(
                    wasmHash: Hash(fitting: SHA256.hash(module)), deployer: deployer, salt: salt,
                    arguments: [.bytes(SCBytes(key.publicKey.bytes))]),
                TokenContract(token).transfer(
                    from: .account(traveller.key.accountID), to: .contract(id), amount: amount
                ).operation,
            ] {
                let transaction = try await traveller.rpc.prepare(
                    operation, from: traveller.rpc.account(traveller.key.accountID),
                    inclusionFeeStroops: 1_000)
                let done = try await traveller.rpc.submit(
                    transaction.signed(by: [traveller.key], on: .standalone))
                #expect(done.isSuccessful)
            }
        }

        /// A custom section.
        private static func section(_ name: String, _ content: [UInt8]) -> [UInt8] {
            let body = [UInt8(name.utf8.count)] + Array(name.utf8) + content
            return [0, UInt8(body.count)] + body
        }

        func sign(_ offered: UnsignedAuthorizationResponse, by other: KeyPair? = nil) throws
            -> SigningRequest
        {
            let entry = try SorobanAuthorizationEntry(base64: offered.authorization)
            let payload = try entry.payload(until: offered.expirationLedger, on: .standalone)
            let signature = SCVal.bytes(SCBytes((other ?? key).sign(payload.bytes)))
            return SigningRequest(
                authorization: try entry.with(signature, until: offered.expirationLedger)
                    .base64())
        }
    }

    @Test func `a contract account books, pays, and gets its money back`() async throws {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let token = world.service.contracts.token
            let account = try await Account(
                by: traveller, dollars: token, amount: 50_000_000_000)
            func dollars() async throws -> Int128 {
                try await TokenContract(token).balance(id: account.address)
                    .read(from: traveller.rpc)
            }
            let created = try await traveller.book(payer: account.address.description)
            let offered = try #require(created.authorization)
            #expect(created.transaction == nil && offered.signer == account.address.description)
            let (id, key) = (created.booking.id, created.token)
            let stranger = try account.sign(offered, by: traveller.key)
            await expectProblem("payments.wrong_signature") {
                _ = try await traveller.client.pay(id, token: key, stranger)
            }
            let signed = try account.sign(offered)
            for _ in 0..<2 { _ = try await traveller.client.pay(id, token: key, signed) }
            let booked = Traveller.Booked(id: id, token: key)
            let confirmed = try await traveller.booking(booked, whenIts: .confirmed)
            #expect(confirmed.chain.transactions.map(\.status) == [.applied])
            #expect(
                try await dollars() == 50_000_000_000 - Int128(confirmed.price.baseUnits))
            #expect(try await traveller.escrowed(confirmed) == confirmed.price)

            await expectProblem("payments.contract_account") {
                _ = try await traveller.client.prepareCancellation(id, token: key)
            }
            let preview = try await traveller.client.prepareSponsoredCancellation(id, token: key)
            _ = try await traveller.client.cancel(
                id, token: key, account.sign(preview.authorization))
            let cancelled = try await traveller.booking(booked, whenIts: .cancelled)
            #expect(cancelled.chain.transactions.map(\.status) == [.applied, .applied])
            #expect(
                try await dollars()
                    == 50_000_000_000 - Int128(confirmed.price.baseUnits)
                    + Int128(preview.refund.baseUnits))
        }
    }

    @Test func `a contract account without money cannot pay`() async throws {
        try await withWholeWorld { world in
            let traveller = try await world.traveller()
            let account = try await Account(
                by: traveller, dollars: world.service.contracts.token, amount: 1)
            await expectProblem("payments.too_little_money") {
                _ = try await traveller.book(payer: account.address.description)
            }
        }
    }
}
