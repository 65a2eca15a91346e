import HTTP
import Stellar
import Travel

/// `traqora demo`
let demoCommand = Command(
    "demo", "Be a traveller: search, book, pay, read the ledger; then play everybody's part.",
    .flag("cancel", "Cancel the booking afterwards and see the refund arrive; no more."),
    .flag("flight", "Only my flight, which works on any network with test money."),
    .flag("sponsored", "Sign authorizations and spend no lumen; no more than my flight."),
    .option("api", "URL", "Where the API is.", default: "http://127.0.0.1:3001", parseText),
    .option("rpc", "URL", "Where the network is.", default: "http://127.0.0.1:8000/rpc", parseText),
    .option("from", "AIRPORT", "Where from.", default: "LIS", parseText),
    .option("to", "AIRPORT", "Where to.", default: "LHR", parseText),
    .option("date", "YYYY-MM-DD", "The day; in thirty days unless said.", default: "", parseText)
) { cancels, isShort, isSponsored, api, rpc, origin, destination, date in
    let client = HTTPClient()
    let today = try await Demo.today(SorobanRPC(url: rpc, client: client))
    var demo = try Demo(
        api: api, rpc: rpc, client: client,
        trip: Demo.Trip(
            origin: try AirportCode(parsing: origin),
            destination: try AirportCode(parsing: destination),
            date: date.isEmpty ? today.adding(days: 30) : try LocalDate(parsing: date)))
    demo.isSponsored = isSponsored
    try await demo.getMoney()
    try await demo.book()
    try await demo.showTicket()
    if cancels {
        try await demo.cancel()
    } else if !isShort && !isSponsored {
        var tour = try await Tour(demo, rpcURL: rpc)
        try await tour.walk()
    }
    try await demo.showLumens()
    client.shutDown()
}
