/// A value as contracts hold it: a 64-bit word with a tag in its lowest byte.
///
///     63            32 31        8 7    0
///     ┌───────────────┬───────────┬──────┐
///     │ major         │ minor     │ tag  │     body = major and minor, 56 bits
///     └───────────────┴───────────┴──────┘
///
/// Inside the host an object's handle (the major word) is absolute: index · 2 + 1. A contract sees
/// handles relative to its frame, index · 2, so that it cannot name what it was not given.
struct Val: Hashable, Sendable {
    /// The kinds of word. XDR has one type for the small and the object form of a kind.
    enum Tag: UInt8, Sendable, Hashable {
        case `false` = 0
        case `true`, void, error, u32, i32
        case u64Small, i64Small, timepointSmall, durationSmall
        case u128Small, i128Small, u256Small, i256Small, symbolSmall
        case u64Object = 64
        case i64Object, timepointObject, durationObject
        case u128Object, i128Object, u256Object, i256Object
        case bytesObject, stringObject, symbolObject, vecObject, mapObject, addressObject
        case muxedAddressObject, executableTagObject

        /// Whether the word holds a handle instead of the value.
        var isObject: Bool { rawValue >= 64 }
    }

    let word: UInt64

    init(word: UInt64) {
        self.word = word
    }

    init(_ tag: Tag, body: UInt64) {
        word = body << 8 | UInt64(tag.rawValue)
    }

    init(_ tag: Tag, major: UInt32, minor: UInt32 = 0) {
        word = UInt64(major) << 32 | UInt64(minor) << 8 | UInt64(tag.rawValue)
    }

    static let void = Val(.void, body: 0)

    static func u32(_ value: UInt32) -> Val { Val(.u32, major: value) }

    static func i32(_ value: Int32) -> Val { Val(.i32, major: UInt32(bitPattern: value)) }

    static func bool(_ value: Bool) -> Val { Val(value ? .true : .false, body: 0) }

    static func error(_ error: HostError) -> Val {
        Val(.error, major: error.number, minor: error.kind.rawValue)
    }

    /// A handle of the host's own table.
    static func object(_ tag: Tag, index: Int) -> Val {
        Val(tag, major: UInt32(truncatingIfNeeded: index << 1 | 1))
    }

    /// `nil` for a word that no value has.
    var tag: Tag? { Tag(rawValue: UInt8(truncatingIfNeeded: word)) }
    var body: UInt64 { word >> 8 }
    var major: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
    var minor: UInt32 { UInt32(truncatingIfNeeded: word >> 8) & 0xff_ffff }
    var isObject: Bool { tag?.isObject ?? false }
    /// The body as a signed number of 56 bits.
    var signedBody: Int64 { Int64(bitPattern: word) >> 8 }

    /// The index into the host's table.
    var objectIndex: Int { Int(major >> 1) }

    var u32: UInt32? { tag == .u32 ? major : nil }
    var i32: Int32? { tag == .i32 ? Int32(bitPattern: major) : nil }

    var bool: Bool? {
        switch tag {
        case .false: false
        case .true: true
        default: nil
        }
    }

    /// The error that the word stands for, if it is one.
    var error: HostError? { tag == .error ? HostError(kind: minor, number: major) : nil }

    /// Whether the word is one that a value has; a handle is checked against the table besides.
    var isWellFormed: Bool {
        switch tag {
        case nil: false
        case .false, .true, .void: body == 0
        case .u32, .i32: minor == 0
        case .error: error != nil
        case .symbolSmall: body >> 54 == 0
        case .u64Small, .i64Small, .timepointSmall, .durationSmall, .u128Small, .i128Small,
            .u256Small, .i256Small:
            true
        case let tag?: tag.isObject && minor == 0
        }
    }
}

extension Val {
    /// The largest unsigned number that stands in the word itself, 2^56 − 1.
    static let maxSmallUnsigned: UInt64 = (1 << 56) - 1
    /// The range of signed numbers that stand in the word itself.
    static let smallSigned: ClosedRange<Int64> = -(1 << 55)...(1 << 55) - 1

    /// The small form of an unsigned number, if it fits.
    static func small(_ tag: Tag, _ value: UInt64) -> Val? {
        value <= maxSmallUnsigned ? Val(tag, body: value) : nil
    }

    /// The small form of a signed number, if it fits.
    static func small(_ tag: Tag, _ value: Int64) -> Val? {
        smallSigned.contains(value)
            ? Val(word: UInt64(bitPattern: value << 8) | UInt64(tag.rawValue)) : nil
    }
}
