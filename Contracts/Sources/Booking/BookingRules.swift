import Common
import Soroban

/// What the admin decides: a part of the contract.
@Contract(
    events: SettingsChanged.self, QuoteKeyChanged.self, TokenChanged.self, ArbiterChanged.self)
struct BookingRules {
    @Stored("terms") var terms: Settings
    @Stored("tokens", .persistent) var tokens: Table<Address, Bool>
    @Stored("arbiters", .persistent) var arbiters: Table<Address, Bool>
    @Stored("keys", .persistent) var quoteKeys: Table<Address, BytesN<32>>

    /// What holds for bookings made from now on.
    func settings() -> Settings { terms }

    /// Changes what holds for bookings made from now on.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``SettingsChanged``.
    /// - Fails: `settingsOutOfRange`.
    func setSettings(settings: Settings) {
        Administered.requireAdmin()
        guard settings.isValid else { fail(.settingsOutOfRange) }
        terms = settings
        SettingsChanged(settings: settings).emit()
    }

    /// Whether somebody decides disputes.
    func isArbiter(address: Address) -> Bool { arbiters[address] ?? false }

    /// Says who decides disputes.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``ArbiterChanged``.
    func setArbiter(arbiter: Address, enabled: Bool) {
        Administered.requireAdmin()
        arbiters[arbiter] = enabled ? true : nil
        ArbiterChanged(arbiter: arbiter, enabled: enabled).emit()
    }

    /// The key that signs a seller's quotes.
    func quoteKey(seller: Address) -> BytesN<32>? { quoteKeys[seller] }

    /// Registers the key of a seller, or ends it: then no quote of his is good any more.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``QuoteKeyChanged``.
    func setQuoteKey(seller: Address, key: BytesN<32>?) {
        Administered.requireAdmin()
        quoteKeys[seller] = key
        QuoteKeyChanged(seller: seller, key: key).emit()
    }

    /// Whether bookings may be paid in a token.
    func accepts(token: Address) -> Bool { tokens[token] ?? false }

    /// Says whether bookings may be paid in a token.
    ///
    /// - Signed by: the admin.
    /// - Emits: ``TokenChanged``.
    func setToken(token: Address, accepted: Bool) {
        Administered.requireAdmin()
        accept(token, accepted)
    }
}

extension BookingRules {
    func accept(all tokens: Vec<Address>) {
        var index: UInt32 = 0
        while index < tokens.count {
            accept(tokens[index], true)
            index += 1
        }
    }

    func accept(_ token: Address, _ accepted: Bool) {
        tokens[token] = accepted ? true : nil
        TokenChanged(token: token, accepted: accepted).emit()
    }
}
