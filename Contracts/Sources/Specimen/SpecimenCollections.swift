import Soroban

/// Lists, maps, bytes and text.
@Contract
struct SpecimenCollections {
    /// Everything that one does with a list.
    func lists(list: Vec<UInt32>) -> (Vec<UInt32>, Vec<UInt32>, UInt64, UInt32?, UInt32?) {
        var sum: UInt64 = 0
        for number in list { sum += UInt64(number) }
        var other = list
        other.append(5)
        other.insert(6, at: 0)
        other.remove(at: 1)
        other.append(contentsOf: Vec([7, 8, 9]))
        other.removeFirst()
        other.removeLast()
        other[0] = other[0] + 1
        let isSame = other == list || list == Vec()
        return (other, isSame ? Vec() : list[1..<list.count], sum, list.first, list.last)
    }

    /// Where something is in a list that ascends.
    func find(number: UInt32, list: Vec<UInt32>) -> (UInt32?, UInt32?, UInt32, Bool) {
        let place = list.search(for: number)
        return (
            list.firstIndex(of: number), list.lastIndex(of: number), place.index, place.isThere
        )
    }

    /// Everything that one does with a map.
    func maps(map: Map<Symbol, Point>, key: Symbol) -> (
        Map<Symbol, Point>, Vec<Symbol>, Vec<Point>, Bool, Symbol
    ) {
        var other = map
        other[key] = Point(x: 1, y: 2)
        other[#symbol("gone")] = nil
        return (other, map.keys, map.values, map.contains(key), other.key(at: 0))
    }

    /// Everything that one does with bytes.
    func bytes(bytes: Bytes) -> (Bytes, BytesN<4>, UInt32, Bool) {
        var other = bytes
        other.append(255)
        other[0] = other[1]
        other.append(contentsOf: Bytes("end"))
        return (other, BytesN(other[1..<5]), bytes[0], Bytes() < bytes)
    }

    /// From text to bytes and back.
    func texts(text: HostString) -> (Bytes, HostString, Bool) {
        (Bytes(text), HostString(Bytes("greetings")), text == HostString("greetings"))
    }

    /// A value of any kind, as XDR and back.
    func serialize(shape: Shape) -> (Bytes, Shape) {
        let bytes = shape.serialized
        return (bytes, bytes.deserialized())
    }
}
