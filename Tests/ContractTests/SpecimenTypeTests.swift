import SorobanHost
import Stellar
import StellarXDR
import Testing

private typealias Contract = SpecimenContract
private typealias Shape = SpecimenContract.Shape
private typealias Point = SpecimenContract.Point

/// Unions, tuples, tuple structs, and types within types.
@Suite(.builds()) struct SpecimenTypeTests {
    private let specimen: SpecimenWorld

    init() throws { specimen = try SpecimenWorld() }

    private static let shapes: [Shape] = [
        .empty, .circle(7), .box(1 << 60, 3), .labelled("hello", ContractTuple(point, .dark)),
        .labelled(nil, ContractTuple(point, .light)), .theLongestNameOfAll([], [:]),
        .theLongestNameOfAll([point, point], [.light: [.dark, .light], .dark: []]),
    ]

    private static let point = Point(value0: .min, value1: .max)

    private static let drawing = Contract.Drawing(
        corners: [ContractTuple(1, -1, .light), ContractTuple(2, -2, nil)], cover: .circle(1),
        name: "a_name_of_more_than_nine", origin: ContractTuple(8, 9),
        outline: Point(value0: 1, value1: 2), shades: [.dark: [point], .light: []], shapes: shapes)

    @Test func `a constructor takes a tuple struct and a tuple`() throws {
        let (origin, pair) = try specimen.answer(specimen.client.begin()).elements
        #expect(origin == SpecimenWorld.origin && pair == SpecimenWorld.pair)
    }

    @Test func `each case of a union comes back with what it carries`() throws {
        for shape in Self.shapes {
            #expect(try specimen.answer(specimen.client.shape(shape: shape)) == shape)
        }
        #expect(try specimen.answer(specimen.client.area(of: .circle(2))) == 12)
        #expect(try specimen.answer(specimen.client.area(of: .box(5, 6))) == 30)
    }

    @Test func `a union is a list of its case and what it carries`() throws {
        let value = try specimen.world.call(
            specimen.address, "shape",
            [
                .vec([.symbol("Box"), .u64(1), .u64(.max)])
            ])
        #expect(value == .vec([.symbol("Box"), .u64(1), .u64(.max)]))
    }

    @Test(
        arguments: [
            .vec([.symbol("Square")]), .vec([.symbol("empty")]), .vec([.symbol("Empty"), .u32(1)]),
            .vec([.symbol("Circle")]), .vec([.symbol("Circle"), .u64(1)]),
            .vec([.symbol("Circle"), .u32(1), .u32(1)]), .vec([.u32(0)]), .vec([]), .void,
            .symbol("Empty"), .u32(0),
            .vec([.symbol("Labelled"), .void, .vec([.vec([.i32(1), .i32(2)])])]),
            .vec([.symbol("Labelled"), .void, .vec([.vec([.i32(1)]), .u32(3)])]),
            .vec([.symbol("Labelled"), .void, .vec([.vec([.i32(1), .i32(2)]), .u32(4)])]),
        ] as [SCVal])
    func `what is no case of a union is refused`(value: SCVal) throws {
        #expect(try specimen.world.error(specimen.address, "shape", [value]).hasPrefix("Error("))
    }

    @Test func `types within types are kept, told and read`() throws {
        let client = specimen.client
        for shape in Self.shapes {
            _ = try specimen.answer(client.draw(shape: shape, drawing: Self.drawing))
            let events = specimen.world.events
            let drawn = try events.compactMap {
                try Contract.DrawnEvent(topics: Array($0.topics), value: $0.data)
            }.first
            #expect(drawn?.shape == shape && drawn?.corner == Self.drawing.outline)
            #expect(drawn?.drawing == Self.drawing && drawn?.at == Self.drawing.origin)
            let painted = try events.compactMap {
                try Contract.PaintedEvent(topics: Array($0.topics), value: $0.data)
            }.first
            #expect(painted?.shade == .dark)
            let listed = try events.compactMap {
                try Contract.ListedEvent(topics: Array($0.topics), value: $0.data)
            }.first
            #expect(listed?.shape == shape && listed?.corners == Self.drawing.corners)
            #expect(try specimen.answer(client.drawn()) == shape)
            #expect(try specimen.answer(client.drawing(of: shape)) == Self.drawing)
        }
        #expect(try specimen.answer(client.drawing(of: .circle(999))) == nil)
    }

    @Test func `fields that are tuples, unions and structs are read and set`() throws {
        var copy = Self.drawing
        copy.origin = ContractTuple(9, 8)
        copy.outline = Point(value0: 2, value1: 2)
        #expect(try specimen.answer(specimen.client.copy(drawing: Self.drawing)) == copy)
    }

    @Test func `each of several error enums keeps its numbers`() throws {
        var drawing = Self.drawing
        drawing.name = "forbidden"
        #expect(try specimen.error(specimen.client.draw(shape: .empty, drawing: drawing)) == "#100")
        drawing.shapes = []
        #expect(try specimen.error(specimen.client.draw(shape: .empty, drawing: drawing)) == "#1")
    }

    @Test func `a value of every type comes back as it went`() throws {
        let alice = try Person("alice").address
        let muxed = SCAddress.muxedAccount(
            MuxedEd25519Account(id: 7, ed25519: try Uint256(Array(repeating: 3, count: 32))))
        for sign in [Int128(1), -1] {
            let large = Int256Parts(hiHi: Int64(sign), hiLo: 2, loHi: 3, loLo: 4)
            let everything = Contract.Everything(
                address: alice, amount: sign << 100, any: .vec([.bool(true), .void]), bool: true,
                bytes: SCBytes([1, 2]), duration: ContractDuration(seconds: 1 << 60),
                failure: .contract(12), four: try ContractBytes([1, 2, 3, 4]), i128: sign << 90,
                i256: large, i32: Int32(sign), i64: Int64(sign) << 60, list: [1, 2, 3],
                map: ["a": 1, "b_longer_than_nine": sign], muxed: sign > 0 ? alice : muxed,
                option: sign > 0 ? nil : 5, symbol: "symbol", text: "grüezi",
                timepoint: ContractTimepoint(seconds: 3), u128: 1 << 127,
                u256: UInt256Parts(hiHi: .max, hiLo: 2, loHi: 3, loLo: 4), u32: .max, u64: .max)
            let call = specimen.client.everything(everything: everything)
            #expect(try specimen.answer(call) == everything)
        }
    }

    @Test func `a function has as many parameters as the host calls`() throws {
        let arguments = (0..<32).map { SCVal.u32(1 << UInt32($0 % 16)) }
        let sum = try specimen.world.call(specimen.address, "sum", arguments)
        #expect(sum == .u32(2 * 65_535))
    }
}
