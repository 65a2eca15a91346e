/// What must hold, by the name of the benchmark; one without a line here is only shown.
let thresholds: [String: Threshold] = [
    "http.bare": .ratioAtLeast(0.5),
    "search.cached": .ratioAtLeast(0.6),
    "xdr.envelope": .ratioAtLeast(50),
    "sandbox.transfers": .atLeast(2_000),
    "wasm.mean": .ratioAtLeast(0.8),
]
