// Module b: bytes, strings and symbols.
extension Host {
    func bytesNew() throws(HostError) -> Val { try make(.bytes([])) }

    /// A byte out of a number.
    private func byte(_ number: UInt32) throws(HostError) -> UInt8 {
        if let byte = UInt8(exactly: number) { return byte }
        // The message names the argument, and that is charged for.
        try budget.copyBytes(1)
        _ = try make(.string([UInt8(ascii: "u")]))
        throw HostError(.value, .arithDomain)
    }

    private func checkBounds(_ position: UInt32, of count: Int) throws(HostError) -> Int {
        guard Int(position) < count else { throw HostError(.object, .indexBounds) }
        return Int(position)
    }

    func bytesPut(_ object: Val, _ position: UInt32, _ number: UInt32) throws(HostError) -> Val {
        let byte = try byte(number)
        var bytes = try bytes(object)
        try budget.copyBytes(bytes.count)
        bytes[try checkBounds(position, of: bytes.count)] = byte
        return try make(.bytes(bytes))
    }

    func bytesGet(_ object: Val, _ position: UInt32) throws(HostError) -> UInt32 {
        let bytes = try bytes(object)
        return UInt32(bytes[try checkBounds(position, of: bytes.count)])
    }

    func bytesDel(_ object: Val, _ position: UInt32) throws(HostError) -> Val {
        var bytes = try bytes(object)
        let index = try checkBounds(position, of: bytes.count)
        try budget.copyBytes(bytes.count)
        try budget.copy(bytes.count - index)
        bytes.remove(at: index)
        return try make(.bytes(bytes))
    }

    func bytesLen(_ object: Val) throws(HostError) -> UInt32 {
        UInt32(truncatingIfNeeded: try bytes(object).count)
    }

    func stringLen(_ object: Val) throws(HostError) -> UInt32 {
        UInt32(truncatingIfNeeded: try string(object).count)
    }

    func symbolLen(_ object: Val) throws(HostError) -> UInt32 {
        UInt32(truncatingIfNeeded: try symbolObject(object).count)
    }

    private func symbolObject(_ object: Val) throws(HostError) -> [UInt8] {
        guard case .symbol(let text) = try visit(object) else { throw .unexpectedObject }
        return text
    }

    private func newBytes(_ bytes: [UInt8]) throws(HostError) -> Val {
        try budget.makeVector(of: 1, count: bytes.count)
        return try make(.bytes(bytes))
    }

    func bytesPush(_ object: Val, _ number: UInt32) throws(HostError) -> Val {
        let byte = try byte(number)
        return try newBytes(bytes(object) + [byte])
    }

    func bytesPop(_ object: Val) throws(HostError) -> Val {
        let bytes = try bytes(object)
        try budget.copyBytes(bytes.count)
        guard !bytes.isEmpty else { throw HostError(.object, .indexBounds) }
        return try make(.bytes(bytes.dropLast()))
    }

    func bytesFront(_ object: Val) throws(HostError) -> UInt32 {
        guard let byte = try bytes(object).first else { throw HostError(.object, .indexBounds) }
        return UInt32(byte)
    }

    func bytesBack(_ object: Val) throws(HostError) -> UInt32 {
        guard let byte = try bytes(object).last else { throw HostError(.object, .indexBounds) }
        return UInt32(byte)
    }

    func bytesInsert(_ object: Val, _ position: UInt32, _ number: UInt32) throws(HostError) -> Val {
        let byte = try byte(number)
        var bytes = try bytes(object)
        bytes.insert(byte, at: try checkBounds(position, of: bytes.count + 1))
        return try newBytes(bytes)
    }

    func bytesAppend(_ a: Val, _ b: Val) throws(HostError) -> Val {
        let first = try bytes(a)
        return try newBytes(first + bytes(b))
    }

    func bytesSlice(_ object: Val, _ start: UInt32, _ end: UInt32) throws(HostError) -> Val {
        let bytes = try bytes(object)
        let range = try slice(start, end, of: bytes.count)
        try budget.copyBytes(range.count)
        return try make(.bytes(Array(bytes[range])))
    }

    func stringToBytes(_ object: Val) throws(HostError) -> Val {
        let text = try string(object)
        try budget.copyBytes(text.count)
        return try make(.bytes(text))
    }

    func bytesToString(_ object: Val) throws(HostError) -> Val {
        let bytes = try bytes(object)
        try budget.copyBytes(bytes.count)
        return try make(.string(bytes))
    }
}
