import Soroban

/// Everything at once: types here, the rest in its parts.
@Contract(
    SpecimenNumbers.self, SpecimenCollections.self, SpecimenHost.self, SpecimenCalls.self,
    errors: SpecimenError.self, OtherError.self, events: Drawn.self, Painted.self, Listed.self)
struct SpecimenContract {
    @Stored("origin") var origin: Point
    @Stored("last") var last: Shape?
    @Stored("pair") var pair: Tuple2<UInt32, Symbol>
    @Stored(.persistent) var drawings: Table<Shape, Drawing>

    /// Begins somewhere.
    init(origin: Point, pair: (UInt32, Symbol)) {
        self.origin = origin
        self.pair = Tuple2(elements: pair)
        last = nil
    }

    /// Where it began.
    func begin() -> (Point, Tuple2<UInt32, Symbol>) { (origin, pair) }

    /// The same shape, taken apart and put together.
    func shape(shape: Shape) -> Shape {
        switch shape {
        case .empty: .empty
        case .circle(let radius): .circle(radius: radius)
        case .box(let width, let height): .box(width: width, height: height)
        case .labelled(let text, let place): .labelled(text, at: place)
        case .theLongestNameOfAll(let points, let shades): .theLongestNameOfAll(points, shades)
        }
    }

    /// How large a shape is.
    func area(of shape: Shape) -> UInt64 {
        switch shape {
        case .empty, .labelled: 0
        case .circle(let radius): 3 * UInt64(radius) * UInt64(radius)
        case .box(let width, let height): width * height
        case .theLongestNameOfAll(let points, _): UInt64(points.count)
        }
    }

    /// Keeps a drawing under the shape that it is of.
    ///
    /// - Emits: ``Drawn``, ``Painted``, ``Listed``.
    /// - Fails: `isEmpty`.
    func draw(shape: Shape, drawing: Drawing) {
        if drawing.shapes.isEmpty { fail(.isEmpty) }
        if drawing.name == #symbol("forbidden") { fail(.isForbidden) }
        drawings[shape] = drawing
        last = shape
        Drawn(shape: shape, corner: drawing.outline, drawing: drawing, at: drawing.origin).emit()
        Painted(shade: .dark).emit()
        Listed(shape: shape, corners: drawing.corners).emit()
    }

    /// What was drawn last.
    func drawn() -> Shape? { last }

    /// The drawing of a shape.
    func drawing(of shape: Shape) -> Drawing? { drawings[shape] }

    /// The same, its fields read and written again.
    func copy(drawing: Drawing) -> Drawing {
        var copy = Drawing(
            name: drawing.name, shapes: drawing.shapes, shades: drawing.shades,
            origin: drawing.origin, cover: drawing.cover, outline: drawing.outline,
            corners: drawing.corners)
        copy.origin = (copy.origin.1, copy.origin.0)
        copy.outline.x = copy.outline.x + 1
        copy.cover = copy.cover.map { shape in shape }
        return copy
    }

    /// Something of every type, its fields read and written again.
    func everything(everything: Everything) -> Everything {
        Everything(
            bool: everything.bool, u32: everything.u32, i32: everything.i32, u64: everything.u64,
            i64: everything.i64, u128: everything.u128, i128: everything.i128,
            amount: everything.amount, u256: everything.u256, i256: everything.i256,
            timepoint: everything.timepoint, duration: everything.duration,
            symbol: everything.symbol, text: everything.text, bytes: everything.bytes,
            four: everything.four, address: everything.address, muxed: everything.muxed,
            list: everything.list, map: everything.map, option: everything.option,
            any: everything.any, failure: everything.failure)
    }

    /// As many as the host calls.
    func sum(
        a: UInt32, b: UInt32, c: UInt32, d: UInt32, e: UInt32, f: UInt32, g: UInt32, h: UInt32,
        i: UInt32, j: UInt32, k: UInt32, l: UInt32, m: UInt32, n: UInt32, o: UInt32, p: UInt32,
        q: UInt32, r: UInt32, s: UInt32, t: UInt32, u: UInt32, v: UInt32, w: UInt32, x: UInt32,
        y: UInt32, z: UInt32, aa: UInt32, bb: UInt32, cc: UInt32, dd: UInt32, ee: UInt32,
        ff: UInt32
    ) -> UInt32 {
        let (first, second) = (a + b + c + d + e + f + g + h, i + j + k + l + m + n + o + p)
        return first + second + q + r + s + t + u + v + w + x + y + z + aa + bb + cc + dd + ee + ff
    }
}

/// What goes wrong here.
@ContractError
enum SpecimenError: UInt32 {
    /// Nothing is drawn.
    case isEmpty = 1
}

/// What else goes wrong.
@ContractError
enum OtherError: UInt32 {
    /// One does not draw that.
    case isForbidden = 100
}

/// Something was drawn.
@ContractEvent
struct Drawn {
    @Topic let shape: Shape
    @Topic let corner: Point
    let drawing: Drawing
    let at: (Int32, Int32)
}

/// Something was painted.
@ContractEvent(data: .singleValue)
struct Painted {
    let shade: Shade
}

/// What there is.
@ContractEvent(name: "a_name_of_more_than_nine", data: .list)
struct Listed {
    let shape: Shape
    let corners: Vec<Tuple3<Int32, Int32, Shade?>>
}
