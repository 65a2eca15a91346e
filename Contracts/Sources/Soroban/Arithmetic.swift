// What the compiler calls for 128-bit multiplication and division: WebAssembly has neither. Words
// come low before high; the result is written where the first argument points.

#if arch(wasm32)
    @_cdecl("__multi3")
#endif
func multiply(
    _ result: UnsafeMutablePointer<UInt64>, _ aLow: UInt64, _ aHigh: UInt64, _ bLow: UInt64,
    _ bHigh: UInt64
) {
    let (a0, a1) = (aLow & 0xffff_ffff, aLow >> 32)
    let (b0, b1) = (bLow & 0xffff_ffff, bLow >> 32)
    let low = a0 &* b0
    let middle = a1 &* b0 &+ low >> 32
    let other = a0 &* b1 &+ middle & 0xffff_ffff
    result[0] = other << 32 | low & 0xffff_ffff
    result[1] = a1 &* b1 &+ middle >> 32 &+ other >> 32 &+ aHigh &* bLow &+ aLow &* bHigh
}

#if arch(wasm32)
    @_cdecl("__udivti3")
#endif
func divideUnsigned(
    _ result: UnsafeMutablePointer<UInt64>, _ aLow: UInt64, _ aHigh: UInt64, _ bLow: UInt64,
    _ bHigh: UInt64
) {
    divide(result, nil, aLow, aHigh, bLow, bHigh)
}

#if arch(wasm32)
    @_cdecl("__umodti3")
#endif
func remainderUnsigned(
    _ result: UnsafeMutablePointer<UInt64>, _ aLow: UInt64, _ aHigh: UInt64, _ bLow: UInt64,
    _ bHigh: UInt64
) {
    divide(nil, result, aLow, aHigh, bLow, bHigh)
}

#if arch(wasm32)
    @_cdecl("__divti3")
#endif
func divideSigned(
    _ result: UnsafeMutablePointer<UInt64>, _ aLow: UInt64, _ aHigh: UInt64, _ bLow: UInt64,
    _ bHigh: UInt64
) {
    let (a, b) = (magnitude(aLow, aHigh), magnitude(bLow, bHigh))
    divide(result, nil, a.low, a.high, b.low, b.high)
    if Int64(bitPattern: aHigh ^ bHigh) < 0 { negate(result) }
}

#if arch(wasm32)
    @_cdecl("__modti3")
#endif
func remainderSigned(
    _ result: UnsafeMutablePointer<UInt64>, _ aLow: UInt64, _ aHigh: UInt64, _ bLow: UInt64,
    _ bHigh: UInt64
) {
    let (a, b) = (magnitude(aLow, aHigh), magnitude(bLow, bHigh))
    divide(nil, result, a.low, a.high, b.low, b.high)
    if Int64(bitPattern: aHigh) < 0 { negate(result) }
}

@inline(__always)
private func magnitude(_ low: UInt64, _ high: UInt64) -> (low: UInt64, high: UInt64) {
    guard Int64(bitPattern: high) < 0 else { return (low, high) }
    return (0 &- low, ~high &+ (low == 0 ? 1 : 0))
}

@inline(__always) private func negate(_ number: UnsafeMutablePointer<UInt64>) {
    (number[0], number[1]) = (0 &- number[0], ~number[1] &+ (number[0] == 0 ? 1 : 0))
}

#if arch(wasm32)
    @_cdecl("__ashlti3")
#endif
func shiftLeft(
    _ result: UnsafeMutablePointer<UInt64>, _ low: UInt64, _ high: UInt64, _ bits: Int32
) {
    let bits = joined(UInt32(bitPattern: bits), 0)
    if bits & 64 != 0 {
        (result[0], result[1]) = (0, low &<< bits)
    } else {
        // In two steps: by 64 less nothing would be by nothing.
        (result[0], result[1]) = (low &<< bits, high &<< bits | (low >> 1) &>> (63 &- bits))
    }
}

#if arch(wasm32)
    @_cdecl("__lshrti3")
#endif
func shiftRight(
    _ result: UnsafeMutablePointer<UInt64>, _ low: UInt64, _ high: UInt64, _ bits: Int32
) {
    let bits = joined(UInt32(bitPattern: bits), 0)
    if bits & 64 != 0 {
        (result[0], result[1]) = (high &>> bits, 0)
    } else {
        (result[0], result[1]) = (low &>> bits | (high << 1) &<< (63 &- bits), high &>> bits)
    }
}

#if arch(wasm32)
    @_cdecl("__ashrti3")
#endif
func shiftRightSigned(
    _ result: UnsafeMutablePointer<UInt64>, _ low: UInt64, _ high: UInt64, _ bits: Int32
) {
    let number = Int64(bitPattern: high)
    let bits = joined(UInt32(bitPattern: bits), 0)
    if bits & 64 != 0 {
        let rest = number &>> Int64(bitPattern: bits)
        (result[0], result[1]) = (UInt64(bitPattern: rest), UInt64(bitPattern: number >> 63))
    } else {
        let rest = number &>> Int64(bitPattern: bits)
        (result[0], result[1]) = (
            low &>> bits | (high << 1) &<< (63 &- bits), UInt64(bitPattern: rest)
        )
    }
}

/// The compiler's own checks have excluded a divisor of zero.
@inline(never)
private func divide(
    _ quotient: UnsafeMutablePointer<UInt64>?, _ remainder: UnsafeMutablePointer<UInt64>?,
    _ aLow: UInt64, _ aHigh: UInt64, _ bLow: UInt64, _ bHigh: UInt64
) {
    var (low, high) = (aLow, aHigh)
    var (restLow, restHigh) = (UInt64(0), UInt64(0))
    if bHigh == 0, bLow >> 32 == 0 {
        // Basis points and the like: long division with digits of 32 bits.
        let upper = (high % bLow) << 32 | low >> 32
        let lower = (upper % bLow) << 32 | low & 0xffff_ffff
        restLow = lower % bLow
        low = (upper / bLow) << 32 | lower / bLow
        high /= bLow
    } else {
        // Bit by bit: the quotient grows where the dividend leaves.
        for _ in 0..<128 {
            let carry = restHigh >> 63
            restHigh = restHigh << 1 | restLow >> 63
            restLow = restLow << 1 | high >> 63
            high = high << 1 | low >> 63
            low <<= 1
            if carry == 1 || restHigh > bHigh || (restHigh == bHigh && restLow >= bLow) {
                restHigh = restHigh &- bHigh &- (restLow < bLow ? 1 : 0)
                restLow = restLow &- bLow
                low |= 1
            }
        }
    }
    if let quotient { (quotient[0], quotient[1]) = (low, high) }
    if let remainder { (remainder[0], remainder[1]) = (restLow, restHigh) }
}
