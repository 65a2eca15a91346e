import HTTP
import Testing
import TraqoraAPI

@testable import TraqoraServer

/// RFC 9110 section 11.6.1: a 401 names a scheme that would open, and nothing else does.
@Suite struct ChallengeTests {
    @Test func `every 401 names what would open, each route its own`() async throws {
        let world = try await TestWorld()
        func challenge(_ route: Route, _ headers: HTTPHeaders = [:]) async -> String? {
            let response = await world.server.answer(
                to: HTTPRequest(route.method, route.path(), headers: headers))
            #expect(response.status == .unauthorized)
            return response.headers["WWW-Authenticate"]
        }
        #expect(await challenge(.sessions) == #"Bearer realm="account""#)
        #expect(
            await challenge(.sessions, ["Authorization": "Bearer x.y.z"])
                == #"Bearer realm="account", error="invalid_token""#)
        let admin = #"ApiKey realm="administration", header="X-Admin-Key""#
        #expect(await challenge(.audit) == admin)
        #expect(await challenge(.audit, ["X-Admin-Key": "wrong"]) == admin)
        // A user's token is not a key of administration.
        #expect(await challenge(.audit, ["Authorization": "Bearer x.y.z"]) == admin)
        await world.close()
    }

    @Test func `the description has the same, and no problem of another status has any`() throws {
        for code in ProblemCode.allCases {
            let problem = code.problem()
            #expect((problem.status == .unauthorized) == (code.challenge != nil), "\(code)")
            #expect(problem.headers["WWW-Authenticate"] == code.challenge)
        }
        let json = String(
            decoding: try OpenAPIDocument([.audit, .sessions]).bytes(), as: UTF8.self)
        #expect(json.contains(#"ApiKey realm=\"administration\", header=\"X-Admin-Key\""#))
        #expect(json.contains(#"Bearer realm=\"account\""#))
    }
}
