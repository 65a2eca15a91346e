internal import StellarXDR

// From the host's values to the ledger's.
extension Host {
    /// The ledger's form of a value.
    /// - Throws: (Value, InvalidInput) for a word without a value,
    ///   (Context, ExceededLimit) beyond ``Budget/maxNesting`` levels.
    func toSCVal(_ value: Val) throws(HostError) -> SCVal {
        try budget.enter()
        defer { budget.leave() }
        guard value.isWellFormed else { throw .badValue }
        return value.isObject ? try objectToSCVal(visit(value)) : smallToSCVal(value)
    }

    /// Values one after another.
    func toSCVals(_ values: [Val]) throws(HostError) -> [SCVal] {
        var converted: [SCVal] = []
        converted.reserveCapacity(values.count)
        for value in values { converted.append(try toSCVal(value)) }
        return converted
    }

    private func smallToSCVal(_ value: Val) -> SCVal {
        let (unsigned, signed) = (value.body, value.signedBody)
        return switch value.tag {
        case .false: .bool(false)
        case .true: .bool(true)
        case .error: .error((value.error ?? .badValue).xdr)
        case .u32: .u32(value.major)
        case .i32: .i32(Int32(bitPattern: value.major))
        case .u64Small: .u64(unsigned)
        case .i64Small: .i64(signed)
        case .timepointSmall: .timepoint(unsigned)
        case .durationSmall: .duration(unsigned)
        case .u128Small: .u128(UInt128Parts(UInt128(unsigned)))
        case .i128Small: .i128(Int128Parts(Int128(signed)))
        case .u256Small: .u256(UInt256Parts(UInt256(unsigned)))
        case .i256Small: .i256(Int256Parts(Int256(signed)))
        case .symbolSmall: .symbol(SCSymbol(SymbolText.text(of: value)))
        default: .void
        }
    }

    private func objectToSCVal(_ object: HostObject) throws(HostError) -> SCVal {
        switch object {
        case .u64(let number):
            try budget.copy(8)
            return .u64(number)
        case .i64(let number):
            try budget.copy(8)
            return .i64(number)
        case .timepoint(let number):
            try budget.copy(8)
            return .timepoint(number)
        case .duration(let number):
            try budget.copy(8)
            return .duration(number)
        case .u128(let number):
            try budget.copy(16)
            return .u128(UInt128Parts(number))
        case .i128(let number):
            try budget.copy(16)
            return .i128(Int128Parts(number))
        case .u256(let number):
            try budget.copy(32)
            return .u256(UInt256Parts(number))
        case .i256(let number):
            try budget.copy(32)
            return .i256(Int256Parts(number))
        case .bytes, .string, .symbol, .executableTag: return try textToSCVal(object)
        case .address(let address):
            try budget.copy(DeclaredSize.address)
            return .address(address.xdr)
        case .muxedAddress(let account):
            try budget.copy(DeclaredSize.address)
            return .address(
                .muxedAccount(
                    MuxedEd25519Account(id: account.id, ed25519: account.key)))
        case .vec(let elements):
            try budget.makeVector(of: DeclaredSize.scVal, count: elements.count)
            return .vec(try toSCVals(elements))
        case .map(let map): return .map(try entriesToSCMap(map))
        }
    }

    private func textToSCVal(_ object: HostObject) throws(HostError) -> SCVal {
        switch object {
        case .bytes(let bytes):
            try budget.copyBytes(bytes.count)
            return .bytes(SCBytes(bytes))
        case .string(let text):
            try budget.copyBytes(text.count)
            return .string(SCString(text))
        case .symbol(let text):
            try budget.copyBytes(text.count)
            return .symbol(SCSymbol(text))
        case .executableTag(let text):
            try budget.copyBytes(text.count)
            return .executableTag(SCString(text))
        default: throw HostError(.value, .internalError)
        }
    }

    private func entriesToSCMap(_ map: HostMap) throws(HostError) -> [SCMapEntry] {
        try budget.makeVector(of: DeclaredSize.scMapEntry, count: map.count)
        try map.chargeIteration(budget: budget)
        var entries: [SCMapEntry] = []
        entries.reserveCapacity(map.count)
        for entry in map.entries {
            entries.append(SCMapEntry(key: try toSCVal(entry.key), val: try toSCVal(entry.value)))
        }
        return entries
    }
}

extension Host {
    /// Charges what ``toSCVal(_:)`` charges, for a value that it has converted before.
    func chargeConversion(of value: Val) throws(HostError) {
        try budget.enter()
        defer { budget.leave() }
        guard value.isObject else { return }
        try budget.visitObject()
        guard let object = objects.object(of: value) else { throw .badValue }
        switch object {
        case .u64, .i64, .timepoint, .duration: try budget.copy(8)
        case .u128, .i128: try budget.copy(16)
        case .u256, .i256: try budget.copy(32)
        case .bytes(let content), .string(let content), .symbol(let content),
            .executableTag(let content):
            try budget.copyBytes(content.count)
        case .address, .muxedAddress: try budget.copy(DeclaredSize.address)
        case .vec(let elements):
            try budget.makeVector(of: DeclaredSize.scVal, count: elements.count)
            for element in elements { try chargeConversion(of: element) }
        case .map(let map):
            try budget.makeVector(of: DeclaredSize.scMapEntry, count: map.count)
            try map.chargeIteration(budget: budget)
            for entry in map.entries {
                try chargeConversion(of: entry.key)
                try chargeConversion(of: entry.value)
            }
        }
    }
}
