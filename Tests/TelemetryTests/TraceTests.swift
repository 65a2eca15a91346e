import Foundation
import Testing

@testable import Telemetry

@Suite struct TraceTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00-\(trace)-00f067aa0ba902b7-01"

    private final class Sink: Sendable {
        private let kept = Lock<[SpanRecord]>([])
        var records: [SpanRecord] { kept.withLock { $0 } }
        func add(_ record: SpanRecord) { kept.withLock { $0.append(record) } }
    }

    private func tracer(_ sink: Sink, share: Double = 1) -> Tracer {
        Tracer(
            sampledShare: share, now: { 1_790_000_000.5 },
            random: { UInt64.random(in: .min ... .max) }, sink: sink.add)
    }

    @Test(arguments: [
        (parent, true), ("00-\(trace)-00f067aa0ba902b7-00", false),
        ("00-\(trace)-00f067aa0ba902b7-03", true), ("cc-\(trace)-00f067aa0ba902b7-01-more", true),
    ])
    func `a parent of a trace is read, of later versions too`(text: String, isSampled: Bool) throws
    {
        let context = try #require(TraceContext(traceparent: text))
        #expect(context.trace == Self.trace)
        #expect(context.span == "00f067aa0ba902b7")
        #expect(context.isSampled == isSampled)
        #expect(TraceContext(traceparent: context.traceparent) == context)
    }

    @Test(arguments: [
        "", "00", "ff-\(trace)-00f067aa0ba902b7-01", "00-\(trace)-00f067aa0ba902b7-01-more",
        "00-\(String(repeating: "0", count: 32))-00f067aa0ba902b7-01",
        "00-\(trace)-0000000000000000-01", "00-\(trace.uppercased())-00f067aa0ba902b7-01",
        "00-\(trace.dropLast())-00f067aa0ba902b7-01", "00-\(trace)-00f067aa0ba902b7-zz",
        "00-\(trace)-00f067aa0ba902b-01", "00 \(trace) 00f067aa0ba902b7 01",
    ])
    func `what is no parent is ignored`(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test func `parts belong to what the task works for, across its children`() async throws {
        let sink = Sink()
        let parent = TraceContext(traceparent: Self.parent)
        await tracer(sink).trace("whole", .server, after: parent) { _ in
            await withTaskGroup { group in
                for name in ["one", "two"] {
                    group.addTask {
                        await Span.part(.client, { (name, [("asked", .string(name))]) }) { _ in }
                    }
                }
            }
        }
        let whole = try #require(sink.records.first { $0.name == "whole" })
        #expect(whole.parent == "00f067aa0ba902b7")
        #expect(whole.ended >= whole.began)
        for name in ["one", "two"] {
            let part = try #require(sink.records.first { $0.name == name })
            #expect(part.parent == whole.context.span)
            #expect(part.context.trace == Self.trace)
            #expect(part.attributes.map(\.key) == ["asked"])
        }
        #expect(Set(sink.records.map(\.context.span)).count == 3)
    }

    @Test func `outside of a trace, and where it is not recorded, nothing is measured`() async {
        let sink = Sink()
        func part() async {
            await Span.part(
                .client,
                {
                    Issue.record("it is described"); return ("", [])
                }
            ) {
                #expect($0 == nil)
            }
        }
        await part()
        let silent = TraceContext(traceparent: "00-\(Self.trace)-00f067aa0ba902b7-00")
        await tracer(sink).trace("whole", .server, after: silent) { _ in await part() }
        await tracer(sink, share: 0).trace("whole", .server) { _ in await part() }
        #expect(sink.records.isEmpty)
        // Whoever asks decides, not the share.
        let parent = TraceContext(traceparent: Self.parent)
        await tracer(sink, share: 0).trace("whole", .server, after: parent) { _ in }
        #expect(sink.records.count == 1)
    }

    @Test func `of a thousand traces the share is recorded`() async {
        let sink = Sink()
        for _ in 0..<1_000 { await tracer(sink, share: 0.25).trace("whole", .server) { _ in } }
        #expect((170...330).contains(sink.records.count))
    }

    private struct Failed: Error, CustomStringConvertible { let description = "no such thing" }

    @Test func `what is thrown is the failure of the part and goes on`() async {
        let sink = Sink()
        await #expect(throws: Failed.self) {
            try await tracer(sink).trace("whole", .server) { _ throws(Failed) in
                try await Span.part(.client, { ("part", []) }) { _ throws(Failed) in
                    throw Failed()
                }
            }
        }
        #expect(sink.records.map(\.failure) == ["no such thing", "no such thing"])
    }

    @Test func `a worker's round is kept with its parts if it did something or failed`()
        async throws
    {
        let sink = Sink()
        let tracer = tracer(sink)
        func part() async { await Span.part(.client, { ("part", []) }) { _ in } }
        #expect(
            try await tracer.round("idle") {
                await part(); return 0
            } == 0)
        #expect(sink.records.isEmpty)
        #expect(
            try await tracer.round("busy") {
                await part(); return 2
            } == 2)
        #expect(sink.records.map(\.name) == ["part", "busy"])
        await #expect(throws: Failed.self) { try await tracer.round("bad") { throw Failed() } }
        #expect(sink.records.last?.failure == "no such thing")
    }

    @Test func `spans are written as the protocol has them`() throws {
        let context = try #require(TraceContext(traceparent: Self.parent))
        let record = SpanRecord(
            context: context, parent: "1111111111111111", name: "a \"name\"", kind: .client,
            began: 1_790_000_000.25, ended: 1_790_000_001,
            attributes: [
                ("text", "x"), ("count", 3), ("share", 0.5), ("yes", true),
            ], failure: "why")
        let body = OTLP.body([record, record], of: "traqora")
        let json = try JSONSerialization.jsonObject(with: Data(body))
        let expected = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name",
            "value":{"stringValue":"traqora"}}]},"scopeSpans":[{"scope":{"name":"traqora"},
            "spans":[SPAN,SPAN]}]}]}
            """.replacing(
                "SPAN",
                with: """
                    {"traceId":"\(Self.trace)","spanId":"00f067aa0ba902b7",
                    "parentSpanId":"1111111111111111","name":"a \\"name\\"","kind":3,
                    "startTimeUnixNano":"1790000000250000000",
                    "endTimeUnixNano":"1790000001000000000","attributes":[
                    {"key":"text","value":{"stringValue":"x"}},
                    {"key":"count","value":{"intValue":"3"}},
                    {"key":"share","value":{"doubleValue":0.5}},
                    {"key":"yes","value":{"boolValue":true}}],
                    "status":{"code":2,"message":"why"}}
                    """)
        let wanted = try JSONSerialization.jsonObject(with: Data(expected.utf8))
        #expect((json as? NSDictionary) == (wanted as? NSDictionary))
    }
}
