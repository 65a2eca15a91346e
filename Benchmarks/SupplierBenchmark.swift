internal import FlightSupply
internal import Foundation
internal import Support
internal import Travel

extension Benchmark {
    /// Reads a large answer of each supplier's, from bytes to offers that can be sold, beside
    /// `JSONDecoder` reading the same offers into the supplier's own form, and beside
    /// `JSONSerialization` that only takes the JSON apart. The recorded offers, over and over,
    /// until there are as many as Duffel had for London – New York in a recorded run.
    static let supplierDecoding = [
        Benchmark(name: "suppliers.duffel", unit: "offers/s") {
            let bytes = try LargeReply.duffel()
            return try LargeReply.figure(
                bytes, ours: { try DuffelSupply.offers(in: bytes, at: .zero).count },
                decoder: { try DuffelSupply.decodedCount(in: bytes) })
        },
        Benchmark(name: "suppliers.amadeus", unit: "offers/s") {
            let bytes = try LargeReply.amadeus()
            return try LargeReply.figure(
                bytes, ours: { try AmadeusSupply.offers(in: bytes, at: .zero).count },
                decoder: { try AmadeusSupply.decodedCount(in: bytes) })
        },
    ]
}

/// Recorded answers, made long.
private enum LargeReply {
    static let offerCount = 229

    static func duffel() throws -> [UInt8] {
        var object = try recorded("duffel/capture-offer-request.json")
        let isWrapped = object["data"] != nil
        var data = (isWrapped ? object["data"] as? [String: Any] : object) ?? [:]
        data["offers"] = repeated(data["offers"] as? [[String: Any]] ?? []) { offer, number in
            offer["id"] = "off_\(number)"
        }
        object = ["data": data]
        return Array(try JSONSerialization.data(withJSONObject: object))
    }

    static func amadeus() throws -> [UInt8] {
        var object = try recorded("amadeus/flight_offers_search_v2_get.json")
        object["data"] = repeated(object["data"] as? [[String: Any]] ?? []) { offer, number in
            offer["id"] = "\(number)"
        }
        return Array(try JSONSerialization.data(withJSONObject: object))
    }

    private static func recorded(_ path: String) throws -> [String: Any] {
        guard Vectors.exist else {
            throw BenchmarkSkipped(reason: "no vectors at ../shared/vectors")
        }
        let json = try JSONSerialization.jsonObject(with: Vectors.data("suppliers/\(path)"))
        guard let object = json as? [String: Any] else {
            throw BenchmarkFailure(what: "\(path) is no object")
        }
        return object
    }

    private static func repeated(
        _ offers: [[String: Any]], change: (inout [String: Any], Int) -> Void
    ) -> [[String: Any]] {
        guard !offers.isEmpty else { return [] }
        return (0..<offerCount).map { number in
            var offer = offers[number % offers.count]
            change(&offer, number)
            return offer
        }
    }

    /// Of five rounds the best of each counts; they take turns.
    static func figure(
        _ bytes: [UInt8], ours: @escaping () throws -> Int, decoder: @escaping () throws -> Int
    ) throws -> Figure {
        let data = Data(bytes)
        let apart = {
            _ = try JSONSerialization.jsonObject(with: data)
            return offerCount
        }
        var best = [0.0, 0.0, 0.0]
        for _ in 0..<5 {
            for (index, read) in [ours, decoder, apart].enumerated() {
                var count = 0
                let time = try ContinuousClock().measure { count = try read() }
                guard count == offerCount else {
                    throw BenchmarkFailure(what: "\(count) of \(offerCount) offers were read")
                }
                best[index] = max(best[index], Double(count) / (time / .seconds(1)))
            }
        }
        var figure = Figure(best[0], beside: "JSONDecoder:", best[1])
        figure.alsoBeside = ("JSONSerialization:", best[2])
        return figure
    }
}

extension Instant {
    /// Before any recorded offer ended.
    fileprivate static let zero = Instant(seconds: 0)
}
