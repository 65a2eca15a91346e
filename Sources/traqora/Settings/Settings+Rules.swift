import Database
import Stellar
import StellarXDR
import Telemetry

extension Settings {
    /// What concerns several settings at once, and what production asks for beyond that.
    func check(_ reader: inout SettingReader) {
        checkPairs(&reader)
        if network != .standalone { checkRealNetwork(&reader) }
        if environment == .production { checkProduction(&reader) }
    }

    private func checkPairs(_ reader: inout SettingReader) {
        if let one = signIn.accessSecret, let other = signIn.refreshSecret,
            one.reveal() == other.reveal()
        {
            reader.fault(
                Schema.refreshSecret.name, "it equals JWT_SECRET: \(Schema.recipe) for each")
        }
        suppliers.check(&reader, on: network, isProduction: environment == .production)
        mail.check(&reader)
    }

    private func checkRealNetwork(_ reader: inout SettingReader) {
        let needed: [(String, Bool)] = [
            (Schema.columnKeys.name, reader.isSet(Schema.columnKeys)),
            (Schema.secretKey.name, reader.isSet(Schema.secretKey)),
            (Schema.quoteKey.name, reader.isSet(Schema.quoteKey)),
            (Schema.bookingContract.name, reader.isSet(Schema.bookingContract)),
            (Schema.tokenContract.name, reader.isSet(Schema.tokenContract)),
        ]
        for (name, isThere) in needed where !isThere {
            reader.fault(name, "it must be set on any network but standalone")
        }
    }

    private func checkProduction(_ reader: inout SettingReader) {
        for line in Schema.lines where line.productionNeedsIt {
            if line == Schema.network.line, reader.isSet(Schema.passphrase) { continue }
            guard let value = reader.values[line] else {
                reader.fault(
                    line.name, "production has no default for it: set it (\(line.rule))")
                continue
            }
            if line.isSecret, value.text == line.example {
                reader.fault(line.name, "it is the example's: use one of your own")
            }
        }
        if case .memory = database {
            reader.fault(Schema.database.name, "what is in memory is lost: name a file")
        }
        if corsOrigins == ["*"] {
            reader.fault(Schema.corsOrigins.name, "* lets any page in: name the origins")
        }
        let limits = [
            Schema.anonymousLimit, Schema.userLimit, Schema.operatorLimit, Schema.adminLimit,
            Schema.signInLimit,
        ]
        for limit in limits where reader.isSet(limit) && reader.read(limit) == 0 {
            reader.fault(limit.name, "production does not go without a limit: use 1 or more")
        }
        checkSecrets(&reader)
        checkKeys(&reader)
    }

    /// Weak ones, and ones that are used twice.
    private func checkSecrets(_ reader: inout SettingReader) {
        let secrets: [(name: String, secret: Secret?, bitsMin: Double)] = [
            (Schema.accessSecret.name, signIn.accessSecret, 96),
            (Schema.refreshSecret.name, signIn.refreshSecret, 96),
            (Schema.adminKey.name, signIn.adminKey, 30),
        ]
        for (name, secret, bitsMin) in secrets {
            guard let secret,
                let why = SecretStrength.weakness(of: secret.reveal(), bitsMin: bitsMin)
            else { continue }
            reader.fault(name, "it can be guessed, \(why): \(Schema.recipe)")
        }
        for (index, one) in secrets.enumerated() {
            for other in secrets[(index + 1)...] {
                guard let a = one.secret, let b = other.secret, a.reveal() == b.reveal() else {
                    continue
                }
                reader.fault(other.name, "it equals \(one.name): \(Schema.recipe) for each")
            }
        }
    }

    /// Keys of the ledger that everybody knows, and keys that do two things.
    private func checkKeys(_ reader: inout SettingReader) {
        let keys: [(name: String, key: KeyPair?)] = [
            (Schema.secretKey.name, secretKey), (Schema.quoteKey.name, quoteKey),
            (Schema.webAuthKey.name, signIn.webAuthKey),
        ]
        for (index, one) in keys.enumerated() {
            guard let key = one.key else { continue }
            if key.accountID == network.rootKey()?.accountID {
                reader.fault(one.name, "it is the network's root key, which everybody has")
            }
            for other in keys[(index + 1)...] where other.key == key {
                reader.fault(other.name, "it equals \(one.name): make a key for each purpose")
            }
        }
    }
}
