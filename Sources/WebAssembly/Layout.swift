/// How a function's frame and code are laid out. Few functions need more than the plain layout;
/// they are compiled a second time when that shows.
struct Layout {
    var parameters: Int
    /// Parameters and locals.
    var locals: Int
    /// Distances have 32 bits, and comparisons are not fused with branches.
    var isLarge = false
    /// Slots beyond 65,535 are reached through scratch registers.
    var isFar = false

    /// Three to read and one to write, between parameters and locals.
    static let scratchRegisters = 4

    /// Slots that a far frame takes beyond what counts against the limit.
    var extraSlots: Int { isFar ? Self.scratchRegisters : 0 }
}
