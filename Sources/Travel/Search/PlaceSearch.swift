import Foundation

/// Finds airports and cities by what people type: codes, beginnings of words, names with a slip.
public struct PlaceSearch: Sendable {
    /// What was found.
    public struct Place: Hashable, Sendable {
        /// An airport, or a city with several.
        public enum Kind: String, Hashable, Codable, CaseIterable, Sendable { case airport, city }

        /// Which of the two.
        public let kind: Kind
        /// The code to search flights with.
        public let code: AirportCode
        /// The name.
        public let name: String
        /// The city.
        public let city: String
        /// The country, as ISO 3166-1 alpha-2.
        public let country: String
        /// The airports of a city, the busiest first; of an airport itself.
        public let airports: [AirportCode]
    }

    fileprivate struct Entry: Sendable {
        var place: Place
        var code: [UInt8]
        /// City and name, folded, in words.
        var words: [[UInt8]]
        var city: [UInt8]
        /// The less, the more people go there.
        var rank: Int
    }

    /// Over all airports there are.
    public static let all = PlaceSearch()

    /// How much of a question is read.
    public static let lengthMax = 60

    private let entries: [Entry]

    private init() {
        var rank: [AirportCode: Int] = [:]
        for (index, code) in Self.busiest.split(separator: " ").enumerated() {
            if let code = try? AirportCode(parsing: String(code)) { rank[code] = index }
        }
        let last = rank.count + 1
        var entries = CityGroup.all.list.map { group in
            Entry(
                Place(
                    kind: .city, code: group.code, name: group.name, city: group.name,
                    country: group.country, airports: group.airports),
                // A city goes before its own airports.
                rank: (group.airports.compactMap { rank[$0] }.min() ?? last) - 1)
        }
        for code in Airports.all.codes {
            guard let airport = Airports.all[code] else { continue }
            entries.append(
                Entry(
                    Place(
                        kind: .airport, code: code, name: airport.name,
                        city: CityGroup.all.city(of: code)?.name ?? airport.city,
                        country: airport.country, airports: [code]), rank: rank[code] ?? last))
        }
        self.entries = entries
    }

    /// The places that fit, the best first: a code, then the beginning of a city, of any word, and
    /// last what is a letter or two off.
    public func find(_ text: String, limit: Int) -> [Place] {
        let wanted = Self.fold(String(text.prefix(Self.lengthMax)))
        let words = wanted.split(separator: UInt8(ascii: " ")).map(Array.init)
        guard !words.isEmpty else { return [] }
        var found: [(score: Int, entry: Entry)] = entries.compactMap { entry in
            Self.score(entry, words, whole: Array(words.joined(separator: [UInt8(ascii: " ")])))
                .map { ($0, entry) }
        }
        if found.isEmpty {
            found = entries.compactMap { entry in
                Self.looseScore(entry, words).map { ($0, entry) }
            }
        }
        found.sort {
            ($0.score, $0.entry.rank, $0.entry.place.code.text)
                < ($1.score, $1.entry.rank, $1.entry.place.code.text)
        }
        return found.prefix(limit).map(\.entry.place)
    }

    private static func score(_ entry: Entry, _ words: [[UInt8]], whole: [UInt8]) -> Int? {
        if words.count == 1, entry.code == words[0] { return 0 }
        if entry.city == whole { return 1 }
        if entry.city.starts(with: whole) { return 2 }
        guard words.allSatisfy({ word in entry.words.contains { $0.starts(with: word) } }) else {
            return nil
        }
        return 3
    }

    /// Each word may be a letter off, or two if it is long; a short one only beside others.
    private static func looseScore(_ entry: Entry, _ words: [[UInt8]]) -> Int? {
        var total = 0
        for word in words {
            let isShort = word.count < (words.count > 1 ? 3 : 4)
            let allowed = isShort ? 0 : word.count < 7 ? 1 : 2
            let least = entry.words.lazy.compactMap { distance(word, $0, max: allowed) }.min()
            guard let least else { return nil }
            total += least
        }
        return 4 + total
    }

    /// How many letters are to be changed, added, left out or swapped with the next, if that is no
    /// more than `max`; what follows the length of `one` in a longer word does not count.
    private static func distance(_ one: [UInt8], _ other: [UInt8], max: Int) -> Int? {
        guard other.count >= one.count - max, one.first == other.first || max > 1 else {
            return nil
        }
        let other = Array(other.prefix(one.count + max))
        var before: [Int] = []
        var previous = Array(0...other.count)
        for (row, letter) in one.enumerated() {
            var current = [row + 1]
            for (column, against) in other.enumerated() {
                var least = min(
                    previous[column] + (letter == against ? 0 : 1), previous[column + 1] + 1,
                    current[column] + 1)
                if row > 0, column > 0, letter == other[column - 1], one[row - 1] == against {
                    least = min(least, before[column - 1] + 1)
                }
                current.append(least)
            }
            if (current.min() ?? 0) > max { return nil }
            (before, previous) = (previous, current)
        }
        let least = previous.min() ?? max + 1
        return least <= max ? least : nil
    }

