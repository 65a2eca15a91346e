internal import StellarXDR

// What comparing and copying XDR values costs: `costs.md` 3.1 and 3.2 of the reference.

extension SCVal {
    /// Compares two values in the host's order, with its charges.
    func compare(to other: SCVal, budget: Budget) throws(HostError) -> Int {
        switch (self, other) {
        case (.vec(let left), .vec(let right)):
            return try Self.compare(left ?? [], right ?? [], budget: budget)
        case (.map(let left), .map(let right)):
            return try Self.compare(left ?? [], right ?? [], budget: budget)
        case (.bytes(let left), .bytes(let right)):
            return try Self.compare(text: left.bytes, right.bytes, budget: budget)
        case (.string(let left), .string(let right)):
            return try Self.compare(text: left.bytes, right.bytes, budget: budget)
        case (.symbol(let left), .symbol(let right)):
            return try Self.compare(text: left.bytes, right.bytes, budget: budget)
        case (.executableTag(let left), .executableTag(let right)):
            return try Self.compare(text: left.bytes, right.bytes, budget: budget)
        case (.address(let left), .address(let right)):
            try budget.compare(48)
            return left.order(against: right)
        case (.contractInstance(let left), .contractInstance(let right)):
            return try left.compare(to: right, budget: budget)
        default:
            return try compareScalars(to: other, budget: budget)
        }
    }

    private func compareScalars(to other: SCVal, budget: Budget) throws(HostError) -> Int {
        guard rank == other.rank else { return rank - other.rank }
        guard let size = scalarSize else { return 0 }
        try budget.compare(size)
        return compareWords(scalarWords, other.scalarWords)
    }

    private static func compare(
        _ left: [SCVal], _ right: [SCVal], budget: Budget
    ) throws(HostError) -> Int {
        try budget.copy(96 * min(left.count, right.count))
        for (one, two) in zip(left, right) {
            let order = try one.compare(to: two, budget: budget)
            if order != 0 { return order }
        }
        return left.count - right.count
    }

    static func compare(
        _ left: [SCMapEntry], _ right: [SCMapEntry], budget: Budget
    ) throws(HostError) -> Int {
        try budget.copy(192 * min(left.count, right.count))
        for (one, two) in zip(left, right) {
            let keys = try one.key.compare(to: two.key, budget: budget)
            if keys != 0 { return keys }
            let values = try one.val.compare(to: two.val, budget: budget)
            if values != 0 { return values }
        }
        return left.count - right.count
    }

    private static func compare(
        text left: [UInt8], _ right: [UInt8], budget: Budget
    ) throws(HostError) -> Int {
        try budget.compare(min(left.count, right.count))
        return lexicographicOrder(left, right)
    }

    /// What a comparison of two values of this kind moves; `nil` where nothing is compared.
    var scalarSize: Int? {
        switch self {
        case .bool: 1
        case .u32, .i32: 4
        case .u64, .i64, .timepoint, .duration, .error: 8
        case .u128, .i128: 16
        case .u256, .i256: 32
        case .ledgerKeyNonce: 33
        default: nil
        }
    }

    /// The value's number as words that order as the number does.
    var scalarWords: Words {
        let sign: UInt64 = 1 << 63
        return switch self {
        case .bool(let value): (value ? 1 : 0, 0, 0, 0)
        case .u32(let value): (UInt64(value), 0, 0, 0)
        case .i32(let value): (UInt64(bitPattern: Int64(value)) ^ sign, 0, 0, 0)
        case .u64(let value), .timepoint(let value), .duration(let value): (value, 0, 0, 0)
        case .i64(let value): (UInt64(bitPattern: value) ^ sign, 0, 0, 0)
        case .u128(let value): (value.hi, value.lo, 0, 0)
        case .i128(let value): (UInt64(bitPattern: value.hi) ^ sign, value.lo, 0, 0)
        case .u256(let value): (value.hiHi, value.hiLo, value.loHi, value.loLo)
        case .i256(let value):
            (UInt64(bitPattern: value.hiHi) ^ sign, value.hiLo, value.loHi, value.loLo)
        case .ledgerKeyNonce(let value): (UInt64(bitPattern: value.nonce) ^ sign, 0, 0, 0)
        case .error(let error): HostError(error).words
        default: (0, 0, 0, 0)
        }
    }

