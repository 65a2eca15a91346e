import Travel

/// An airline of the simulation, with the airports it flies from.
struct Carrier: Sendable {
    let code: AirlineCode
    let name: String
    let country: String
    let hubs: [Airport]
}

/// The airlines there are: real names and hubs, so that journeys look like journeys; what they fly
/// is made up.
struct Carriers: Sendable {
    static let all = Carriers()

    let list: [Carrier]
    /// Every airport that is somebody's hub, in the order of the table.
    let hubs: [Airport]
    private let byHub: [AirportCode: [Carrier]]
    private let byCode: [AirlineCode: Carrier]

    private init() {
        list = Self.table.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: "|")
            guard fields.count == 4, let code = try? AirlineCode(parsing: String(fields[0])) else {
                return nil
            }
            let hubs = fields[3].split(separator: " ").compactMap { text in
                (try? AirportCode(parsing: String(text))).flatMap { Airports.all[$0] }
            }
            return Carrier(
                code: code, name: String(fields[1]), country: String(fields[2]), hubs: hubs)
        }
        var seen: Set<AirportCode> = []
        hubs = list.flatMap(\.hubs).filter { seen.insert($0.code).inserted }
        var byHub: [AirportCode: [Carrier]] = [:]
        for carrier in list {
            for hub in carrier.hubs { byHub[hub.code, default: []].append(carrier) }
        }
        self.byHub = byHub
        byCode = Dictionary(list.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Who is at home there.
    func based(at hub: AirportCode) -> [Carrier] { byHub[hub] ?? [] }

    /// Whether anyone is.
    func isHub(_ code: AirportCode) -> Bool { byHub[code] != nil }

    /// The airline with this code.
    subscript(code: AirlineCode) -> Carrier? { byCode[code] }

    private static let table = """
        BA|British Airways|GB|LHR LGW
        U2|easyJet|GB|LTN MXP GVA
        FR|Ryanair|IE|STN DUB
        LH|Lufthansa|DE|FRA MUC
        AF|Air France|FR|CDG
        KL|KLM|NL|AMS
        LX|Swiss|CH|ZRH
        OS|Austrian|AT|VIE
        SN|Brussels Airlines|BE|BRU
        IB|Iberia|ES|MAD
        VY|Vueling|ES|BCN
        TP|TAP Air Portugal|PT|LIS
        AZ|ITA Airways|IT|FCO
        A3|Aegean|GR|ATH
        SK|SAS|DK|CPH ARN
        AY|Finnair|FI|HEL
        LO|LOT|PL|WAW
        OK|Czech Airlines|CZ|PRG
        TK|Turkish Airlines|TR|IST
        MS|EgyptAir|EG|CAI
        AT|Royal Air Maroc|MA|CMN
        ET|Ethiopian Airlines|ET|ADD
        KQ|Kenya Airways|KE|NBO
        SA|South African Airways|ZA|JNB
        EK|Emirates|AE|DXB
        EY|Etihad|AE|AUH
        QR|Qatar Airways|QA|DOH
        SV|Saudia|SA|JED RUH
        AI|Air India|IN|DEL BOM
        6E|IndiGo|IN|BLR HYD
        SQ|Singapore Airlines|SG|SIN
        MH|Malaysia Airlines|MY|KUL
        TG|Thai Airways|TH|BKK
        VN|Vietnam Airlines|VN|SGN HAN
        GA|Garuda Indonesia|ID|CGK
        PR|Philippine Airlines|PH|MNL
        CX|Cathay Pacific|HK|HKG
        CI|China Airlines|TW|TPE
        CA|Air China|CN|PEK
        MU|China Eastern|CN|PVG
        CZ|China Southern|CN|CAN
        KE|Korean Air|KR|ICN
        NH|All Nippon Airways|JP|HND
        JL|Japan Airlines|JP|NRT
        QF|Qantas|AU|SYD MEL
        VA|Virgin Australia|AU|BNE PER
        NZ|Air New Zealand|NZ|AKL
        FJ|Fiji Airways|FJ|NAN
        TN|Air Tahiti Nui|PF|PPT
        HA|Hawaiian Airlines|US|HNL
        AS|Alaska Airlines|US|SEA ANC
        UA|United Airlines|US|SFO DEN ORD EWR
        AA|American Airlines|US|DFW MIA CLT JFK
        DL|Delta Air Lines|US|ATL DTW MSP SLC
        WN|Southwest|US|LAS MDW
        B6|JetBlue|US|BOS
        AC|Air Canada|CA|YYZ YVR YUL
        AM|Aeromexico|MX|MEX
        CM|Copa Airlines|PA|PTY
        AV|Avianca|CO|BOG
        LA|LATAM|CL|SCL LIM GRU
        AR|Aerolineas Argentinas|AR|EZE
        FI|Icelandair|IS|KEF
        """
}
