/// Spans as OpenTelemetry's protocol has them in JSON (OTLP 1.x, `ExportTraceServiceRequest`).
enum OTLP {
    /// The body of a request to a collector.
    static func body(_ spans: [SpanRecord], of service: String) -> [UInt8] {
        var text = #"{"resourceSpans":[{"resource":{"attributes":"#
        text.appendOTLP([("service.name", .string(service))])
        text += #"},"scopeSpans":[{"scope":{"name":"traqora"},"spans":["#
        for (index, span) in spans.enumerated() {
            if index > 0 { text += "," }
            text.append(span)
        }
        text += "]}]}]}"
        return Array(text.utf8)
    }
}

extension String {
    fileprivate mutating func append(_ span: SpanRecord) {
        self += #"{"traceId":"\#(span.context.trace)","spanId":"\#(span.context.span)","#
        if let parent = span.parent { self += #""parentSpanId":"\#(parent)","# }
        self += #""name":"#
        appendJSON(span.name)
        // Kinds are numbered from 1: internal, server, client.
        self += #","kind":\#(span.kind.rawValue)"#
        self += #","startTimeUnixNano":"\#(Self.nanoseconds(span.began))""#
        self += #","endTimeUnixNano":"\#(Self.nanoseconds(span.ended))","attributes":"#
        appendOTLP(span.attributes)
        if let failure = span.failure {
            self += #","status":{"code":2,"message":"#
            appendJSON(failure)
            self += "}"
        }
        self += "}"
    }

    fileprivate mutating func appendOTLP(_ attributes: [(key: String, value: LogValue)]) {
        self += "["
        for (index, (key, value)) in attributes.enumerated() {
            if index > 0 { self += "," }
            self += #"{"key":"#
            appendJSON(key)
            self += #","value":{"#
            switch value {
            case .string(let text):
                self += #""stringValue":"#
                appendJSON(text)
            // 64-bit numbers are texts in protobuf's JSON.
            case .integer(let number): self += #""intValue":"\#(number)""#
            case .double(let number) where number.isFinite: self += #""doubleValue":\#(number)"#
            case .double(let number): self += #""doubleValue":"\#(number)""#
            case .bool(let flag): self += #""boolValue":\#(flag)"#
            }
            self += "}}"
        }
        self += "]"
    }

    /// Seconds and their fraction apart: together they are more than a `Double` holds.
    private static func nanoseconds(_ seconds: Double) -> UInt64 {
        let whole = seconds.rounded(.down)
        guard let count = UInt64(exactly: whole), count < 10_000_000_000 else { return 0 }
        return count * 1_000_000_000 + UInt64(((seconds - whole) * 1_000_000_000).rounded())
    }
}
