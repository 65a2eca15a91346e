import SorobanHost
import Stellar
import StellarXDR
import Testing

/// Lists, maps, bytes and text.
@Suite(.builds()) struct SpecimenCollectionTests {
    private let specimen: SpecimenWorld

    init() throws { specimen = try SpecimenWorld() }

    @Test func `a list is added to, taken from, cut and gone through`() throws {
        let found = try specimen.answer(specimen.client.lists(list: [10, 20, 30])).elements
        // 10 20 30, then 5 at the end, 6 before, 10 out, 7 8 9 at the end, both ends off.
        #expect(found.0 == [21, 30, 5, 7, 8] && found.1 == [20, 30])
        #expect(found.2 == 60 && found.3 == 10 && found.4 == 30)
        let none = try specimen.answer(specimen.client.lists(list: [])).elements
        #expect(none.0 == [8, 8] && none.1 == [] && none.3 == nil && none.4 == nil)
    }

    @Test func `elements are found from both ends, and in a list that ascends`() throws {
        let list: [UInt32] = [1, 3, 3, 5]
        let three = try specimen.answer(specimen.client.find(number: 3, list: list)).elements
        #expect(three.0 == 1 && three.1 == 2 && three.3 && [1, 2].contains(three.2))
        let four = try specimen.answer(specimen.client.find(number: 4, list: list)).elements
        #expect(four.0 == nil && four.1 == nil && four.2 == 3 && !four.3)
    }

    @Test func `a map is set, emptied and listed`() throws {
        let point = SpecimenContract.Point(value0: 7, value1: 8)
        let found = try specimen.answer(
            specimen.client.maps(map: ["b": point, "gone": point], key: "a")
        ).elements
        #expect(found.0 == ["a": SpecimenContract.Point(value0: 1, value1: 2), "b": point])
        #expect(found.1 == ["b", "gone"] && found.2 == [point, point] && !found.3)
        #expect(found.4 == "a")
        #expect(
            try specimen.answer(specimen.client.maps(map: ["b": point], key: "b")).elements.3)
    }

    @Test func `bytes are read, set, added and cut`() throws {
        let found = try specimen.answer(specimen.client.bytes(bytes: SCBytes([1, 2, 3]))).elements
        #expect(found.0.bytes == [2, 2, 3, 255] + Array("end".utf8))
        #expect(found.1.bytes == [2, 3, 255, UInt8(ascii: "e")] && found.2 == 1 && found.3)
        let few = specimen.client.bytes(bytes: SCBytes([]))
        #expect(try specimen.error(few) == "Error(Object, IndexBounds)")
    }

    @Test func `text is bytes, and bytes are text`() throws {
        let found = try specimen.answer(specimen.client.texts(text: "greetings")).elements
        #expect(found.0.bytes == Array("greetings".utf8) && found.1 == "greetings" && found.2)
        #expect(try !specimen.answer(specimen.client.texts(text: "other")).elements.2)
    }

    @Test func `a value is its XDR, and comes back from it`() throws {
        let shape = SpecimenContract.Shape.box(3, 4)
        let found = try specimen.answer(specimen.client.serialize(shape: shape)).elements
        #expect(found.0.bytes == (try shape.scVal.xdr()) && found.1 == shape)
    }
}
