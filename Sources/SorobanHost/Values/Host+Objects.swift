// Making objects, looking at them, and passing them over the border to a contract: each with its
// charges.
extension Host {
    /// A new object.
    func make(_ object: HostObject) throws(HostError) -> Val {
        try budget.makeObject()
        return objects.append(object)
    }

    /// The object behind a value.
    /// - Throws: (Value, InvalidInput) if there is none.
    func visit(_ val: Val) throws(HostError) -> HostObject {
        try budget.visitObject()
        guard let object = objects.object(of: val) else { throw .badValue }
        return object
    }

    /// A look at an object without need of what it holds.
    func touch(_ val: Val) throws(HostError) {
        try budget.visitObject()
        guard objects.has(val) else { throw .badValue }
    }

    /// Checks a value that passes a border of the host.
    func check(_ val: Val) throws(HostError) {
        guard val.isWellFormed else { throw .badValue }
        if val.isObject { try touch(val) }
    }

    /// The word under which the running contract will know a value.
    func relative(_ val: Val) throws(HostError) -> Val {
        guard val.isObject else { return val }
        try budget.allocate(DeclaredSize.val)
        guard let relative = objects.relative(val) else {
            throw HostError(.context, .internalError)
        }
        return relative
    }

    /// The value behind a word of the running contract.
    func absolute(_ word: UInt64) throws(HostError) -> Val {
        let val = Val(word: word)
        guard val.isWellFormed else { throw .badValue }
        return try translated(val)
    }

    /// A word of the running contract, which may be no value, with its handle translated.
    func translated(_ val: Val) throws(HostError) -> Val {
        guard val.isObject else { return val }
        guard let absolute = objects.absolute(val) else { throw .badValue }
        return absolute
    }

    /// The bytes of an object that must be some.
    func bytes(_ val: Val) throws(HostError) -> [UInt8] {
        guard case .bytes(let bytes) = try visit(val) else { throw .unexpectedObject }
        return bytes
    }

    func string(_ val: Val) throws(HostError) -> [UInt8] {
        guard case .string(let text) = try visit(val) else { throw .unexpectedObject }
        return text
    }

    func vec(_ val: Val) throws(HostError) -> [Val] {
        guard case .vec(let elements) = try visit(val) else { throw .unexpectedObject }
        return elements
    }

    func map(_ val: Val) throws(HostError) -> HostMap {
        guard case .map(let map) = try visit(val) else { throw .unexpectedObject }
        return map
    }

    func address(_ val: Val) throws(HostError) -> HostAddress {
        guard case .address(let address) = try visit(val) else { throw .unexpectedObject }
        return address
    }

    /// Bytes that must be `count` long; a copy is charged for.
    /// - Throws: (Object, UnexpectedSize).
    func fixedBytes(_ val: Val, count: Int) throws(HostError) -> [UInt8] {
        let bytes = try bytes(val)
        guard bytes.count == count else { throw HostError(.object, .unexpectedSize) }
        try budget.copy(count)
        return bytes
    }
}

extension HostError {
    /// An object of another kind than the place asks for.
    static let unexpectedObject = HostError(.value, .unexpectedType)
}
