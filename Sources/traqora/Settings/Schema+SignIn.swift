import Telemetry

extension Schema {
    static let homeDomain = Setting<String?>(
        "HOME_DOMAIN", "The domain that people sign in to, and that answers for it (SEP-1).",
        type: "domain", rule: "a host, perhaps with a port; 59 characters at most", default: nil,
        as: "that of PUBLIC_API_URL", productionNeedsIt: true
    ) { text throws(SettingFault) in
        guard !text.contains("/"), WebAddress("https://\(text)") != nil else {
            throw SettingFault("“\(text)” is no domain: use a host alone, such as traqora.example")
        }
        // “DOMAIN auth” is the name of an entry, which has 64 characters at most.
        guard text.utf8.count <= 59 else {
            throw SettingFault("it has \(text.utf8.count) characters: 59 fit into a challenge")
        }
        return text
    }

    static let webAuthKey = keyPair(
        "WEB_AUTH_SECRET_KEY", "Signs challenges; published in stellar.toml as SIGNING_KEY.",
        default: "STELLAR_SECRET_KEY")

    static let accessSecret = secret(
        "JWT_SECRET", "Signs access tokens, which live 15 minutes.", charactersMin: 32)

    static let refreshSecret = secret(
        "JWT_REFRESH_SECRET", "Signs refresh tokens.", charactersMin: 32)

    static let adminKey = secret(
        "ADMIN_API_KEY", "Opens the routes of administration.", charactersMin: 12,
        default: "none: administration is off")

    private static func secret(
        _ name: String, _ text: String, charactersMin: Int,
        default standard: String = "a random one at each start"
    ) -> Setting<Secret?> {
        Setting(
            name, text, type: "secret", rule: "at least \(charactersMin) characters, random",
            default: nil, as: standard, isSecret: true, productionNeedsIt: true
        ) { text throws(SettingFault) in
            guard text.count >= charactersMin else {
                throw SettingFault(
                    "it has \(text.count) characters and needs \(charactersMin): \(recipe)")
            }
            return Secret(text)
        }
    }

    /// How to make a good one.
    static let recipe = "make one with openssl rand -base64 48"
}
