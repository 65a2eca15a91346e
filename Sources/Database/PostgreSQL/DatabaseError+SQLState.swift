extension DatabaseError {
    /// The fault that the server reports.
    /// - Parameter source: the function of the server that raised it.
    init(sqlState: String, message: String, source: String, sql: String?) {
        // A prepared statement whose tables have changed.
        guard sqlState != "0A000" || source != "RevalidateCachedQuery" else {
            self.init(.conflict, Self.stalePlan, sql: sql)
            return
        }
        let code = Self.code(sqlState, message: message)
        // What a value was is said in this class alone.
        let message =
            sqlState.hasPrefix("22") ? "a value does not fit (SQLSTATE \(sqlState))" : message
        self.init(code, message, sql: sql)
    }

    static let stalePlan = "a table has changed since the statement was prepared"

    private static func code(_ state: String, message: String) -> Code {
        let exact: [String: Code] = [
            "23505": .unique, "23503": .foreignKey, "23502": .notNull,
            "40001": .conflict, "40P01": .conflict, "55P03": .busy, "53300": .busy,
            "57P01": .connectionLost, "57P02": .connectionLost, "57P03": .connectionLost,
            "57P05": .connectionLost, "25P03": .connectionLost, "25P02": .closed,
            "25006": .readOnly, "42501": .readOnly, "3D000": .cannotOpen, "53100": .full,
            "57014": message.contains("timeout") ? .timeout : .cancelled,
            "0A000": .statement,
        ]
        if let code = exact[state] { return code }
        return switch state.prefix(2) {
        case "23": .check
        case "08": .connectionLost
        case "22": .value
        case "28": .cannotOpen
        case "42": .statement
        case "58": .inputOutput
        case "XX": .corrupt
        default: .other
        }
    }
}
