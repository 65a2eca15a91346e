import Foundation
import HTTP
import Testing
import TraqoraAPI
import Travel

/// What an airline changes on the ledger is what every process finds, however long answers are kept:
/// one process reads the ledger, the others hear of it through Redis.
@Suite struct PublishedNewsTests {
    @Test(.timeLimit(.minutes(5)))
    func `a seat sold on the ledger is gone from what every process has found before`()
        async throws
    {
        // Without the news the first answer would be given for an hour.
        let settings = ["CACHE_SEARCH_SECONDS": "3600"]
        try await Cluster.run(3, on: .servers, settings: settings) { cluster in
            let traveller = try await cluster.traveller()
            let offer = try await RaceTests.published(traveller)
            var query = try traveller.search("LIS", "ZRH")
            query.journeys[0].date = traveller.today.adding(days: 2)
            query.limit = FlightSearchQuery.limitMax
            let seats = { (node: ClusterNode) async throws -> Int? in
                let found = try await #require(node.api).searchFlights(query)
                let same = found.offers.first {
                    $0.supplier == "registry" && $0.fare.cabin == offer.fare.cabin
                        && $0.itinerary == offer.itinerary
                }
                return same?.seatsLeft
            }
            for node in cluster.nodes { #expect(try await seats(node) == 9) }
            try await RaceTests.leaveOneSeat(of: offer, traveller.rpc)
            for node in cluster.nodes {
                var left: Int?
                for _ in 0..<400 {
                    left = try await seats(node)
                    if left == 1 { break }
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(left == 1)
            }
            // And all of them tell the same answer again, made once.
            let answers = try await cluster.nodes.asyncMap { node in
                try await #require(node.api).searchFlights(query).searchedAt
            }
            #expect(Set(answers).count == 1)
        }
    }
}

extension Array {
    fileprivate func asyncMap<Value>(
        _ transform: (Element) async throws -> Value
    ) async throws -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
