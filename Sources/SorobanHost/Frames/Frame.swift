/// One call on the stack of calls.
final class Frame {
    /// This frame's random numbers, made when they are first asked for.
    var prng: PRNG?
    /// The id of the contract that runs in it, if one does.
    var contract: [UInt8]?
}

extension Host {
    /// The id of the contract that runs now.
    /// - Throws: (Context, InternalError) when none does.
    func currentContract() throws(HostError) -> [UInt8] {
        guard let contract = frames.last?.contract else {
            throw HostError(.context, .internalError)
        }
        return contract
    }
}
