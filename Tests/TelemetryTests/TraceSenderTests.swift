import Foundation
import Testing

@testable import Telemetry

@Suite struct TraceSenderTests {
    /// A collector that a test makes do things.
    private final class Collector: Sendable {
        private let state = Lock<(outcome: TraceSender.Outcome, sizes: [Int])>((.taken, []))

        var sizes: [Int] { state.withLock { $0.sizes } }
        func set(_ outcome: TraceSender.Outcome) { state.withLock { $0.outcome = outcome } }

        func take(_ body: [UInt8]) -> TraceSender.Outcome {
            let count = String(decoding: body, as: UTF8.self).components(separatedBy: "spanId")
                .count
            return state.withLock { state in
                if case .taken = state.outcome { state.sizes.append(count - 1) }
                return state.outcome
            }
        }
    }

    private let metrics = Metrics()

    private func configuration(_ queueMax: Int, _ batchMax: Int) -> TraceSender.Configuration {
        var configuration = TraceSender.Configuration(serviceName: "test")
        configuration.queueMax = queueMax
        configuration.batchMax = batchMax
        configuration.interval = .milliseconds(5)
        configuration.pauseMax = .milliseconds(20)
        configuration.farewell = .milliseconds(200)
        return configuration
    }

    private func add(_ count: Int, to sender: TraceSender) {
        let context = TraceContext(
            trace: String(repeating: "a", count: 32), span: String(repeating: "b", count: 16),
            isSampled: true)
        for _ in 0..<count {
            sender.add(
                SpanRecord(
                    context: context, parent: nil, name: "s", kind: .inside, began: 0, ended: 1,
                    attributes: [], failure: nil))
        }
    }

    private func counted(_ name: String) -> Int {
        let line = metrics.prometheusText().split(separator: "\n").first {
            $0.hasPrefix("\(name) ")
        }
        return line.flatMap { Int($0.split(separator: " ")[1]) } ?? -1
    }

    private func wait(for isDone: () -> Bool) async throws {
        for _ in 0..<2_000 where !isDone() { try await Task.sleep(for: .milliseconds(5)) }
        #expect(isDone())
    }

    @Test func `spans go in batches, and the last when it stops`() async throws {
        let collector = Collector()
        let sender = TraceSender(
            configuration(100, 10), metrics: metrics, log: .silent, send: collector.take)
        sender.start()
        add(25, to: sender)
        try await wait { collector.sizes.reduce(0, +) == 25 }
        #expect(collector.sizes.allSatisfy { $0 <= 10 })
        add(3, to: sender)
        await sender.stop()
        #expect(counted("traces_sent_total") == 28)
        #expect(counted("traces_dropped_total") == 0)
    }

    @Test func `a dead collector costs spans and nothing else; back again, it gets what is kept`()
        async throws
    {
        let collector = Collector()
        collector.set(.unreachable)
        let sender = TraceSender(
            configuration(20, 10), metrics: metrics, log: .silent, send: collector.take)
        sender.start()
        add(50, to: sender)
        #expect(counted("traces_dropped_total") >= 30)
        collector.set(.taken)
        try await wait { collector.sizes.reduce(0, +) == 20 }
        await sender.stop()
        #expect(counted("traces_sent_total") + counted("traces_dropped_total") == 50)
    }

    @Test func `what the collector refuses is not sent again`() async throws {
        let collector = Collector()
        collector.set(.refused)
        let sender = TraceSender(
            configuration(20, 10), metrics: metrics, log: .silent, send: collector.take)
        sender.start()
        add(5, to: sender)
        try await wait { counted("traces_dropped_total") == 5 }
        await sender.stop()
        #expect(collector.sizes.isEmpty)
    }

    @Test func `one that never answers does not hold up the end`() async throws {
        let sender = TraceSender(configuration(20, 10), metrics: metrics, log: .silent) { _ in
            try? await Task.sleep(for: .seconds(60))
            return .unreachable
        }
        sender.start()
        add(5, to: sender)
        try await Task.sleep(for: .milliseconds(30))
        add(5, to: sender)
        let begin = ContinuousClock.now
        await sender.stop()
        #expect(ContinuousClock.now - begin < .seconds(10))
    }
}
