public import HTTP
public import Travel

extension TravelError: ProblemConvertible {
    /// The same code; the sentence becomes the detail.
    public var problem: Problem {
        let status: HTTPStatus =
            if case .unknownAirport = self { .notFound } else { .unprocessableContent }
        let sentence = description
        return Problem(
            code, status: status, title: "Something about the trip is not valid",
            detail: sentence.prefix(1).uppercased() + sentence.dropFirst() + ".")
    }
}
