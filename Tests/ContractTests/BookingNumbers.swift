import StellarXDR

/// Bookings by the order in which a test made them: `.u64(1)` is the first.
///
/// The contract numbers them by a hash of what was signed, which nobody can read in a test. Only
/// numbers of bookings that exist are translated, so that any other is still unknown.
struct BookingNumbers {
    private var numbers: [UInt64] = []
    private var contract: SCAddress?

    private static let functions: Set<String> = [
        "ticket", "expire", "cancel", "booking", "refund_preview", "extend", "carrier_cancel",
        "refund_cancelled", "settle", "settle_stale", "dispute", "respond", "resolve",
        "resolve_expired",
    ]

    var count: Int { numbers.count }

    /// Notes the booking that a call made.
    /// - Returns: the call's result, with the booking by its order.
    mutating func note(_ result: SCVal, of function: String, _ contract: SCAddress) -> SCVal {
        guard function == "book" || function == "book_quoted", case .u64(let number) = result else {
            return result
        }
        self.contract = contract
        numbers.append(number)
        return .u64(UInt64(numbers.count))
    }

    /// The arguments as the contract takes them.
    func arguments(
        _ arguments: [SCVal], of function: String, _ contract: SCAddress
    ) -> [SCVal] {
        guard contract == self.contract, Self.functions.contains(function) else { return arguments }
        return arguments.map { argument in
            switch argument {
            case .u64(let order): .u64(number(order))
            case .vec(let list?):
                .vec(
                    list.map { element in
                        guard case .u64(let order) = element else { return element }
                        return .u64(number(order))
                    })
            default: argument
            }
        }
    }

    /// An event's topics as a test reads them.
    func topics(_ topics: [SCVal]) -> [SCVal] {
        topics.map { topic in
            guard case .u64(let number) = topic, let index = numbers.firstIndex(of: number) else {
                return topic
            }
            return .u64(UInt64(index + 1))
        }
    }

    /// The number that the contract gave the booking.
    func number(_ order: UInt64) -> UInt64 {
        let index = Int(clamping: order) - 1
        return numbers.indices.contains(index) ? numbers[index] : order
    }
}
