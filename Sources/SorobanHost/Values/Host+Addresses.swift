internal import StellarXDR

// Addresses between the wire and the host.

extension Host {
    /// A new object for an account or a contract.
    func makeAddress(_ address: SCAddress) throws(HostError) -> Val {
        guard let own = HostAddress(address) else { throw HostError(.object, .unexpectedType) }
        return try make(.address(own))
    }

    /// The address behind an object.
    func xdrAddress(_ address: Val) throws(HostError) -> SCAddress {
        let found = try self.address(address)
        try budget.copy(DeclaredSize.address)
        return found.xdr
    }

    /// Values one after another.
    func toVals(_ values: [SCVal]) throws(HostError) -> [Val] {
        var converted: [Val] = []
        converted.reserveCapacity(values.count)
        for value in values { converted.append(try toVal(value)) }
        return converted
    }
}
