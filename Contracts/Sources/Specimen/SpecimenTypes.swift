import Soroban

/// A place: two numbers, without their names.
@ContractType(as: .tuple)
struct Point {
    /// To the right.
    var x: Int32
    /// Upwards.
    var y: Int32
}

/// How light.
@ContractType
enum Shade: UInt32 {
    /// Light.
    case light = 3
    /// Dark.
    case dark = 9
}

/// A shape, of one kind or another.
@ContractType
enum Shape {
    /// Nothing.
    case empty
    /// Round.
    case circle(radius: UInt32)
    /// With corners.
    case box(width: UInt64, height: UInt64)
    /// With something on it.
    case labelled(HostString?, at: (Point, Shade))
    /// Of many points.
    case theLongestNameOfAll(Vec<Point>, Map<Shade, Vec<Shade>>)
}

/// Shapes and more.
@ContractType
struct Drawing {
    /// What it is called.
    var name: Symbol
    /// What is on it.
    var shapes: Vec<Shape>
    /// Where it is how light.
    var shades: Map<Shade, Vec<Point>>
    /// Where it begins.
    var origin: (Int32, Int32)
    /// What is above all.
    var cover: Shape?
    /// Its end.
    var outline: Point
    /// Places, and how light they are.
    var corners: Vec<Tuple3<Int32, Int32, Shade?>>
}

/// Something of every type.
@ContractType
struct Everything {
    var bool: Bool
    var u32: UInt32
    var i32: Int32
    var u64: UInt64
    var i64: Int64
    var u128: UInt128
    var i128: Int128
    var amount: Amount
    var u256: U256
    var i256: I256
    var timepoint: Timepoint
    var duration: Duration
    var symbol: Symbol
    var text: HostString
    var bytes: Bytes
    var four: BytesN<4>
    var address: Address
    var muxed: MuxedAddress
    var list: Vec<UInt32>
    var map: Map<Symbol, Int128>
    var option: UInt64?
    var any: Value
    var failure: Failure
}
