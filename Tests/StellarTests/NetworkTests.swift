import Stellar
import StellarXDR
import Testing

@Suite struct NetworkTests {
    struct Golden: Sendable {
        var network: Network
        var id: String
        var root: String
        var native: String
    }

    static let golden = [
        Golden(
            network: .standalone,
            id: "baefd734b8d3e48472cff83912375fedbc7573701912fe308af730180f97d74a",
            root: "GBZXN7PIRZGNMHGA7MUUUF4GWPY5AYPV6LY4UV2GL6VJGIQRXFDNMADI",
            native: "CDMLFMKMMD7MWZP3FKUBZPVHTUEDLSX4BYGYKH4GCESXYHS3IHQ4EIG4"),
        Golden(
            network: .testnet,
            id: "cee0302d59844d32bdca915c8203dd44b33fbb7edc19051ea37abedf28ecd472",
            root: "GBRPYHIL2CI3FNQ4BXLFMNDLFJUNPU2HY3ZMFSHONUCEOASW7QC7OX2H",
            native: "CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC"),
        Golden(
            network: .public,
            id: "7ac33997544e3175d266bd022439b22cdb16508c01163f26e5cb2a3e1045a979",
            root: "GAAZI4TCR3TY5OJHCTJC2A4QSY6CJWJH5IAJTGKIN2ER7LBNVKOCCWN7",
            native: "CAS3J7GYLGXMF6TDJBBYYSE3HQ6BBSMLNUQ34T6TZMYMW2EVH34XOWMA"),
        Golden(
            network: .futurenet,
            id: "a3a1c6a78286713e29be0e9785670fa838d13917cd8eaeb4a3579ff1debc7fd5",
            root: "GADNDFP7HM3KFVHOQBBJDBGRONMKQVUYKXI6OYNDMS2ZIK7L6HA3F2RF",
            native: "CB64D3G7SM2RTH6JSGG34DDTFTQ5CFDKVDZJZSODMCX4NJ2HV2KN7OHT"),
    ]

    @Test(arguments: golden)
    func `a passphrase decides id, root account and native contract`(golden: Golden) throws {
        #expect(golden.network.id.description == golden.id)
        #expect(golden.network.rootKey()?.address == golden.root)
        #expect(try golden.network.contractID(of: .native).contractText == golden.native)
    }

    @Test func `a contract's id follows from who makes it and a salt`() throws {
        let root = try #require(Network.standalone.rootKey())
        #expect(root.secret == "SC5O7VZUXDJ6JBDSZ74DSERXL7W3Y5LTOAMRF7RQRL3TAGAPS7LUVG3L")
        let id = try Network.standalone.contractID(
            deployer: .account(root.accountID), salt: .zero)
        #expect(id.contractText == "CCXVSURE7F72TCCHSFRVTSKLH324VZ3CZJWFMAJN7SQ7IAHXVNYRSZJZ")
    }

    @Test(arguments: ["public", "testnet", "futurenet", "standalone"])
    func `networks have short names`(name: String) {
        #expect(Network(named: name) != nil)
    }

    @Test(arguments: ["", "mainnet", "Testnet"]) func `no name has a default`(name: String) {
        #expect(Network(named: name) == nil)
    }

    @Test func `the golden transaction is built and signed`() throws {
        let root = try #require(Network.standalone.rootKey())
        let envelope = try TransactionEnvelope(
            base64: """
                AAAAAgAAAABzdv3ojkzWHMD7KUoXhrPx0GH18vHKV0ZfqpMiEblG1gAAAGQAAAAAAAAAAQAAAAEAAAAAA\
                AAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAADjcmgwoLYMtfUshEz/zU7tZeulwVXomyZBFWJyTn\
                HlRAAAABdIdugAAAAAAAAAAAERuUbWAAAAQI3/HoiZ6nn27zYeWo9tGLj/yOFcDkpnyH2Vl3BDU407cvH\
                3ArJY98NJUhpIb/6SHcXm2Hkj31ohUQks+ZuDvQk=
                """)
        guard case .createAccount(let creation) = envelope.transaction.operations.first?.body
        else {
            Issue.record("not the creation of an account")
            return
        }
        var builder = TransactionBuilder(source: MuxedAccount(root.accountID), sequence: 1)
        builder.operations = [
            .createAccount(creation.destination, startingBalanceStroops: 100_000_000_000)
        ]
        let built = try builder.build().signed(by: [root], on: .standalone)
        #expect(built == envelope)
        #expect(
            try built.hash(on: .standalone).description
                == "c17513f248f8da895d45dec67a31b2e01a0b1cdd057b9bbce1af9c9a190d6ddc")
        #expect(built.isSigned(by: root.accountID, on: .standalone))
        #expect(!built.isSigned(by: root.accountID, on: .testnet))
    }

    @Test func `what cannot be a transaction is refused`() throws {
        let source = MuxedAccount.ed25519(.zero)
        var builder = TransactionBuilder(source: source, sequence: 1)
        #expect(throws: TransactionError.noOperation) { try builder.build() }
        let payment = StellarXDR.Operation.payment(to: source, .native, amountStroops: 1)
        builder.operations = Array(repeating: payment, count: 101)
        #expect(throws: TransactionError.tooManyOperations) { try builder.build() }
        builder.operations = Array(repeating: payment, count: 100)
        builder.feePerOperationStroops = 50_000_000
        #expect(throws: TransactionError.feeTooLarge) { try builder.build() }
        builder.feePerOperationStroops = 100
        (builder.validFrom, builder.validUntil) = (2, 1)
        #expect(throws: TransactionError.endsBeforeItBegins) { try builder.build() }
    }

    @Test func `a key shows its address and hides its secret`() throws {
        let key = try KeyPair.random()
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(!text.contains(key.secret))
        }
        #expect("\(key)".contains(key.address))
        #expect(try KeyPair(secret: key.secret) == key)
        #expect(throws: StrKeyError.notThisKind(found: .account)) {
            try KeyPair(secret: key.address)
        }
    }
}
