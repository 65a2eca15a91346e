import Foundation

/// An airport with scheduled flights: a place with a name, a country and a clock.
public struct Airport: Hashable, Codable, Sendable {
    /// Its IATA code.
    public let code: AirportCode
    /// Its name.
    public let name: String
    /// The city it serves.
    public let city: String
    /// The country, as ISO 3166-1 alpha-2.
    public let country: String
    /// Degrees north.
    public let latitude: Double
    /// Degrees east.
    public let longitude: Double
    /// The IANA name of its time zone.
    public let timeZone: String

    private enum CodingKeys: String, CodingKey {
        case code, name, city, country, latitude, longitude
        case timeZone = "time_zone"
    }

    /// The great-circle distance to another airport, in whole kilometres, on a sphere of the
    /// Earth's mean radius (6 371 km): at most half a per cent off.
    public func distanceKilometers(to other: Airport) -> Int {
        let degree = Double.pi / 180
        let (north, otherNorth) = (latitude * degree, other.latitude * degree)
        let halfNorth = sin((otherNorth - north) / 2)
        let halfEast = sin((other.longitude - longitude) * degree / 2)
        let chord = halfNorth * halfNorth + cos(north) * cos(otherNorth) * halfEast * halfEast
        return Int((2 * 6_371 * asin(min(1, chord.squareRoot()))).rounded())
    }
}
