import Testing

@testable import Soroban

/// As much of a host as amounts need: it keeps numbers of 128 bits.
private final class NumberHost {
    private var objects: [Int128] = []

    func word(_ number: Int128, as tag: Soroban.Tag = .i128Object) -> UInt64 {
        objects.append(number)
        return UInt64(objects.count - 1) << 32 | UInt64(tag.rawValue)
    }

    func number(_ word: UInt64) -> Int128 {
        switch Soroban.Tag(rawValue: UInt8(truncatingIfNeeded: word)) {
        case .i128: Int128(Int64(bitPattern: word) >> 8)
        case .u64: Int128(word >> 8)
        default: objects[Int(word >> 32)]
        }
    }

    func answer(_ function: String, _ words: Span<UInt64>) -> UInt64? {
        switch function {
        case "i.6": return word(Int128(Int64(bitPattern: words[0])) << 64 | Int128(words[1]))
        case "i.7": return UInt64(truncatingIfNeeded: number(words[0]))
        case "i.8": return UInt64(truncatingIfNeeded: number(words[0]) >> 64)
        case "x.0":
            let (a, b) = (number(words[0]), number(words[1]))
            return UInt64(bitPattern: a < b ? -1 : a > b ? 1 : 0)
        default: preconditionFailure("\(function) is not for numbers")
        }
    }
}

/// Amounts beside this machine's own numbers.
@Suite(.serialized) struct AmountTests {
    private let host = NumberHost()

    /// Lets `body` ask the host.
    private func asking(_ body: () throws -> Void) rethrows {
        try NativeHost.answering(
            with: { [host] function, words, _ in host.answer(function, words) }, body)
    }

    /// All that is near a border, and numbers of all lengths.
    private static let numbers: [Int128] = {
        var random = SystemRandomNumberGenerator()
        let borders = [0, 1 << 55, 1 << 63, 1 << 64, 1 << 100, Int128.max, .min]
        let near = borders.flatMap { border in
            (-2...2).map { border &+ $0 } + (-2...2).map { 0 &- border &+ $0 }
        }
        return near
            + (0..<300).map { _ in
                let high = Int128(truncatingIfNeeded: random.next() as UInt64)
                let low = Int128(random.next() as UInt64)
                return (high << 64 | low) >> Int128.random(in: 0..<128, using: &random)
            }
    }()

    /// A number as the host may hand it over: a small one in the word, or as an object all the same.
    private func amounts(_ number: Int128) -> [Amount] {
        [Amount(number), Amount(Value(word: host.word(number)))]
    }

    @Test func `an amount is the number it was made of, in a word if that will do`() {
        asking {
            for number in Self.numbers {
                for amount in amounts(number) { #expect(Int128(amount) == number) }
                let isSmall = number >= -(1 << 55) && number < 1 << 55
                #expect((Amount(number).value.tag == Tag.i128.rawValue) == isSmall, "\(number)")
            }
        }
    }

    @Test func `sums and differences are those of 128 bits`() {
        asking {
            for a in Self.numbers {
                for b in Self.numbers.prefix(90) {
                    for (left, right) in zip(amounts(a), amounts(b).reversed()) {
                        let (sum, isTooFar) = a.addingReportingOverflow(b)
                        if !isTooFar { #expect(Int128(left + right) == sum, "\(a) + \(b)") }
                        let (rest, isTooLow) = a.subtractingReportingOverflow(b)
                        if !isTooLow { #expect(Int128(left - right) == rest, "\(a) - \(b)") }
                    }
                }
            }
        }
    }

    @Test func `amounts are ordered as numbers are`() {
        asking {
            for a in Self.numbers {
                for b in Self.numbers.prefix(90) {
                    for (left, right) in zip(amounts(a), amounts(b).reversed()) {
                        #expect((left < right) == (a < b) && (left <= right) == (a <= b))
                        #expect((left > right) == (a > b) && (left >= right) == (a >= b))
                        #expect((left == right) == (a == b))
                    }
                }
            }
        }
    }

    @Test func `numbers that stay as they are are ordered without a sign`() {
        asking {
            let borders: [UInt64] = [0, 1, 1 << 32, 1 << 55, (1 << 56) - 1, 1 << 56, 1 << 63, .max]
            func both(_ number: UInt64) -> [OpaqueUInt64] {
                let object = Value(word: host.word(Int128(number), as: .u64Object))
                guard number >> 56 == 0 else { return [OpaqueUInt64(object)] }
                return [OpaqueUInt64(object), OpaqueUInt64(Value(.u64, body: number))]
            }
            for a in borders {
                for b in borders {
                    for left in both(a) {
                        for right in both(b) {
                            #expect((left < right) == (a < b) && (left == right) == (a == b))
                        }
                    }
                }
            }
        }
    }

    @Test func `a sum or a difference that 128 bits do not hold ends the call`() {
        let calls: [(NativeContract.Function, Bool)] = [
            ({ _ in (Amount(Int128.max) + 1).value.word }, true),
            ({ _ in (Amount(Int128.min) - 1).value.word }, true),
            ({ _ in (0 - Amount(Int128.min)).value.word }, true),
            ({ _ in (Amount(Int128.max) - 1 + 1).value.word }, false),
        ]
        for (function, isTooFar) in calls {
            let ending = NativeCall.run(function, []) { [host] function, words, _ in
                host.answer(function, words)
            }
            if isTooFar {
                #expect(ending.isTrap, "\(ending)")
            } else if case .returned(let word) = ending {
                #expect(host.number(word) == .max)
            } else {
                Issue.record("\(ending)")
            }
        }
    }
}

extension NativeEnding {
    /// Whether the contract stopped itself.
    var isTrap: Bool {
        if case .trapped = self { true } else { false }
    }
}
