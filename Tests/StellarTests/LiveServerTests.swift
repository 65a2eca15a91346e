import Foundation
import HTTP
import Stellar
import StellarXDR
import Testing

/// The clients over a real socket.
@Suite struct LiveServerTests {
    @Test func `a server is asked over HTTP`() async throws {
        let server = HTTPServer { request in
            let body = String(decoding: request.body, as: UTF8.self)
            guard body.contains(#""method":"getNetwork""#),
                request.headers["Content-Type"] == "application/json"
            else { return .empty(.badRequest) }
            return .text(
                #"{"jsonrpc":"2.0","id":1,"result":{"passphrase":"x","protocolVersion":28}}"#)
        }
        let port = try await server.start()
        let rpc = SorobanRPC(url: "http://127.0.0.1:\(port)/rpc", client: HTTPClient())
        #expect(try await rpc.network().network == Network(passphrase: "x"))
        await #expect(throws: RPCError.status(400)) { try await rpc.versionInfo() }
        await server.stop()
    }

    @Test func `friendbot's answers are told apart`() async throws {
        let hash = String(repeating: "cd", count: 32)
        let poor = KeyPair.seeded(1).accountID
        let rich = KeyPair.seeded(2).accountID
        let server = HTTPServer { request in
            switch request.queryText {
            case "addr=\(poor)": return .text(#"{"successful":true,"hash":"\#(hash)"}"#)
            case "addr=\(rich)":
                return HTTPResponse(
                    status: .badRequest,
                    body: .bytes(
                        Array(#"{"detail":"account already funded to starting balance"}"#.utf8)))
            default: return .empty(503)
            }
        }
        let port = try await server.start()
        let friendbot = Friendbot(
            url: "http://127.0.0.1:\(port)/friendbot", client: HTTPClient())
        #expect(try await friendbot.fund(poor) == .funded(Hash(hex: hash)))
        #expect(try await friendbot.fund(rich) == .alreadyFunded)
        await #expect(throws: RPCError.status(503)) {
            try await friendbot.fund(KeyPair.seeded(3).accountID)
        }
        await server.stop()
    }
}
