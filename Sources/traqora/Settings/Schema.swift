/// Every setting of the program, by subject: the text here is the example file, the table of the
/// documents and the validator.
enum Schema {
    /// The settings of one subject.
    struct Section: Sendable {
        var title: String
        var lines: [SettingLine]
    }

    static let sections = [
        Section(
            title: "The service",
            lines: [
                environment.line, host.line, port.line, publicURL.line, corsOrigins.line,
                proxies.line, logLevel.line,
            ]),
        Section(
            title: "What is kept, and what may be lost",
            lines: [database.line, redis.line, columnKeys.line]),
        Section(
            title: "The ledger",
            lines: [
                network.line, passphrase.line, horizonURL.line, rpcURL.line, secretKey.line,
                quoteKey.line,
            ] + contracts.map(\.line) + [
                governanceTokenContract.line, firstLedger.line, tokenSymbol.line,
            ]),
        Section(
            title: "Signing in",
            lines: [
                homeDomain.line, webAuthKey.line, accessSecret.line, refreshSecret.line,
                adminKey.line,
            ]),
        Section(
            title: "Limits and times",
            lines: [
                window.line, anonymousLimit.line, userLimit.line, operatorLimit.line,
                adminLimit.line, signInLimit.line, searchLifetime.line, sponsoring.line,
                sponsoredCount.line, sponsoredFee.line, sponsoredDay.line,
            ]),
        Section(
            title: "Traces",
            lines: [
                serviceName.line, tracesOff.line, otlpEndpoint.line, otlpTracesEndpoint.line,
                otlpHeaders.line, sampledShare.line,
            ]),
        Section(
            title: "Suppliers",
            lines: [
                supplierNames.line, searchTime.line, duffelToken.line, duffelURL.line,
                duffelTime.line, amadeusID.line, amadeusSecret.line, amadeusURL.line,
                amadeusTime.line,
            ]),
        Section(
            title: "Mail",
            lines: [
                smtpURL.line, smtpUser.line, smtpPassword.line, smtpAuthorities.line,
                mailSender.line,
            ]),
    ]

    static let lines = sections.flatMap(\.lines)
}

// What several settings are read with.
extension Schema {
    @Sendable static func text(_ text: String) throws(SettingFault) -> String? { text }

    /// A whole number within `range`.
    static func number(
        _ name: String, _ text: String, _ range: ClosedRange<Int>, default standard: Int,
        unit: String
    ) -> Setting<Int> {
        Setting(
            name, text, type: unit, rule: "\(range.lowerBound) to \(range.upperBound)",
            default: standard, as: "\(standard)", example: "\(standard)"
        ) { text throws(SettingFault) in
            guard let number = Int(text), range.contains(number) else {
                throw SettingFault(
                    "“\(text)” will not do: use a whole number from \(range.lowerBound) to "
                        + "\(range.upperBound)")
            }
            return number
        }
    }

    /// An address without user, query or fragment, and without a slash at its end.
    static func url<Value>(
        _ name: String, alias: String? = nil, _ text: String, default standard: Value,
        as standardText: String? = nil, example: String = "", productionNeedsIt: Bool = false,
        _ wrap: @escaping @Sendable (String) -> Value
    ) -> Setting<Value> {
        Setting(
            name, alias: alias, text, type: "URL", rule: "http:// or https://, a host, a path",
            default: standard, as: standardText, example: example,
            productionNeedsIt: productionNeedsIt
        ) { text throws(SettingFault) in
            guard let url = WebAddress(text) else {
                throw SettingFault(
                    "“\(text)” is no address: it is http:// or https:// and a host, without a user, "
                        + "? or #")
            }
            return wrap(url.text)
        }
    }
}

/// The address of a service: scheme, host, perhaps port and path.
struct WebAddress: Hashable, Sendable {
    /// Without a slash at its end.
    let text: String
    /// Host and port, as they stand in it.
    let authority: String
    /// Scheme and authority alone.
    let origin: String

    init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" }
        guard !authority.isEmpty,
            !rest.contains(where: { "?#@\"'<>\\".contains($0) || $0.isWhitespace }),
            rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), authority.first != ":"
        else { return nil }
        self.text = text.hasSuffix("/") ? String(text.dropLast()) : text
        self.authority = String(authority)
        origin = scheme + authority
    }
}
