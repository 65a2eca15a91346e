import Foundation
import SorobanHost
import Stellar
import StellarXDR
import Testing

private let unauthorized = "Error(Auth, InvalidAction)"
private typealias World = BookingWorld

/// A token that can be closed: then every transfer fails, as one to a missing trustline does.
///
/// ```
/// (module
///   (import "l" "_" (func $put (param i64 i64 i64) (result i64)))
///   (import "l" "0" (func $has (param i64 i64) (result i64)))
///   (import "l" "2" (func $delete (param i64 i64) (result i64)))
///   (import "x" "5" (func $fail (param i64) (result i64)))
///   (func (export "close") (result i64)
///     (call $put (i64.const 11209118755086) (i64.const 1) (i64.const 2)))
///   (func (export "open") (result i64)
///     (call $delete (i64.const 11209118755086) (i64.const 2)))
///   (func (export "transfer") (param i64 i64 i64) (result i64)
///     (if (i64.eq (call $has (i64.const 11209118755086) (i64.const 2)) (i64.const 1))
///       (then (drop (call $fail (i64.const 0xd00000003)))))
///     (i64.const 2)))
/// ```
private let closableToken = """
    AGFzbQEAAAABFwRgA35+fgF+YAJ+fgF+YAF+AX5gAAF+AhkEAWwBXwAAAWwBMAABAWwBMgABAXgB
    NQACAwQDAwMABxsDBWNsb3NlAAQEb3BlbgAFCHRyYW5zZmVyAAYKQgMQAEKO0qqcncYCQgFCAhAA
    Cw4AQo7SqpydxgJCAhACCyAAQo7SqpydxgJCAhABQgFRBEBCg4CAgNABEAMaC0ICCwAeEWNvbnRy
    YWN0ZW52bWV0YXYwAAAAAAAAABYAAAAA
    """

/// An escrow with a closable token, of which the passenger needs none.
private struct ClosableWorld {
    let world: World
    let token: SCAddress

    init() throws {
        world = try World()
        let wasm = try #require(
            Data(base64Encoded: closableToken, options: .ignoreUnknownCharacters))
        token = try world.world.deploy([UInt8](wasm), salt: 5, [])
        try world.call("set_token", [.address(token), .bool(true)], by: world.admin)
        let quote = world.quote(token: token)
        try world.call(
            "book_quoted", [world.alice.value, quote, try world.signature(of: quote)],
            by: world.alice)
    }

    func close() throws { try world.world.call(token, "close", []) }
    func open() throws { try world.world.call(token, "open", []) }

    func credit(_ person: Person) throws -> Int128? {
        try world.call("credit", [person.value, .address(token)]).int128
    }

    func withdrawal(_ person: Person, to: Person) -> [SCVal] {
        [person.value, .address(token), to.value]
    }
}

@Suite(.builds()) struct CreditTests {
    @Test func `who cannot receive is credited, and blocks nobody`() throws {
        let closable = try ClosableWorld()
        let world = closable.world
        try closable.close()
        try world.call("cancel", [world.alice.value, .u64(1), .u32(2)], by: world.alice)
        #expect(world.eventNames == ["cancelled", "credited", "credited", "credited"])
        #expect(try closable.credit(world.alice) == 16_001)
        #expect(try closable.credit(world.seller) == 3_900)
        #expect(try closable.credit(world.treasury) == 101)
        #expect(try world.call("escrowed", [.address(closable.token)]).int128 == 0)
        #expect(try world.call("booking", [.u64(1)])["state"] == .u32(3))
    }

    @Test func `an expired booking's refund is credited too`() throws {
        let closable = try ClosableWorld()
        let world = closable.world
        try closable.close()
        world.world.advance(to: World.now + World.window)
        try world.call("expire", [.u64(1)])
        #expect(world.eventNames == ["expired", "credited"])
        #expect(try closable.credit(world.alice) == 2 * World.price)
    }

    @Test func `a credit is withdrawn once, by its owner, to wherever`() throws {
        let closable = try ClosableWorld()
        let world = closable.world
        try closable.close()
        try world.call("cancel", [world.alice.value, .u64(1), .u32(2)], by: world.alice)
        let arguments = closable.withdrawal(world.alice, to: world.bob)
        #expect(try world.error("withdraw", arguments, by: world.alice) == "#13")
        #expect(try closable.credit(world.alice) == 16_001)
        try closable.open()
        #expect(try world.error("withdraw", arguments, by: world.bob) == unauthorized)
        #expect(try world.call("withdraw", arguments, by: world.alice) == .int128(16_001))
        #expect(world.eventNames == ["withdrawn"])
        #expect(
            world.world.events.first?.data
                == .fields(["amount": .int128(16_001), "to": world.bob.value]))
        #expect(try closable.credit(world.alice) == 0)
        #expect(try world.error("withdraw", arguments, by: world.alice) == "#415")
        #expect(try closable.credit(world.seller) == 3_900)
    }

    @Test func `credits of several cancellations add up`() throws {
        let closable = try ClosableWorld()
        let world = closable.world
        try closable.close()
        for _ in 0..<2 {
            try world.call("cancel", [world.alice.value, .u64(1), .u32(1)], by: world.alice)
        }
        #expect(try closable.credit(world.alice) == 2 * 8_000)
        try closable.open()
        let arguments = closable.withdrawal(world.alice, to: world.alice)
        #expect(try world.call("withdraw", arguments, by: world.alice) == .int128(16_000))
    }

    @Test func `a credit in one token is none in another`() throws {
        let closable = try ClosableWorld()
        let world = closable.world
        try closable.close()
        try world.call("cancel", [world.alice.value, .u64(1), .u32(2)], by: world.alice)
        #expect(try world.credit(world.alice) == 0)
        let other = [world.alice.value, .address(world.token), world.alice.value]
        #expect(try world.error("withdraw", other, by: world.alice) == "#415")
    }
}
