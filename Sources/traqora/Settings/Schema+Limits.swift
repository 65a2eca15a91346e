import Telemetry

extension Schema {
    static let window = number(
        "RATE_LIMIT_WINDOW_SECONDS", "The time over which requests are counted.", 1...3600,
        default: 60, unit: "seconds")
    static let anonymousLimit = limit(
        "RATE_LIMIT_ANONYMOUS", "Requests in a window of one address that is not signed in.", 300)
    static let userLimit = limit(
        "RATE_LIMIT_USER", "Requests in a window of one account that is signed in.", 1200)
    static let operatorLimit = limit(
        "RATE_LIMIT_OPERATOR", "Requests in a window of one account that acts for an airline.",
        6000)
    static let adminLimit = limit(
        "RATE_LIMIT_ADMIN", "Requests in a window with the key of administration.", 600)
    static let signInLimit = limit(
        "RATE_LIMIT_SIGN_IN",
        "Attempts in a window, of one address, to sign in or to use the key of administration.", 60)
    static let searchLifetime = number(
        "CACHE_SEARCH_SECONDS", "How long the answer to a search is given again.", 0...3600,
        default: 60, unit: "seconds")

    /// Where nobody attacks, tests and benchmarks do: development and test have no limits.
    private static func limit(_ name: String, _ text: String, _ standard: Int) -> Setting<Int?> {
        Setting(
            name, text, type: "number", rule: "1 to 1000000; 0 for no limit, not in production",
            default: nil, as: "\(standard); none in development and test", example: ""
        ) { text throws(SettingFault) in
            guard let count = Int(text), (0...1_000_000).contains(count) else {
                throw SettingFault("“\(text)” will not do: use a whole number from 0 to 1000000")
            }
            return count
        }
    }

    static let sponsoring = Setting<Bool?>(
        "FEE_SPONSORING", "Whether the platform pays the network's fees for who asks for it.",
        type: "flag", rule: "true or false", default: nil,
        as: "true on the standalone network, else false", example: ""
    ) { text throws(SettingFault) in
        guard let flag = Bool(text.lowercased()) else {
            throw SettingFault("“\(text)” is neither true nor false")
        }
        return flag
    }
    static let sponsoredCount = number(
        "FEE_SPONSORING_PER_DAY", "How many transactions of an account are paid for in a day.",
        0...100_000, default: 20, unit: "number")
    static let sponsoredFee = number(
        "FEE_SPONSORING_FEE_STROOPS", "What one may cost the platform at most.",
        0...1_000_000_000, default: 20_000_000, unit: "stroops")
    static let sponsoredDay = number(
        "FEE_SPONSORING_DAY_STROOPS", "What all of a day may cost the platform at most.",
        0...1_000_000_000_000_000, default: 10_000_000_000, unit: "stroops")

    static let serviceName = Setting<String>(
        "OTEL_SERVICE_NAME", "What traces call this service.", type: "text",
        rule: "1 to 100 characters", default: "traqora", as: "traqora", example: "traqora"
    ) { text throws(SettingFault) in
        guard (1...100).contains(text.count) else {
            throw SettingFault("it has \(text.count) characters: use 1 to 100")
        }
        return text
    }

    static let tracesOff = Setting<Bool>(
        "OTEL_SDK_DISABLED", "Whether traces are off even where there is an endpoint.",
        type: "flag", rule: "true or false", default: false, as: "false", example: "false"
    ) { text throws(SettingFault) in
        guard let flag = Bool(text.lowercased()) else {
            throw SettingFault("“\(text)” is neither true nor false")
        }
        return flag
    }

    static let otlpEndpoint = url(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "The collector, over HTTP; traces go to its /v1/traces.", default: String?.none,
        as: "none: no traces are sent"
    ) { $0 }

    static let otlpTracesEndpoint = url(
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "Where traces go, in full.", default: String?.none,
        as: "that of OTEL_EXPORTER_OTLP_ENDPOINT"
    ) { $0 }

    static let otlpHeaders = Setting<[OTLPHeader]>(
        "OTEL_EXPORTER_OTLP_HEADERS", "Fields for the collector, such as its key.",
        type: "list of pairs", rule: "name=value, separated by commas", default: [], as: "none",
        isSecret: true
    ) { text throws(SettingFault) in
        var headers: [OTLPHeader] = []
        for item in text.split(separator: ",") {
            let parts = item.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard parts.count == 2, !parts[0].isEmpty else {
                throw SettingFault("a field is name=value, several separated by commas")
            }
            headers.append(OTLPHeader(name: parts[0], value: Secret(parts[1])))
        }
        return headers
    }

    static let sampledShare = Setting<Double>(
        "OTEL_TRACES_SAMPLER_ARG", "The share of requests that are traced.", type: "number",
        rule: "0 to 1", default: 1, as: "1", example: "1"
    ) { text throws(SettingFault) in
        guard let share = Double(text), (0...1).contains(share) else {
            throw SettingFault("“\(text)” is no share: use a number from 0 to 1")
        }
        return share
    }
}

/// A field for the collector of traces.
struct OTLPHeader: Sendable {
    var name: String
    var value: Secret
}
