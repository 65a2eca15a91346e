/// What a function may take from its caller: it is looked through when it is read. A struct that a
/// contract makes for itself (``TypeOrigin/kept``, ``ContractList()``) is none, so that no caller
/// can hand one in.
public protocol ContractArgument: ContractValue {}

/// For generated code: an argument as a caller passes it.
@inline(__always)
public func argument<Argument: ContractArgument>(
    _ type: Argument.Type, _ word: UInt64
) -> Argument {
    Argument(Value(word: word))
}

/// For generated code: a type that a caller hands in. Of any other there is none, which is said
/// where the type was named.
public enum GivenType<Type: ContractArgument> {
    /// The type.
    public typealias Checked = Type
}

/// For generated code: a type that is shown or kept.
public enum ValueType<Type: ContractValue> {
    /// The type.
    public typealias Checked = Type
}

extension Value: ContractArgument {}
extension Bool: ContractArgument {}
extension UInt32: ContractArgument {}
extension Int32: ContractArgument {}
extension UInt64: ContractArgument {}
extension OpaqueUInt64: ContractArgument {}
extension Int64: ContractArgument {}
extension UInt128: ContractArgument {}
extension Int128: ContractArgument {}
extension Amount: ContractArgument {}
extension U256: ContractArgument {}
extension I256: ContractArgument {}
extension Failure: ContractArgument {}
extension Timepoint: ContractArgument {}
extension Duration: ContractArgument {}
extension Symbol: ContractArgument {}
extension HostString: ContractArgument {}
extension Bytes: ContractArgument {}
extension BytesN: ContractArgument {}
extension Address: ContractArgument {}
extension MuxedAddress: ContractArgument {}
extension Record: ContractArgument {}
extension Optional: ContractArgument where Wrapped: ContractArgument {}
extension Vec: ContractArgument where Element: ContractArgument {}
extension Map: ContractArgument where Key: ContractArgument, Element: ContractArgument {}
