/// A comparison of two values of one width, in the order of the opcodes.
struct Comparison {
    /// 0 is `i32`, 1 is `i64`.
    var width: UInt16
    /// 0 to 9: equal, not equal, then less, greater, at most, at least, each signed and unsigned.
    var index: UInt16

    static let notEqual: UInt16 = 1

    /// True exactly when this is false.
    var negated: Comparison {
        Comparison(width: width, index: [1, 0, 8, 9, 6, 7, 4, 5, 2, 3][Int(index)])
    }

    /// The same with the operands exchanged.
    var mirrored: Comparison {
        Comparison(width: width, index: [0, 1, 4, 5, 2, 3, 8, 9, 6, 7][Int(index)])
    }

    /// The code of the instruction that leaves 0 or 1; forms follow it.
    var code: UInt16 { Operation.i32Equal.rawValue + (width * 10 + index) * 3 }

    /// The code of the instruction of `family` that decides by it; forms follow it.
    func code(in family: BranchFamily) -> UInt16 {
        family.first.rawValue + (width * 10 + index) * 3
    }

    /// The comparison that an instruction is, and whether its operand is a register (0), a small
    /// constant (1) or a large one (2).
    static func of(code: UInt16) -> (comparison: Comparison, form: UInt16)? {
        let first = Operation.i32Equal.rawValue
        guard code >= first, code < first + 60 else { return nil }
        let number = (code - first) / 3
        return (Comparison(width: number / 10, index: number % 10), (code - first) % 3)
    }
}

/// What happens when the comparison holds: jump, jump to a loop's head and pay for its body, or go
/// on with an arm of an `if` and pay for it.
enum BranchFamily {
    case branch, loop, conditional

    var first: Operation {
        switch self {
        case .branch: .branchI32Equal
        case .loop: .loopI32Equal
        case .conditional: .ifI32Equal
        }
    }
}

/// The second operand of a comparison.
enum Comparand {
    case register(UInt16)
    /// A constant of 16 bits.
    case small(UInt16)
    case large(UInt64)

    /// Which of a comparison's forms has it.
    var form: UInt16 {
        switch self {
        case .register: 0
        case .small: 1
        case .large: 2
        }
    }
}

/// How to decide a conditional branch.
enum Condition {
    case comparison(Comparison, left: UInt16, right: Comparand)
    /// Take it if the register is not 0 (or, `isNegated`, if it is).
    case register(UInt16, isNegated: Bool)

    var negated: Condition {
        switch self {
        case .comparison(let comparison, let left, let right):
            .comparison(comparison.negated, left: left, right: right)
        case .register(let register, let isNegated): .register(register, isNegated: !isNegated)
        }
    }
}