    /// Small letters of ASCII, digits and single spaces: `São Paulo` and `Sao-Paulo` are one.
    fileprivate static func fold(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        let special: [Character: String] = ["ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l"]
        for character in text.lowercased() {
            let plain =
                special[character]
                ?? String(character).decomposedStringWithCanonicalMapping
            for byte in plain.utf8 where byte < 0x80 {
                let isKept = (97...122).contains(byte) || (48...57).contains(byte)
                if isKept {
                    bytes.append(byte)
                } else if byte != UInt8(ascii: "'"), bytes.last != UInt8(ascii: " ") {
                    bytes.append(UInt8(ascii: " "))
                }
            }
        }
        return bytes
    }

    /// Names that people use and the table of airports does not have.
    fileprivate static let nicknames = [
        "VIE": "Wien", "CGN": "Koln", "WAW": "Warszawa", "LIS": "Lisboa", "CPH": "Kobenhavn",
        "GVA": "Geneve Genf", "MXP": "Milano", "LIN": "Milano", "NAP": "Napoli",
        "ATH": "Athina", "BRU": "Bruxelles Brussel", "VCE": "Venezia", "FLR": "Firenze",
        "TRN": "Torino", "OTP": "Bucuresti", "BEG": "Beograd", "GOT": "Goteborg",
        "HND": "Haneda", "ICN": "Incheon", "EZE": "Ezeiza", "GIG": "Galeao", "GRU": "Guarulhos",
        "FCO": "Fiumicino Roma", "SVO": "Sheremetyevo Moskva", "CGK": "Soekarno Hatta",
        "MUC": "Bavaria Munchen",
        "BKK": "Suvarnabhumi", "SGN": "Saigon", "BOM": "Bombay", "MAA": "Madras",
        "PEK": "Peking Capital", "IST": "Constantinople", "PRG": "Vaclav Havel Praha",
    ]

    /// The airports most people go through, the busiest first, about: by hand from the public
    /// tables of passengers a year. What is not here ranks behind.
    private static let busiest = """
        ATL DXB DFW LHR HND DEN IST ORD LAX CDG DEL CAN ICN AMS PVG MAD JFK SIN FRA BKK MCO KUL \
        LAS CLT MIA SEA SFO SZX PEK PHX BCN EWR CGK BOM DOH HKG MUC SHA MEX IAH GRU BOG TPE FCO \
        JED YYZ BOS FLL MNL SYD LGW MSP LGA DTW AYT SGN BLR SAW CUN PHL SLC NRT PKX KIX LIS DUB \
        RUH MEL VIE ZRH ORY CPH MAN OSL DCA HAN BWI ARN HYD MXP IAD BRU ATH SAN AUH CAI PMI YVR \
        STN BNE DUS SCL LIM MDW BER GMP CTS FUK TPA HEL LTN BGY WAW CMN LIN YUL GIG AUS JNB MCT \
        ITM GVA EDI BNA HAM PRG AGP KWI CJU BUD NCE PTY AKL PER ADD HNL PDX DPS EZE AEP NBO LOS \
        BHX ALC BSB CGH KEF CPT OPO BLQ OTP NAP CTA VCE STR CGN LYS TLS MRS BHD BFS GLA BRS LCY \
        NCL LPL KRK GDN RIX VNO TLL BEG SOF SKG TLV AMM BEY BAH TUN ALG ABV ACC DSS DAR CCU MAA \
        COK CMB DAC KTM RGN PNH REP SUB CEB NGO OKA KHH TSN CTU CKG XIY WUH HGH NKG KMG TAO
        """
}

extension PlaceSearch.Entry {
    fileprivate init(_ place: PlaceSearch.Place, rank: Int) {
        self.place = place
        code = PlaceSearch.fold(place.code.text)
        city = PlaceSearch.fold(place.city)
        let space = UInt8(ascii: " ")
        let nickname = PlaceSearch.nicknames[place.code.text] ?? ""
        words = (city + [space] + PlaceSearch.fold("\(place.name) \(nickname)"))
            .split(separator: space).map(Array.init)
        self.rank = rank
    }
}
