/// Makes a contract of a struct: `init` is the constructor, every function that is not private can
/// be called, under its name in `snake_case`. `parts` are such structs of other modules, whose
/// functions the contract has too; `errors` and `events` are what it ends with and tells.
@attached(peer)
@attached(
    extension, conformances: ContractDefinition, names: named(init), named(describe), named(export))
public macro Contract(
    _ parts: any ContractDefinition.Type..., errors: any ContractError.Type...,
    events: any ContractEvent.Type...
) = #externalMacro(module: "SorobanMacros", type: "ContractMacro")

/// Makes a client of a protocol that says what another contract can do: for `protocol Tower`, a
/// struct `TowerClient` at an address, with each function, with `try…`, which is `nil` if the other
/// failed (`false` for a function without result), and with `catch…`, which says how it failed.
@attached(peer, names: suffixed(Client))
public macro ContractClient() =
    #externalMacro(module: "SorobanMacros", type: "ContractClientMacro")

/// Where the values of a struct come from.
public enum TypeOrigin {
    /// From callers too: they are looked through when they come in.
    case given
    /// From this contract alone, which stores them and shows them.
    case kept
    /// From somebody else, who may add to them: their fields are found by name, and looked at when
    /// they are read.
    case foreign
}

/// What a struct is on the ledger.
public enum TypeShape {
    /// A map of its fields, by their names.
    case map
    /// A list of its fields, in the order in which they are declared.
    case tuple
}

/// Makes a value of a struct, of an enum with raw type `UInt32` (a number), or of any other enum (a
/// union: a list of the name of the case and of what the case carries).
///
/// The struct is one word, the map or list as the host keeps it: a field is read from it when it is
/// asked for, and setting one makes another. An enum is what it is in Swift.
@attached(member, names: named(value), named(init))
@attached(memberAttribute)
@attached(
    extension, conformances: ContractValue, ContractArgument, names: named(init), named(value),
    named(type),
    named(define))
public macro ContractType(_ origin: TypeOrigin = .given, as shape: TypeShape = .map) =
    #externalMacro(module: "SorobanMacros", type: "ContractTypeMacro")

/// Makes a value of a struct that only this contract reads: a list of its fields, in order. Without
/// the names it takes less of the ledger.
@attached(member, names: named(value), named(init))
@attached(memberAttribute)
@attached(extension, conformances: ContractValue, names: named(type))
public macro ContractList() =
    #externalMacro(module: "SorobanMacros", type: "ContractListMacro")

/// For generated code: a field of a map.
@attached(accessor)
public macro _MapField(_ index: UInt32, _ name: StaticString) =
    #externalMacro(module: "SorobanMacros", type: "MapFieldMacro")

/// For generated code: a field that is found by its name.
@attached(accessor)
public macro _NamedField(_ name: StaticString) =
    #externalMacro(module: "SorobanMacros", type: "NamedFieldMacro")

/// For generated code: a field of a list.
@attached(accessor)
public macro _ListField(_ index: UInt32) =
    #externalMacro(module: "SorobanMacros", type: "ListFieldMacro")

/// Makes an error with numbers of an enum with raw type `UInt32`, and `fail(.someCase)`, which ends
/// the call with one.
@attached(peer, names: named(fail))
@attached(extension, conformances: ContractError, names: named(type), named(define))
public macro ContractError() =
    #externalMacro(module: "SorobanMacros", type: "ContractErrorMacro")

/// How the fields of an event that are not topics are packed.
public enum DataFormat {
    /// The only one, as it is.
    case singleValue
    /// In a list, in order.
    case list
    /// In a map by name.
    case map
}

/// Makes an event of a struct. The first topic is its name in `snake_case`, or what `name` says;
/// the fields marked ``Topic()`` follow.
@attached(
    extension, conformances: ContractEvent, names: named(topics), named(data), named(define))
public macro ContractEvent(name: StaticString? = nil, data: DataFormat = .map) =
    #externalMacro(module: "SorobanMacros", type: "ContractEventMacro")

/// For the SDK: makes a type of a tuple.
@attached(member, names: named(value), named(init), named(elements))
@attached(
    extension, conformances: ContractValue, ContractArgument, Equatable, names: named(type),
    named(define), named(==))
macro _Tuple() = #externalMacro(module: "SorobanMacros", type: "TupleMacro")

/// Marks a field of an event by which one searches.
@attached(peer)
public macro Topic() = #externalMacro(module: "SorobanMacros", type: "TopicMacro")

/// Keeps a property with the contract, under its own name or the one given. The name has at most
/// nine characters. The constructor gives every such property its first value; one that may be
/// `nil` is that until something else is stored.
@attached(accessor)
public macro Stored(_ name: StaticString? = nil) =
    #externalMacro(module: "SorobanMacros", type: "StoredMacro")

/// Keeps a property that may be `nil`, and to which the constructor has given a value, `nil` too:
/// reading it looks once instead of twice.
@attached(accessor)
public macro Stored(_ name: StaticString, _ presence: Presence) =
    #externalMacro(module: "SorobanMacros", type: "StoredMacro")

/// A ``Table`` or ``PairTable`` whose entries live on their own, for as long as `durability` says.
@attached(accessor)
public macro Stored(_ durability: Durability) =
    #externalMacro(module: "SorobanMacros", type: "StoredMacro")

/// A ``Table`` or ``PairTable`` under another name than the property's.
@attached(accessor)
public macro Stored(_ name: StaticString, _ durability: Durability) =
    #externalMacro(module: "SorobanMacros", type: "StoredMacro")

/// A name of at most nine characters, encoded when the contract is compiled.
@freestanding(expression)
public macro symbol(_ name: StaticString) -> Symbol =
    #externalMacro(module: "SorobanMacros", type: "SymbolMacro")
