/// The orders the simulator has in its books, as long as the process lives. After a restart they
/// are gone from the books, but the same reference makes the same order again.
actor SimulatorOrders {
    private var orders: [String: SupplierOrder] = [:]
    private var references: [String] = []
    private var accepted: Set<String> = []

    /// How many are kept; beyond that the oldest are forgotten.
    static let ordersMax = 100_000

    /// The order under `reference`, made now if there is none.
    func place(_ reference: String, make: () -> SupplierOrder) -> SupplierOrder {
        if let order = orders[reference] { return order }
        let order = make()
        orders[reference] = order
        references.append(reference)
        if references.count > Self.ordersMax { orders[references.removeFirst()] = nil }
        return order
    }

    /// The order under `reference`.
    func find(_ reference: String) -> SupplierOrder? { orders[reference] }

    /// Remembers a yes to a change.
    func accept(_ change: String) {
        if accepted.count >= Self.ordersMax { accepted = [] }
        accepted.insert(change)
    }

    /// Whether a yes was said to a change.
    func hasAccepted(_ change: String) -> Bool { accepted.contains(change) }

    /// Forgets the order under `reference`.
    func remove(_ reference: String) { orders[reference] = nil }

    /// The order that `reference` always makes.
    static func order(_ reference: String, passengers: Int, seed: UInt64) -> SupplierOrder {
        var draw = Draw(seed: seed, "order", reference)
        let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        let locator = String((0..<6).map { _ in alphabet[draw.number(below: alphabet.count)] })
        let serial = draw.number(below: 9_000_000_000)
        // Accounting code 999 is nobody's; form and serial number follow.
        let tickets = (0..<passengers).map { "999" + String(1_000_000_000 + serial + $0) }
        return SupplierOrder(reference: locator, tickets: tickets)
    }
}
