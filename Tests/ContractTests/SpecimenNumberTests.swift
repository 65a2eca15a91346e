import SorobanHost
import Stellar
import StellarXDR
import Support
import Testing

/// 128 and 256 bits as a contract computes with them, beside this machine.
@Suite(.builds()) struct SpecimenNumberTests {
    private let specimen: SpecimenWorld

    init() throws { specimen = try SpecimenWorld() }

    private static let edges: [Int128] = [
        0, 1, -1, 2, -2, 10_000, 1 << 31, 1 << 32, (1 << 55) - 1, 1 << 63, -(1 << 63), 1 << 64,
        (1 << 64) - 1, 1 << 100, -(1 << 100), .max, .max - 1, .min, .min + 1,
    ]

    /// All pairs of edges, and some of chance.
    private static let pairs: [(Int128, Int128)] = {
        var random = SystemRandomNumberGenerator()
        func number() -> Int128 {
            Int128(truncatingIfNeeded: UInt128.random(in: 0 ... .max, using: &random))
                >> Int128.random(in: 0..<128, using: &random)
        }
        return edges.flatMap { a in edges.map { (a, $0) } }
            + (0..<200).map { _ in (number(), number()) }
    }()

    @Test func `signed numbers are added, multiplied, divided, shifted and ordered`() throws {
        for (a, b) in Self.pairs where b != 0 && (a != .min || b != -1) {
            let bits = b & 127
            let expected = [
                a &+ b, a &- b, a &* b, a / b, a % b, a << bits, a >> bits,
                a < b ? -1 : a > b ? 1 : 0,
            ]
            let found = try specimen.answer(specimen.client.signed(a: a, b: b))
            #expect(found == expected, "\(a), \(b)")
        }
    }

    @Test func `unsigned numbers are added, multiplied, divided, shifted and ordered`() throws {
        for (a, b) in Self.pairs where b != 0 {
            let (a, b) = (UInt128(truncatingIfNeeded: a), UInt128(truncatingIfNeeded: b))
            let bits = b & 127
            let expected = [
                a &+ b, a &- b, a &* b, a / b, a % b, a << bits, a >> bits,
                a < b ? 0 : a > b ? 2 : 1,
            ]
            let found = try specimen.answer(specimen.client.unsigned(a: a, b: b))
            #expect(found == expected, "\(a), \(b)")
        }
    }

    private func outcome<Number: FixedWidthInteger>(
        _ operation: SpecimenContract.Operation, _ a: Number, _ b: Number
    ) -> Number? {
        let (result, isTooLarge) =
            switch operation {
            case .sum: a.addingReportingOverflow(b)
            case .difference: a.subtractingReportingOverflow(b)
            case .product: a.multipliedReportingOverflow(by: b)
            case .quotient: a.dividedReportingOverflow(by: b)
            case .remainder: a.remainderReportingOverflow(dividingBy: b)
            }
        return isTooLarge ? nil : result
    }

    @Test(arguments: SpecimenContract.Operation.allCases)
    func `a number that 128 bits do not hold ends the call`(
        operation: SpecimenContract.Operation
    ) throws {
        for (a, b) in Self.pairs {
            let call = specimen.client.checked(operation: operation, a: a, b: b)
            if let expected = outcome(operation, a, b) {
                #expect(try specimen.answer(call) == expected, "\(a) \(operation) \(b)")
            } else {
                #expect(try specimen.error(call) == trap, "\(a) \(operation) \(b)")
            }
            let (c, d) = (UInt128(truncatingIfNeeded: a), UInt128(truncatingIfNeeded: b))
            let other = specimen.client.checkedUnsigned(operation: operation, a: c, b: d)
            if let expected = outcome(operation, c, d) {
                #expect(try specimen.answer(other) == expected, "\(c) \(operation) \(d)")
            } else {
                #expect(try specimen.error(other) == trap, "\(c) \(operation) \(d)")
            }
        }
    }

    private func large(_ number: Int128) -> Int256Parts {
        let sign: Int64 = number < 0 ? -1 : 0
        return Int256Parts(
            hiHi: sign, hiLo: UInt64(bitPattern: sign),
            loHi: UInt64(truncatingIfNeeded: number >> 64),
            loLo: UInt64(truncatingIfNeeded: number))
    }

    private func large(_ number: UInt128) -> UInt256Parts {
        UInt256Parts(
            hiHi: 0, hiLo: 0, loHi: UInt64(truncatingIfNeeded: number >> 64),
            loLo: UInt64(truncatingIfNeeded: number))
    }

    @Test func `numbers of 256 bits agree with those of 128 where these are enough`() throws {
        for (a, b) in Self.pairs {
            for operation in SpecimenContract.Operation.allCases {
                guard var expected = outcome(operation, a, b) else { continue }
                // What is left over is never below zero.
                if operation == .remainder, expected < 0 { expected &+= b < 0 ? 0 &- b : b }
                let call = specimen.client.large(operation: operation, a: large(a), b: large(b))
                let isFar = operation == .remainder && b == .min
                if !isFar { #expect(try specimen.answer(call) == large(expected), "\(a), \(b)") }
                let (c, d) = (UInt128(truncatingIfNeeded: a), UInt128(truncatingIfNeeded: b))
                guard let unsigned = outcome(operation, c, d) else { continue }
                let other = specimen.client.largeUnsigned(
                    operation: operation, a: large(c), b: large(d))
                #expect(try specimen.answer(other) == large(unsigned), "\(c), \(d)")
            }
        }
    }

    @Test func `a number that 256 bits do not hold, and a division by zero, end the call`() throws {
        let client = specimen.client
        let most = UInt256Parts(hiHi: .max, hiLo: .max, loHi: .max, loLo: .max)
        let least = Int256Parts(hiHi: .min, hiLo: 0, loHi: 0, loLo: 0)
        let failures = [
            try specimen.error(client.largeUnsigned(operation: .sum, a: most, b: large(1))),
            try specimen.error(client.largeUnsigned(operation: .difference, a: large(0), b: most)),
            try specimen.error(client.largeUnsigned(operation: .product, a: most, b: most)),
            try specimen.error(client.largeUnsigned(operation: .quotient, a: most, b: large(0))),
            try specimen.error(client.large(operation: .quotient, a: least, b: large(-1))),
            try specimen.error(client.large(operation: .difference, a: least, b: large(1))),
        ]
        #expect(failures == Array(repeating: "Error(Object, ArithDomain)", count: 6))
    }

    @Test func `powers, shifts and order of 256 bits`() throws {
        let (a, b, order) = try specimen.answer(
            specimen.client.largeOthers(a: large(UInt128(12)), b: large(Int128(-2_000)), bits: 2)
        ).elements
        #expect(a == [large(UInt128(144)), large(UInt128(48)), large(UInt128(3))])
        #expect(b == [large(-8_000_000_000), large(Int128(-8_000)), large(Int128(-500))])
        #expect(order == 3)
        let far = try specimen.answer(
            specimen.client.largeOthers(a: large(UInt128.max >> 1), b: large(Int128(5)), bits: 100)
        ).elements
        // 2^127 - 1 becomes 2^227 - 2^100.
        let shifted = UInt256Parts(
            hiHi: (1 << 35) - 1, hiLo: .max, loHi: .max << 36, loLo: 0)
        #expect(far.2 == 4 && far.0[1] == shifted)
    }

    @Test func `128 bits become 256, their bytes, and 128 again`() throws {
        for (a, b) in Self.pairs.prefix(60) + Self.pairs.suffix(60) {
            let number = UInt128(truncatingIfNeeded: a)
            let found = try specimen.answer(specimen.client.convert(a: number, b: b)).elements
            #expect(found.0 == large(number) && found.1 == large(b))
            #expect(found.2 == number && found.3 == b)
            #expect(found.4.bytes == bytes(number, fill: 0))
            #expect(found.5.bytes == bytes(UInt128(truncatingIfNeeded: b), fill: b < 0 ? 255 : 0))
            let narrow = specimen.client.narrow(a: large(number), b: large(b))
            #expect(try specimen.answer(narrow) == ContractTuple(number, b))
        }
        for (a, b) in [
            (UInt256Parts(hiHi: 0, hiLo: 1, loHi: 0, loLo: 0), large(0)),
            (large(0), Int256Parts(hiHi: 0, hiLo: 0, loHi: 1 << 63, loLo: 0)),
            (large(0), Int256Parts(hiHi: -1, hiLo: .max, loHi: 0, loLo: 0)),
        ] {
            #expect(try specimen.error(specimen.client.narrow(a: a, b: b)) == trap)
        }
    }

    private func bytes(_ number: UInt128, fill: UInt8) -> [UInt8] {
        Array(repeating: fill, count: 16)
            + (0..<16).map { UInt8(truncatingIfNeeded: number >> UInt128(120 - 8 * $0)) }
    }

    @Test func `moments and lengths of time are added, and end the call where they end`() throws {
        let call = specimen.client.times(
            at: ContractTimepoint(seconds: 100), since: ContractTimepoint(seconds: 30),
            length: ContractDuration(seconds: 60))
        let found = try specimen.answer(call).elements
        #expect(found.0.seconds == 160 && found.1.seconds == 40 && found.2.seconds == 70)
        #expect(found.3.seconds == 120 && found.4)
        for (at, since, length): (UInt64, UInt64, UInt64) in [
            (100, 101, 1), (100, 1, 101), (.max, 1, 1),
        ] {
            let call = specimen.client.times(
                at: ContractTimepoint(seconds: at), since: ContractTimepoint(seconds: since),
                length: ContractDuration(seconds: length))
            #expect(try specimen.error(call) == trap)
        }
    }
}
