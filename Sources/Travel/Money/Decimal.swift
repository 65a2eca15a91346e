/// The integer that a decimal with up to `digits` places spells, counted in its last place.
func decimal(_ text: String, digits: Int) throws(TravelError) -> Int64 {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isNegative = parts[0].hasPrefix("-")
    let whole = isNegative ? parts[0].dropFirst() : parts[0]
    let fraction = parts.count == 2 ? parts[1] : "0"
    let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    guard !whole.isEmpty, !fraction.isEmpty, whole.utf8.allSatisfy(isDigit),
        fraction.utf8.allSatisfy(isDigit), fraction.utf8.count <= max(digits, 1),
        digits > 0 || parts.count == 1 || fraction == "0"
    else { throw .malformedAmount(text) }
    let tail = digits == 0 ? "" : fraction + String(repeating: "0", count: digits - fraction.count)
    guard let magnitude = Int64(whole + tail) else { throw .malformedAmount(text) }
    return isNegative ? -magnitude : magnitude
}

/// `units` as a decimal with `digits` places.
func decimal(_ units: Int64, digits: Int) -> String {
    guard digits > 0 else { return String(units) }
    let text = padded(String(units.magnitude), to: digits + 1)
    let point = text.index(text.endIndex, offsetBy: -digits)
    return "\(units < 0 ? "-" : "")\(text[..<point]).\(text[point...])"
}