    /// The kind's number on the wire, which is also its place in the order.
    private var rank: Int { Int(discriminant.rawValue) }

    /// Charges what a copy of this value costs beyond its own 96 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        switch self {
        case .bytes(let content): try budget.duplicate(content.bytes.count)
        case .string(let content): try budget.duplicate(content.bytes.count)
        case .symbol(let content): try budget.duplicate(content.bytes.count)
        case .executableTag(let content): try budget.duplicate(content.bytes.count)
        case .vec(let elements?): try Self.chargeCopy(of: elements, budget: budget)
        case .map(let entries?): try Self.chargeCopy(of: entries, budget: budget)
        case .contractInstance(let instance):
            try instance.chargeCopyOfContents(budget: budget)
        default: break
        }
    }

    static func chargeCopy(of elements: [SCVal], budget: Budget) throws(HostError) {
        try budget.duplicate(96 * elements.count)
        for element in elements { try element.chargeCopyOfContents(budget: budget) }
    }

    static func chargeCopy(of entries: [SCMapEntry], budget: Budget) throws(HostError) {
        try budget.duplicate(192 * entries.count)
        for entry in entries {
            try entry.key.chargeCopyOfContents(budget: budget)
            try entry.val.chargeCopyOfContents(budget: budget)
        }
    }
}

extension SCContractInstance {
    /// Charges what a copy of this instance costs beyond its own 96 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        try executable.chargeCopyOfContents(budget: budget)
        guard let storage else { return }
        try SCVal.chargeCopy(of: storage, budget: budget)
    }

    fileprivate func compare(
        to other: SCContractInstance, budget: Budget
    ) throws(HostError) -> Int {
        try budget.compare(72)
        let executables = executable.order(against: other.executable)
        if executables != 0 { return executables }
        switch (storage, other.storage) {
        case (nil, nil): return 0
        case (nil, _): return -1
        case (_, nil): return 1
        case (let left?, let right?):
            return try SCVal.compare(left, right, budget: budget)
        }
    }
}

extension HostError {
    /// The error as words that order as errors do.
    fileprivate var words: Words { (UInt64(kind.rawValue), UInt64(number), 0, 0) }
}

extension ContractExecutable {
    /// Orders two executables: code, the asset contract, references.
    func order(against other: ContractExecutable) -> Int {
        switch (self, other) {
        case (.wasm(let left), .wasm(let right)): SorobanHost.compare(left, right)
        case (.externalRef(let left), .externalRef(let right)):
            left.executableOwner == right.executableOwner
                ? lexicographicOrder(left.tag.bytes, right.tag.bytes)
                : left.executableOwner.order(against: right.executableOwner)
        default: Int(discriminant.rawValue) - Int(other.discriminant.rawValue)
        }
    }

    /// Charges what a copy of this executable costs beyond its own 72 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        guard case .externalRef(let reference) = self else { return }
        try budget.duplicate(reference.tag.bytes.count)
    }
}

extension LedgerKey {
    /// Charges what a copy of this key costs beyond its own 152 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        guard case .contractData(let data) = self else { return }
        try data.key.chargeCopyOfContents(budget: budget)
    }
}

extension LedgerEntry {
    /// Charges what a copy of this entry costs beyond its own 288 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        switch data {
        case .contractData(let entry):
            try entry.val.chargeCopyOfContents(budget: budget)
            try entry.key.chargeCopyOfContents(budget: budget)
        case .contractCode(let entry): try budget.duplicate(entry.code.count)
        case .account(let entry): try entry.chargeCopyOfContents(budget: budget)
        default: break
        }
    }
}

extension AccountEntry {
    /// Charges what a copy of this account costs beyond its own 216 bytes.
    func chargeCopyOfContents(budget: Budget) throws(HostError) {
        try budget.duplicate(homeDomain.bytes.count)
        try budget.duplicate(72 * signers.count)
        for signer in signers {
            if case .ed25519SignedPayload(let signed) = signer.key {
                try budget.duplicate(signed.payload.count)
            }
        }
        if case .v1(let first) = ext, case .v2(let second) = first.ext {
            try budget.duplicate(33 * second.signerSponsoringIDs.count)
        }
    }
}
