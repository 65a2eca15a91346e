internal import HTTP
internal import TraqoraAPI

/// What airlines ask, and whoever runs the service.
extension ScaleSide {
    static let portal: [ScaleEndpoint] = [
        ScaleEndpoint("airlines") { side, _ in try await side.get("/api/v1/airlines") },
        ScaleEndpoint("airline") { side, _ in
            try await side.get("/api/v1/airlines/TQ", side.airline.headers)
        },
        ScaleEndpoint("airline: operators") { side, _ in
            try await side.get("/api/v1/airlines/TQ/operators", side.airline.headers)
        },
        ScaleEndpoint("airline: flights") { side, turn in
            try await side.get(
                "/api/v1/airlines/TQ/flights?limit=\(1 + turn % 50)&from=\(day(turn % 200))",
                side.airline.headers)
        },
        ScaleEndpoint("airline: flights on time") { side, turn in
            try await side.get(
                "/api/v1/airlines/TQ/flights?status=scheduled&from=\(day(turn % 200))",
                side.airline.headers)
        },
        ScaleEndpoint("airline: cancelled flights") { side, turn in
            try await side.get(
                "/api/v1/airlines/TQ/flights?status=cancelled&limit=\(1 + turn % 50)",
                side.airline.headers)
        },
        ScaleEndpoint("airline: bookings") { side, turn in
            try await side.get(
                "/api/v1/airlines/TQ/bookings?limit=\(1 + turn % 50)", side.airline.headers)
        },
        ScaleEndpoint("airline: bookings of a flight") { side, turn in
            try await side.get(
                "/api/v1/airlines/TQ/bookings?flight=\(1_000_001 + turn)", side.airline.headers)
        },
        ScaleEndpoint("airline: disputed bookings") { side, turn in
            try await side.get(
                "/api/v1/airlines/TQ/bookings?state=disputed&limit=\(1 + turn % 50)",
                side.airline.headers)
        },
        ScaleEndpoint("airline: settlements by flight") { side, turn in
            try await side.get(
                "/api/v1/airlines/TQ/settlements/flights?from=\(day(turn % 200))",
                side.airline.headers)
        },
        ScaleEndpoint("airline: settlements by day") { side, turn in
            try await side.get(
                "/api/v1/airlines/TQ/settlements/days?from=\(day(-turn % 6 - 6))"
                    + "&until=\(day(-turn % 6 - 6))", side.airline.headers)
        },
    ]

    static let administration: [ScaleEndpoint] = [
        administer("bookings") { "bookings?limit=\(1 + $0 % 50)" },
        administer("bookings of an account") { "bookings?account=G\(1 + $0)" },
        administer("bookings of a locator") { "bookings?locator=K7M2Q\($0 % 8 + 2)" },
        administer("bookings of a rare status") {
            "bookings?status=refunding&limit=\(1 + $0 % 50)"
        },
        administer("bookings of a frequent status") {
            "bookings?status=completed&limit=\(1 + $0 % 50)"
        },
        administer("bookings of a day") {
            "bookings?from=\(day(-$0 % 8))&until=\(day(-$0 % 8))&limit=20"
        },
        ScaleEndpoint("administration: a booking") { side, _ in
            try await side.get("/api/v1/admin/bookings/\(side.paid.booking.id)", admin)
        },
        administer("users") { "users?limit=\(1 + $0 % 50)" },
        administer("users behind one") { "users?after=G5&limit=\(1 + $0 % 50)" },
        administer("a user's sign-ins") { "users/G\(1 + $0)/sessions" },
        administer("jobs") { "jobs?limit=\(1 + $0 % 50)" },
        administer("jobs that were given up") { "jobs?state=dead&limit=\(1 + $0 % 50)" },
        administer("audit") { "audit?limit=\(1 + $0 % 50)" },
        administer("audit behind an entry") { "audit?after=1000000&limit=\(1 + $0 % 50)" },
        administer("maintenance") { _ in "maintenance" },
        ScaleEndpoint("health") { side, _ in try await side.get("/health") },
        ScaleEndpoint("ready") { side, _ in try await side.get("/ready") },
        ScaleEndpoint("metrics") { side, _ in try await side.get("/metrics") },
    ]

    private static func administer(
        _ name: String, _ path: @escaping @Sendable (_ turn: Int) -> String
    ) -> ScaleEndpoint {
        ScaleEndpoint("administration: \(name)") { side, turn in
            try await side.get("/api/v1/admin/\(path(turn))", admin)
        }
    }
}
