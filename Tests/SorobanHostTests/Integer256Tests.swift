import Testing

@testable import SorobanHost

/// 256-bit arithmetic beside long arithmetic on bits, as one does it on paper.
@Suite struct Integer256Tests {
    /// Natural numbers as bits, the lowest first; slow, and too simple to be wrong.
    struct Natural: Hashable {
        var bits: [Bool]

        init(bits: [Bool]) {
            self.bits = bits
            while self.bits.last == false { self.bits.removeLast() }
        }

        init(_ number: UInt256) {
            self.init(
                bits: number.bigEndianBytes.reversed().flatMap { byte in
                    (0..<8).map { byte >> UInt8($0) & 1 == 1 }
                })
        }

        /// `nil` if it has more than 256 bits.
        var number: UInt256? {
            guard bits.count <= 256 else { return nil }
            var bytes = [UInt8](repeating: 0, count: 32)
            for (place, bit) in bits.enumerated() where bit {
                bytes[31 - place / 8] |= 1 << UInt8(place % 8)
            }
            return UInt256(bigEndian: bytes)
        }

        static func + (a: Natural, b: Natural) -> Natural {
            var carry = 0
            let count = max(a.bits.count, b.bits.count) + 1
            return Natural(
                bits: (0..<count).map { place in
                    let sum = carry + a[place] + b[place]
                    carry = sum / 2
                    return sum % 2 == 1
                })
        }

        static func * (a: Natural, b: Natural) -> Natural {
            var product = Natural(bits: [])
            for (place, bit) in b.bits.enumerated() where bit {
                product = product + Natural(bits: Array(repeating: false, count: place) + a.bits)
            }
            return product
        }

        subscript(place: Int) -> Int { place < bits.count && bits[place] ? 1 : 0 }
    }

    /// Numbers of every magnitude and the edges, the same in each run.
    static let samples: [UInt256] = {
        var source = PRNG(key: Array(0..<32))
        var numbers: [UInt256] = [.zero, .one, .max, Int256.max.bits, Int256.min.bits]
        numbers += [UInt256(high: 0, low: .max), UInt256(high: 1, low: 0)]
        for bits: UInt32 in stride(from: 8, to: 256, by: 37) {
            let number = UInt256(bigEndian: source.bytes(32)).shiftedRight(by: bits)
            numbers += [number, number.inverted]
        }
        return numbers
    }()

    @Test(arguments: samples) func `sums, products and their overflow are those of paper`(
        a: UInt256
    ) {
        for b in Self.samples {
            #expect(a.adding(b) == (Natural(a) + Natural(b)).number)
            #expect(a.multiplied(by: b) == (Natural(a) * Natural(b)).number)
            #expect(a.subtracting(b) == (a < b ? nil : a.subtractingReportingOverflow(b).0))
        }
    }

    @Test(arguments: samples) func `what is divided can be put together again`(a: UInt256) throws {
        for b in Self.samples where b != .zero {
            let (quotient, remainder) = try #require(a.dividedWithRemainder(by: b))
            #expect(remainder < b)
            #expect(quotient.multiplied(by: b)?.adding(remainder) == a)
        }
        #expect(a.divided(by: .zero) == nil)
        #expect(a.remainderEuclidean(.zero) == nil)
    }

    @Test(arguments: samples) func `signed operations agree with unsigned ones on magnitudes`(
        bits: UInt256
    ) throws {
        let a = Int256(bits: bits)
        for other in Self.samples {
            let b = Int256(bits: other)
            if let sum = a.adding(b) { #expect(sum.subtracting(b) == a) }
            if let product = a.multiplied(by: b), b != .zero {
                #expect(product.divided(by: b) == a)
            }
            if let remainder = a.remainderEuclidean(b) {
                #expect(!remainder.isNegative)
                #expect(remainder.bits < b.magnitude)
            }
            #expect((a < b) == (a.subtracting(b).map(\.isNegative) ?? a.isNegative))
        }
    }

    @Test func `the least number has no opposite`() {
        #expect(Int256.min.divided(by: .minusOne) == nil)
        #expect(Int256.min.remainderEuclidean(.minusOne) == nil)
        #expect(Int256.zero.subtracting(.min) == nil)
        #expect(Int256.min.multiplied(by: .minusOne) == nil)
        #expect(Int256(-2).raised(to: 255) == .min)
        #expect(Int256(2).raised(to: 255) == nil)
        #expect(UInt256(2).raised(to: 255) == UInt256(high: 1 << 127, low: 0))
        #expect(UInt256(2).raised(to: 256) == nil)
        #expect(UInt256.zero.raised(to: 0) == .one)
    }

    @Test(arguments: samples) func `shifting multiplies and divides by powers of two`(
        a: UInt256
    ) throws {
        for amount: UInt32 in [0, 1, 63, 64, 127, 128, 129, 200, 255] {
            let power = try #require(UInt256(2).raised(to: amount))
            #expect(a.shifted(right: amount) == a.divided(by: power))
            let kept = Natural(bits: Array(repeating: false, count: Int(amount)) + Natural(a).bits)
            #expect(a.shifted(left: amount) == Natural(bits: Array(kept.bits.prefix(256))).number)
            let signed = try #require(Int256(bits: a).shifted(right: amount))
            #expect(signed.isNegative == Int256(bits: a).isNegative || signed == .zero)
        }
        #expect(a.shifted(left: 256) == nil)
        #expect(Int256(bits: a).shifted(right: 256) == nil)
    }
}
