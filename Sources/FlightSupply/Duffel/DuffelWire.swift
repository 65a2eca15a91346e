/// Duffel's JSON, API version 2: what we read of it. Names there are `snake_case`.
enum DuffelWire {
    /// Everything comes in a wrapper.
    struct Wrapped<Value: Decodable>: Decodable {
        var data: Value
        var meta: Meta?
    }

    struct Meta: Decodable {
        var after: String?
    }

    struct OfferRequest: Decodable {
        var offers: LossyList<Offer>
    }

    struct Offer: Decodable {
        var id: String
        var expiresAt: String
        var partial: Bool?
        var totalAmount: String
        var totalCurrency: String
        var taxAmount: String?
        var taxCurrency: String?
        var conditions: Conditions?
        var passengerIdentityDocumentsRequired: Bool?
        var supportedPassengerIdentityDocumentTypes: [String]?
        /// What the field before was called at first.
        var allowedPassengerIdentityDocumentTypes: [String]?
        var passengers: [Passenger]
        var slices: [Slice]
    }

    struct Passenger: Decodable {
        var id: String
        var type: String?
        var age: Int?
    }

    struct Conditions: Decodable {
        var refundBeforeDeparture: Condition?
        var changeBeforeDeparture: Condition?
    }

    struct Condition: Decodable {
        var allowed: Bool
        var penaltyAmount: String?
        var penaltyCurrency: String?
    }

    struct Slice: Decodable {
        var fareBrandName: String?
        var segments: [Segment]
    }

    struct Segment: Decodable {
        var id: String?
        var departingAt: String
        var arrivingAt: String
        var origin: Place
        var destination: Place
        var originTerminal: String?
        var destinationTerminal: String?
        var marketingCarrier: Carrier
        var marketingCarrierFlightNumber: String
        var operatingCarrier: Carrier?
        var aircraft: Aircraft?
        var stops: [Stop]?
        var passengers: [SegmentPassenger]
    }

    struct Place: Decodable {
        var iataCode: String
        var timeZone: String?
    }

    struct Carrier: Decodable {
        var iataCode: String?
        var name: String?
    }

    struct Aircraft: Decodable {
        var iataCode: String?
    }

    struct Stop: Decodable {
        var airport: Place?
    }

    struct SegmentPassenger: Decodable {
        /// Absent in what airlines changed.
        var passengerId: String?
        var cabinClass: String?
        var fareBasisCode: String?
        var baggages: [Baggage]?
    }

    struct Baggage: Decodable {
        var type: String
        var quantity: Int
    }

    struct Order: Decodable {
        var id: String
        var bookingReference: String?
        var cancelledAt: String?
        var documents: [Document]?
        var metadata: [String: String]?
    }

    struct Document: Decodable {
        var type: String?
        var uniqueIdentifier: String?
    }

    struct Cancellation: Decodable {
        var id: String
    }

    struct Failure: Decodable {
        struct Item: Decodable {
            var type: String?
            var code: String?
            var title: String?
            var message: String?
        }

        var errors: [Item]
    }
}

/// What we send.
extension DuffelWire {
    struct Question<Value: Encodable>: Encodable {
        var data: Value
    }

    struct OfferQuestion: Encodable {
        struct Slice: Encodable {
            var origin: String
            var destination: String
            var departureDate: String
        }

        struct Person: Encodable {
            var type: String?
            var age: Int?
        }

        var slices: [Slice]
        var passengers: [Person]
        var cabinClass: String?
        var maxConnections: Int
    }

    struct OrderQuestion: Encodable {
        struct Person: Encodable {
            var id: String
            var title: String
            var gender: String
            var givenName: String
            var familyName: String
            var bornOn: String
            var email: String
            var phoneNumber: String
            var infantPassengerId: String?
            var identityDocuments: [Document]?
            var loyaltyProgrammeAccounts: [Account]?
        }

        struct Document: Encodable {
            var type: String
            var uniqueIdentifier: String
            var issuingCountryCode: String
            var expiresOn: String?
        }

        struct Account: Encodable {
            var airlineIataCode: String
            var accountNumber: String
        }

        struct Service: Encodable {
            var id: String
            var quantity: Int
        }

        struct Payment: Encodable {
            var type: String
            var amount: String
            var currency: String
        }

        var type: String
        var selectedOffers: [String]
        var passengers: [Person]
        var services: [Service]?
        var payments: [Payment]
        var metadata: [String: String]
    }

    struct CancellationQuestion: Encodable {
        var orderId: String
    }
}
