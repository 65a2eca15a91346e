import FareRules
import Testing

private let hour: UInt64 = 3_600
private let day = 24 * hour
private let departs: UInt64 = 1_800_000_000

/// All within a day of purchase if departure was a week away; 80 % until three days before, half
/// until one day before.
private let rule = RefundRule(
    tiers: [
        RefundTier(secondsBefore: 3 * day, refundBasisPoints: 8_000),
        RefundTier(secondsBefore: day, refundBasisPoints: 5_000),
    ],
    graceSeconds: day, graceMinLeadSeconds: 7 * day)

@Suite struct RefundRuleTests {
    @Test(
        arguments: [
            (3 * day + 1, 8_000), (3 * day, 8_000), (3 * day - 1, 5_000), (day + 1, 5_000),
            (day, 5_000), (day - 1, 0), (1, 0), (0, 0),
        ] as [(UInt64, UInt32)])
    func `a tier ends one second after its distance`(left: UInt64, expected: UInt32) {
        let refund = rule.refundBasisPoints(
            bookedAt: departs - 30 * day, departs: departs, now: departs - left)
        #expect(refund == expected)
    }

    @Test func `nothing returns after departure`() {
        for late in [0, 1, day] {
            #expect(
                rule.refundBasisPoints(
                    bookedAt: departs - hour, departs: departs, now: departs + late) == 0)
        }
    }

    @Test(arguments: [(day - 1, 10_000), (day, 10_000), (day + 1, 8_000)] as [(UInt64, UInt32)])
    func `the grace period includes its last second`(passed: UInt64, expected: UInt32) {
        let booked = departs - 30 * day
        #expect(
            rule.refundBasisPoints(bookedAt: booked, departs: departs, now: booked + passed)
                == expected)
    }

    @Test(
        arguments: [(7 * day + 1, 10_000), (7 * day, 10_000), (7 * day - 1, 8_000)]
            as [(UInt64, UInt32)])
    func `the grace period needs departure far enough away`(lead: UInt64, expected: UInt32) {
        let booked = departs - lead
        #expect(
            rule.refundBasisPoints(bookedAt: booked, departs: departs, now: booked) == expected)
    }

    @Test func `without a grace period the tiers hold from the start`() {
        var strict = rule
        strict.graceSeconds = 0
        let booked = departs - 30 * day
        #expect(
            strict.refundBasisPoints(bookedAt: booked, departs: departs, now: booked) == 8_000)
    }

    @Test func `a refund never grows while time passes, but for the grace period's end`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let rule = RefundRule(
                tiers: randomTiers(using: &random), graceSeconds: 0, graceMinLeadSeconds: 0)
            #expect(rule.isValid)
            var previous = Share.whole
            for now in (0..<20).map({ departs - 20 * day + day * $0 + UInt64.random(in: 0..<day) })
            {
                let refund = rule.refundBasisPoints(bookedAt: 0, departs: departs, now: now)
                #expect(refund <= previous)
                previous = refund
            }
        }
    }

    @Test func `schedules that climb, repeat, or have no or too many steps are refused`() {
        func isValid(_ tiers: [(UInt64, UInt32)]) -> Bool {
            RefundRule(
                tiers: tiers.map { RefundTier(secondsBefore: $0.0, refundBasisPoints: $0.1) },
                graceSeconds: 0, graceMinLeadSeconds: 0
            ).isValid
        }
        #expect(isValid([(0, 10_000)]))
        #expect(isValid([(10, 10_000), (5, 10_000), (0, 0)]))
        #expect(isValid((0..<8).map { (UInt64(8 - $0), 10) }))
        #expect(!isValid([]))
        #expect(!isValid([(0, 10_001)]))
        #expect(!isValid([(10, 5_000), (5, 5_001)]))
        #expect(!isValid([(10, 5_000), (10, 4_000)]))
        #expect(!isValid([(5, 5_000), (10, 4_000)]))
        #expect(!isValid((0..<9).map { (UInt64(9 - $0), 10) }))
    }

    private func randomTiers(using random: inout some RandomNumberGenerator) -> [RefundTier] {
        let count = Int.random(in: 1...8, using: &random)
        let distances = Set(
            (0..<count).map { _ in UInt64.random(in: 0..<30 * day, using: &random) })
        let shares = distances.map { _ in UInt32.random(in: 0...10_000, using: &random) }
        return zip(distances.sorted(by: >), shares.sorted(by: >)).map {
            RefundTier(secondsBefore: $0, refundBasisPoints: $1)
        }
    }
}

@Suite struct SplitTests {
    @Test func `the parts of a split add up, whatever the amount`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let digits = Int.random(in: 0...30, using: &random)
            let bound = (0..<digits).reduce(Int128(1)) { power, _ in power * 10 }
            let amount = randomAmount(upTo: bound, using: &random)
            let split = CancellationSplit(
                amount: amount, refundBasisPoints: .random(in: 0...10_000, using: &random),
                feeBasisPoints: .random(in: 0...1_000, using: &random))
            #expect(split.refund + split.fee + split.seller == amount)
            #expect(split.refund >= 0 && split.fee >= 0 && split.seller >= 0)
            #expect(split.penalty == amount - split.refund)
        }
    }

    @Test func `cancelling seat by seat returns no more than cancelling at once`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5_000 {
            let price = randomAmount(upTo: 100_000, using: &random)
            let seats = Int128(UInt64.random(in: 2...9, using: &random))
            let refund = UInt32.random(in: 0...10_000, using: &random)
            let fee = UInt32.random(in: 0...1_000, using: &random)
            let once = CancellationSplit(
                amount: price * seats, refundBasisPoints: refund, feeBasisPoints: fee)
            let each = CancellationSplit(
                amount: price, refundBasisPoints: refund, feeBasisPoints: fee)
            #expect(each.refund * seats <= once.refund)
            #expect(each.seller * seats <= once.seller + seats)
            #expect(each.fee * seats >= Share.roundedDown(fee, of: each.penalty) * seats)
        }
    }

    @Test(
        arguments: [(10_001, 5_000, 5_000, 5_001), (1, 1, 0, 1), (10_000, 1, 1, 1), (0, 77, 0, 0)]
            as [(Int64, UInt32, Int64, Int64)])
    func `shares round to the unit as they say`(
        amount: Int64, share: UInt32, down: Int64, up: Int64
    ) {
        #expect(Share.roundedDown(share, of: Int128(amount)) == Int128(down))
        #expect(Share.roundedUp(share, of: Int128(amount)) == Int128(up))
    }

    @Test func `the largest amount does not overflow`() {
        #expect(Share.roundedDown(Share.whole, of: Share.amountMax) == Share.amountMax)
        #expect(Share.roundedUp(Share.whole, of: Share.amountMax) == Share.amountMax)
    }
}

/// `Int128.random(in:)` of this toolchain crashes in debug builds, so from two words.
private func randomAmount(
    upTo bound: Int128, using random: inout some RandomNumberGenerator
) -> Int128 {
    let words = UInt128(random.next() as UInt64) << 64 | UInt128(random.next() as UInt64)
    return Int128(words % (UInt128(bound) + 1))
}
