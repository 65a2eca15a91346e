/// A host function as a contract imports it: so many 64-bit words in, one out.
struct HostImport: Sendable {
    /// The letter of its module.
    let module: String
    /// Its letter there.
    let export: String
    /// Its name for people.
    let name: String
    let arity: Int
    /// The first protocol that has it.
    let minProtocol: UInt32
    /// The last protocol that has it.
    let maxProtocol: UInt32

    init(
        _ module: String, _ export: String, _ name: String, arity: Int, minProtocol: UInt32 = 0,
        maxProtocol: UInt32 = .max
    ) {
        self.module = module
        self.export = export
        self.name = name
        self.arity = arity
        self.minProtocol = minProtocol
        self.maxProtocol = maxProtocol
    }

    /// The number of the function that is imported as `module.export`.
    static func number(module: String, export: String) -> Int? {
        number(named: "\(module).\(export)")
    }

    /// The number of the function that is imported as `name`, both parts with a point between.
    static func number(named name: String) -> Int? { numbers[name] }

    private static let numbers = Dictionary(
        uniqueKeysWithValues: all.enumerated().map { ("\($1.module).\($1.export)", $0) })
}
