/// Where contract data lives, as contracts name it.
enum StorageType: UInt64 {
    case temporary
    case persistent
    case instance
}

/// What of a contract is to live longer, as contracts name it.
enum TTLExtensionScope: UInt64 {
    case instanceAndCode
    case instance
    case code
}

// From the words of a contract to what host functions take, and back.
extension Host {
    /// A value: its handle translated, and its object looked at.
    func value(_ word: UInt64) throws(HostError) -> Val {
        let val = try absolute(word)
        if val.isObject { try touch(val) }
        return val
    }

    /// A value that must be of one kind.
    func value(_ word: UInt64, _ tag: Val.Tag) throws(HostError) -> Val {
        guard Val(word: word).tag == tag else { throw .badValue }
        return try value(word)
    }

    /// A value that must be of one kind, in either form.
    func value(_ word: UInt64, _ small: Val.Tag, or object: Val.Tag) throws(HostError) -> Val {
        let tag = Val(word: word).tag
        guard tag == small || tag == object else { throw .badValue }
        return try value(word)
    }

    func number(_ word: UInt64) throws(HostError) -> UInt32 {
        let val = Val(word: word)
        guard val.isWellFormed, let number = val.u32 else { throw .badValue }
        return number
    }

    func error(_ word: UInt64) throws(HostError) -> HostError {
        guard let error = Val(word: word).error else { throw .badValue }
        return error
    }

    func storageType(_ word: UInt64) throws(HostError) -> StorageType {
        guard let type = StorageType(rawValue: word) else { throw .badValue }
        return type
    }

    func ttlExtension(_ word: UInt64) throws(HostError) -> TTLExtensionScope {
        guard let scope = TTLExtensionScope(rawValue: word) else { throw .badValue }
        return scope
    }

    func answer(_ val: Val) throws(HostError) -> UInt64 {
        try check(val)
        return try relative(val).word
    }

    func answer(_ number: UInt32) -> UInt64 { Val.u32(number).word }

    func answer(_ truth: Bool) -> UInt64 { Val.bool(truth).word }

    func answer(_ word: UInt64) -> UInt64 { word }

    func answer(_ word: Int64) -> UInt64 { UInt64(bitPattern: word) }

    /// Stops the invocation at a function that this host does not have, and remembers which.
    func unsupported(_ name: String) -> HostError {
        unsupportedFunction = name
        return HostError(.context, .internalError)
    }
}
