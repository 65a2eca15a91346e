// Module b: between linear memory and bytes, strings and symbols.
extension Host {
    func bytesCopyToLinearMemory(
        _ object: Val, _ position: UInt32, _ target: UInt32, _ count: UInt32,
        memory: inout some LinearMemory
    ) throws(HostError) {
        try copyOut(bytes(object), position, target, count, &memory)
    }

    func stringCopyToLinearMemory(
        _ object: Val, _ position: UInt32, _ target: UInt32, _ count: UInt32,
        memory: inout some LinearMemory
    ) throws(HostError) {
        try copyOut(string(object), position, target, count, &memory)
    }

    func symbolCopyToLinearMemory(
        _ object: Val, _ position: UInt32, _ target: UInt32, _ count: UInt32,
        memory: inout some LinearMemory
    ) throws(HostError) {
        guard case .symbol(let text) = try visit(object) else { throw .unexpectedObject }
        try copyOut(text, position, target, count, &memory)
    }

    private func copyOut(
        _ content: [UInt8], _ position: UInt32, _ target: UInt32, _ count: UInt32,
        _ memory: inout some LinearMemory
    ) throws(HostError) {
        let end = try self.end(of: position, count)
        guard end <= content.count else { throw HostError(.object, .indexBounds) }
        try budget.copy(Int(count))
        let range = try memory.range(target, count: Int(count))
        memory.write(Array(content[Int(position)..<end]), at: range.lowerBound)
    }

    /// Where `count` from `position` ends.
    /// - Throws: (Value, ArithDomain) beyond 32 bits.
    private func end(of position: UInt32, _ count: UInt32) throws(HostError) -> Int {
        let (end, overflow) = position.addingReportingOverflow(count)
        guard !overflow else { throw HostError(.value, .arithDomain) }
        return Int(end)
    }

    /// Puts a piece of memory into bytes, which grow by zeros as far as they must.
    func bytesCopyFromLinearMemory(
        _ object: Val, _ position: UInt32, _ source: UInt32, _ count: UInt32,
        memory: inout some LinearMemory
    ) throws(HostError) -> Val {
        var bytes = try bytes(object)
        try budget.copyBytes(bytes.count)
        let end = try self.end(of: position, count)
        if end > bytes.count {
            try budget.allocate(end - bytes.count)
            bytes += repeatElement(0, count: end - bytes.count)
        }
        let piece = try read(Int(count), at: source, memory)
        bytes.replaceSubrange(Int(position)..<end, with: piece)
        return try make(.bytes(bytes))
    }

    func bytesNewFromLinearMemory(
        _ position: UInt32, _ count: UInt32, memory: inout some LinearMemory
    ) throws(HostError) -> Val {
        try make(.bytes(readNew(count, at: position, memory)))
    }

    func stringNewFromLinearMemory(
        _ position: UInt32, _ count: UInt32, memory: inout some LinearMemory
    ) throws(HostError) -> Val {
        try make(.string(readNew(count, at: position, memory)))
    }

    func symbolNewFromLinearMemory(
        _ position: UInt32, _ count: UInt32, memory: inout some LinearMemory
    ) throws(HostError) -> Val {
        let text = try readNew(count, at: position, memory)
        guard text.count <= SymbolText.maxLength, SymbolText.isValid(text) else { throw .badValue }
        return try make(.symbol(text))
    }

    private func readNew(
        _ count: UInt32, at position: UInt32, _ memory: some LinearMemory
    ) throws(HostError) -> [UInt8] {
        try budget.allocate(Int(count))
        return try read(Int(count), at: position, memory)
    }

    /// Which of the texts in memory a symbol is; all are compared, the first hit counts.
    func symbolIndexInLinearMemory(
        _ symbol: Val, _ position: UInt32, _ count: UInt32, memory: inout some LinearMemory
    ) throws(HostError) -> UInt32 {
        var found: UInt32?
        for (index, slice) in try readSlices(count, at: position, memory).enumerated() {
            let text = memory.bytes(try memory.sliceRange(slice.position, count: slice.count))
            if try self.symbol(symbol, is: text), found == nil {
                found = UInt32(truncatingIfNeeded: index)
            }
        }
        guard let found else { throw HostError(.value, .missingValue) }
        return found
    }
}
