/// Amadeus' JSON: what we read of it. Names there are `camelCase`, mostly.
enum AmadeusWire {
    struct Offers: Decodable {
        var data: LossyList<Offer>
        var dictionaries: Dictionaries?
    }

    struct Dictionaries: Decodable {
        var carriers: [String: String]?
    }

    struct Offer: Decodable {
        var lastTicketingDate: String?
        var numberOfBookableSeats: Int?
        var itineraries: [Itinerary]
        var price: Price
        var pricingOptions: PricingOptions?
        var travelerPricings: [TravelerPricing]
        var fareRules: FareRules?
    }

    struct Itinerary: Decodable {
        var segments: [Segment]
    }

    struct Segment: Decodable {
        var id: LooseText
        var departure: Place
        var arrival: Place
        var carrierCode: String
        var number: LooseText
        var aircraft: Aircraft?
        var operating: Operating?
        var stops: [Stop]?
    }

    struct Place: Decodable {
        var iataCode: String
        var terminal: String?
        var at: String
    }

    struct Aircraft: Decodable { var code: String? }
    struct Operating: Decodable { var carrierCode: String? }
    struct Stop: Decodable { var iataCode: String? }

    struct Price: Decodable {
        var currency: String
        var total: String
        var base: String?
        var grandTotal: String?
        var taxes: [Tax]?
    }

    struct Tax: Decodable { var amount: String }

    struct PricingOptions: Decodable {
        var refundableFare: Bool?
        var noPenaltyFare: Bool?
    }

    struct TravelerPricing: Decodable {
        var travelerType: String
        var price: Price?
        var fareDetailsBySegment: [FareDetails]
    }

    struct FareDetails: Decodable {
        var segmentId: LooseText
        var cabin: String?
        var fareBasis: String?
        var brandedFare: String?
        var brandedFareLabel: String?
        var `class`: String?
        var includedCheckedBags: Bags?
        var includedCabinBags: Bags?
    }

    struct Bags: Decodable {
        var quantity: Int?
        var weight: Int?
        var weightUnit: String?
    }

    /// Structured rules; enterprise accounts have them.
    struct FareRules: Decodable {
        struct Rule: Decodable {
            var category: String?
            var notApplicable: Bool?
            var maxPenaltyAmount: String?
        }

        var currency: String?
        var rules: [Rule]?
    }

    struct Priced: Decodable {
        struct Included: Decodable {
            var rules: [String: DetailedRules]?

            private enum CodingKeys: String, CodingKey { case rules = "detailed-fare-rules" }
        }

        struct DetailedRules: Decodable {
            struct Notes: Decodable { var descriptions: [Description]? }
            struct Description: Decodable {
                var descriptionType: String?
                var text: String?
            }

            var fareNotes: Notes?
        }

        struct Content: Decodable {
            var flightOffers: [Offer]
            var bookingRequirements: Requirements?
        }

        /// What airlines want to know.
        struct Requirements: Decodable {
            struct OfTraveler: Decodable { var documentRequired: Bool? }

            var travelerRequirements: [OfTraveler]?
        }

        var data: Content
        var included: Included?
        var dictionaries: Dictionaries?
    }

    struct Ordered: Decodable {
        var data: Order
    }

    struct Order: Decodable {
        struct Record: Decodable {
            var reference: String?
        }

        struct Ticket: Decodable { var documentNumber: String? }
        struct Remarks: Decodable { var general: [Remark]? }
        struct Remark: Decodable { var text: String? }

        struct Traveler: Decodable {
            struct Name: Decodable {
                var firstName: String?
                var lastName: String?
            }

            var dateOfBirth: String?
            var name: Name?
        }

        var id: String?
        var associatedRecords: [Record]?
        var tickets: [Ticket]?
        var remarks: Remarks?
        var travelers: [Traveler]?
    }

    struct Token: Decodable {
        var accessToken: String
        var expiresIn: Int

        private enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case expiresIn = "expires_in"
        }
    }

    struct Failure: Decodable {
        struct Item: Decodable {
            var code: LooseText?
            var title: String?
            var detail: String?
        }

        var errors: [Item]
    }

    /// Refusals of a token have a form of their own.
    struct TokenFailure: Decodable {
        var error: String
        var code: LooseText?
        var title: String?
    }
}
