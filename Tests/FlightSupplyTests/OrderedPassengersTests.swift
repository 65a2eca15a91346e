import Foundation
import Support
import Testing
import Travel

@testable import FlightSupply

/// What airlines are told of passengers: documents, programmes, seats, laps, ages.
@Suite(.serialized, .enabled(if: Vectors.exist, "no vectors at ../shared/vectors"))
struct OrderedPassengersTests {
    private func passport(_ number: String = "X123 4567") throws -> IdentityDocument {
        try IdentityDocument(
            kind: .passport, number: number, issuedBy: CountryCode(parsing: "us"),
            nationality: CountryCode(parsing: "US"), expiresOn: LocalDate(parsing: "2029-05-01"))
    }

    private func seat(_ text: String) throws -> SeatChoice {
        SeatChoice(segment: 0, number: try SeatNumber(parsing: text))
    }

    @Test func `Duffel hears of documents, programmes and seats, and is paid for the seats`()
        async throws
    {
        let world = try await DuffelWorld()
        world.duffel.demandDocuments()
        let offer = try await world.offer()
        #expect(throws: SupplyError.detailsMissing("passport")) {
            try world.supply.check([DuffelWorld.amelia()], for: offer)
        }
        let card = try IdentityDocument(
            kind: .identityCard, number: "L01", issuedBy: CountryCode(parsing: "DE"),
            nationality: CountryCode(parsing: "DE"), expiresOn: LocalDate(parsing: "2029-05-01"))
        let amelia = try DuffelWorld.amelia(
            documents: [card, passport()],
            frequentFlyer: [FrequentFlyer(airline: AirlineCode(parsing: "BA"), number: "12901014")],
            seats: [seat("1A")])
        try world.supply.check([amelia], for: offer)
        let suppliers = Suppliers([world.supply])
        let seated = try await suppliers.seated([amelia], in: offer, at: DuffelServer.now)
        #expect(seated[0].seats?.map(\.price?.amount) == ["30.00"])
        let request = OrderRequest(offer: offer, passengers: seated, reference: "0f0f")
        let outcome = await world.supply.order(request, at: DuffelServer.now)
        #expect(
            outcome == .confirmed(SupplierOrder(reference: "RZPNX8", tickets: ["1252106312810"])))
        let body = try #require(world.server.asked.last).body
        for part in [
            #""identity_documents":[{"expires_on":"2029-05-01","issuing_country_code":"US","#
                + #""type":"passport","unique_identifier":"X1234567"}]"#,
            #""loyalty_programme_accounts":[{"account_number":"12901014","airline_iata_code":"BA"}]"#,
            #""services":[{"id":"ase_00009UhD4ongolulWAAA1A","quantity":1}]"#,
            #""payments":[{"amount":"75.00","currency":"GBP","type":"balance"}]"#,
        ] { #expect(body.contains(part), "\(part) is not in \(body)") }
        await world.close()
    }

    @Test func `a seat that is gone or dearer when it is ordered is a no, and nothing is ordered`()
        async throws
    {
        let world = try await DuffelWorld()
        let offer = try await world.offer()
        let suppliers = Suppliers([world.supply])
        for taken in ["1F", "9A"] {
            let passengers = [try DuffelWorld.amelia(seats: [seat(taken)])]
            await #expect(throws: SupplyError.seatUnavailable(try SeatNumber(parsing: taken))) {
                try await suppliers.seated(passengers, in: offer, at: DuffelServer.now)
            }
        }
        let seated = try await suppliers.seated(
            [DuffelWorld.amelia(seats: [seat("1A")])], in: offer, at: DuffelServer.now)
        let request = OrderRequest(offer: offer, passengers: seated, reference: "0f0f")
        world.duffel.setSeatPrice("31.00")
        let dearer = Money(minorUnits: 3_100, currency: try Currency(parsing: "GBP"))
        #expect(
            await world.supply.order(request, at: DuffelServer.now)
                == .refused(.priceChanged(dearer)))
        world.server.fail("GET /air/seat_maps", .status(200, #"{"data": []}"#))
        #expect(
            await world.supply.order(request, at: DuffelServer.now)
                == .refused(.seatUnavailable(try SeatNumber(parsing: "1A"))))
        #expect(world.server.count("POST /air/orders") == 0)
        await world.close()
    }

    private static let family = """
        [{"id": "pas_a", "type": "adult"}, {"id": "pas_b", "type": "adult"}, \
        {"id": "pas_c", "age": 9}, {"id": "pas_d", "age": 4}, {"id": "pas_e", "age": 15}, \
        {"id": "pas_f", "age": 1}]
        """

    @Test func `everybody gets the place of their age, and an infant the lap that was said`()
        async throws
    {
        let world = try await DuffelWorld()
        world.duffel.setPassengers(Self.family)
        let offer = try await world.offer()
        #expect(offer.ages?.sorted() == [4, 9, 15])
        #expect(offer.passengers == (try PassengerCounts(adults: 3, children: 2, infants: 1)))
        let passengers = try [
            DuffelWorld.relative("Ida", .child, born: "2016-02-01"),
            DuffelWorld.relative("Eve", .adult, born: "2005-02-01"), DuffelWorld.amelia(),
            DuffelWorld.relative("Amy", .adult, born: "1990-01-01"),
            DuffelWorld.relative("Zoe", .infant, born: "2019-06-14", onLapOf: 3),
            DuffelWorld.relative("Ann", .child, born: "2011-02-01"),
        ]
        try world.supply.check(passengers, for: offer)
        let request = OrderRequest(offer: offer, passengers: passengers, reference: "0f0f")
        _ = await world.supply.order(request, at: DuffelServer.now)
        let json = try JSONSerialization.jsonObject(
            with: Data(try #require(world.server.asked.last).body.utf8))
        let data = (json as? [String: Any])?["data"] as? [String: Any]
        let people = data?["passengers"] as? [[String: Any]] ?? []
        #expect(
            people.map { $0["given_name"] as? String ?? "" }.joined() == "IDAEVEAMELIAAMYZOEANN")
        let ids = ["pas_d", "pas_e", "pas_a", "pas_b", "pas_f", "pas_c"]
        #expect(people.map { $0["id"] as? String } == ids)
        #expect(
            people.map { $0["infant_passenger_id"] as? String } == [
                nil, nil, nil, "pas_f", nil, nil,
            ])
        await world.close()
    }

    @Test func `people of other ages are sent to search again, and so are two of one name`()
        async throws
    {
        let world = try await DuffelWorld()
        world.duffel.setPassengers(
            #"[{"id": "pas_a", "type": "adult"}, {"id": "pas_c", "age": 11}]"#)
        let offer = try await world.offer()
        let amelia = try DuffelWorld.amelia()
        let child = try DuffelWorld.relative("Ida", .child, born: "2016-02-01")
        #expect(throws: SupplyError.agesDiffer([4])) {
            try world.supply.check([amelia, child], for: offer)
        }
        let twin = try DuffelWorld.relative("Amelia", .child, born: "2009-02-01")
        let error = #expect(throws: SupplyError.self) {
            try world.supply.check([amelia, twin], for: offer)
        }
        #expect(error?.code == "bookings.details_missing")
        let search = try FlightSearch(
            [
                SearchSlice(
                    origin: SearchPlace(World.airport("LHR")),
                    destination: SearchPlace(World.airport("JFK")),
                    date: LocalDate(parsing: "2020-06-13"))
            ], passengers: PassengerCounts(adults: 2, children: 2, infants: 1), ages: [4, 15],
            at: DuffelServer.now)
        let people = DuffelWire.OfferQuestion(search).passengers
        #expect(people.map(\.type) == ["adult", nil, nil, nil, nil])
        #expect(people.map(\.age) == [nil, 15, 4, 11, 1])
        await world.close()
    }

    @Test func `Amadeus hears of documents and programmes, and of each infant with its adult`()
        async throws
    {
        let world = try await AmadeusWorld()
        world.demandDocuments()
        var offer = try await world.priced()
        #expect(offer.documentsRequired == [.passport, .identityCard])
        #expect(throws: SupplyError.detailsMissing("passport or identity card")) {
            try world.supply.check([DuffelWorld.amelia()], for: offer)
        }
        offer.supplierData = """
            {"travelerPricings": [{"travelerId": "1", "travelerType": "ADULT"}, \
            {"travelerId": "2", "travelerType": "ADULT"}, \
            {"travelerId": "3", "travelerType": "HELD_INFANT", "associatedAdultId": "1"}]}
            """
        let passengers = try [
            DuffelWorld.relative("Amy", .adult, born: "1990-01-01"),
            DuffelWorld.amelia(
                documents: [passport()],
                frequentFlyer: [FrequentFlyer(airline: AirlineCode(parsing: "af"), number: "12-3")]),
            DuffelWorld.relative("Zoe", .infant, born: "2019-06-14", onLapOf: 1),
        ]
        let request = OrderRequest(offer: offer, passengers: passengers, reference: "0f0f")
        let json = try JSONSerialization.jsonObject(
            with: Data(
                AmadeusOrder.body(of: request, ordering: AmadeusOrder.offer(of: request))))
        let data = (json as? [String: Any])?["data"] as? [String: Any]
        let people = data?["travelers"] as? [[String: Any]] ?? []
        #expect(people.map { $0["id"] as? String } == ["2", "1", "3"])
        #expect(
            people[1]["documents"] as? [NSDictionary] == [
                [
                    "documentType": "PASSPORT", "number": "X1234567", "issuanceCountry": "US",
                    "validityCountry": "US", "nationality": "US", "expiryDate": "2029-05-01",
                    "holder": true,
                ]
            ])
        #expect(
            people[1]["loyaltyPrograms"] as? [NSDictionary] == [
                ["programOwner": "AF", "id": "123"]
            ])
        #expect(people[0]["documents"] == nil && people[0]["loyaltyPrograms"] == nil)
        await world.close()
    }
}
