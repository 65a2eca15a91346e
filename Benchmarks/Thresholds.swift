/// What must hold, by the name of the benchmark; one without a line here is only shown.
let thresholds: [String: Threshold] = [
    "http.bare": .ratioAtLeast(0.5),
    "search.cached": .ratioAtLeast(0.6),
    "xdr.envelope": .ratioAtLeast(50),
    "sandbox.transfers": .atLeast(5_000),
    "sandbox.start": .atMost(100),
    "sandbox.start-memory": .atMost(40),
    "sandbox.start-in-process": .atMost(10),
    "sandbox.simulate-p50": .atMost(0.4),
    "sandbox.simulate-p99": .atMost(2),
    "sandbox.entries-p99": .atMost(5),
    "sandbox.events-p99": .atMost(5),
    "sandbox.events-rare-p99": .atMost(10),
    "sandbox.memory": .atMost(2_000),
    "wasm.mean": .ratioAtLeast(0.8),
]
