/// A city with a code of its own that stands for several airports: `LON`, `NYC`.
public struct CityGroup: Hashable, Sendable {
    /// The three letters, which no airport has.
    public let code: AirportCode
    /// The city's name.
    public let name: String
    /// The country, as ISO 3166-1 alpha-2.
    public let country: String
    /// Its airports, the busiest first.
    public let airports: [AirportCode]

    /// All of them.
    public static let all = CityGroups()
}

/// The cities whose code stands for several airports, or for one with another code.
///
/// By hand from the public list of IATA's metropolitan areas; a code that is an airport's own
/// (`BER`, `IST`, `SHA`) means that airport here.
public struct CityGroups: Sendable {
    /// In the order of their codes.
    public let list: [CityGroup]
    private let byCode: [AirportCode: CityGroup]
    private let byAirport: [AirportCode: CityGroup]

    init() {
        let groups = Self.table.split(separator: "\n").compactMap { line -> CityGroup? in
            let fields = line.split(separator: "|").map(String.init)
            guard fields.count == 4, let code = try? AirportCode(parsing: fields[0]) else {
                return nil
            }
            let airports = fields[3].split(separator: " ").compactMap {
                try? AirportCode(parsing: String($0))
            }
            return CityGroup(code: code, name: fields[1], country: fields[2], airports: airports)
        }
        list = groups
        byCode = Dictionary(groups.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let pairs = groups.flatMap { group in group.airports.map { ($0, group) } }
        byAirport = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    /// The city with this code.
    public subscript(code: AirportCode) -> CityGroup? { byCode[code] }

    /// The city that an airport belongs to.
    public func city(of airport: AirportCode) -> CityGroup? { byAirport[airport] }

    private static let table = """
        BJS|Beijing|CN|PEK PKX
        BUE|Buenos Aires|AR|EZE AEP
        BUH|Bucharest|RO|OTP BBU
        CHI|Chicago|US|ORD MDW RFD
        DTT|Detroit|US|DTW YIP
        JKT|Jakarta|ID|CGK HLP
        LON|London|GB|LHR LGW STN LTN LCY SEN
        MIL|Milan|IT|MXP LIN BGY
        MOW|Moscow|RU|SVO DME VKO
        NYC|New York|US|JFK EWR LGA SWF
        OSA|Osaka|JP|KIX ITM UKB
        PAR|Paris|FR|CDG ORY BVA
        REK|Reykjavik|IS|KEF RKV
        RIO|Rio de Janeiro|BR|GIG SDU
        ROM|Rome|IT|FCO CIA
        SAO|São Paulo|BR|GRU CGH VCP
        SEL|Seoul|KR|ICN GMP
        SPK|Sapporo|JP|CTS OKD
        STO|Stockholm|SE|ARN BMA NYO VST
        TYO|Tokyo|JP|HND NRT
        WAS|Washington|US|IAD DCA BWI
        YMQ|Montreal|CA|YUL YHU
        YTO|Toronto|CA|YYZ YTZ YHM
        """
}
