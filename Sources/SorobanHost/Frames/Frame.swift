/// One call on the stack of calls.
final class Frame {
    /// This frame's random numbers, made when they are first asked for.
    var prng: PRNG?
}
