// A parameter, result or field may be written as a tuple of Swift, `(A, B)`; within another type,
// as in `Vec<Tuple2<A, B>>`, only these are values. On the ledger they are lists.

/// A list of two values, each of a type of its own.
@_Tuple @frozen public struct Tuple2<A: ContractValue, B: ContractValue> {}

/// A list of three values, each of a type of its own.
@_Tuple @frozen public struct Tuple3<A: ContractValue, B: ContractValue, C: ContractValue> {}

/// A list of four values, each of a type of its own.
@_Tuple @frozen
public struct Tuple4<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue
> {}

/// A list of five values, each of a type of its own.
@_Tuple @frozen
public struct Tuple5<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue, E: ContractValue
> {}

/// A list of six values, each of a type of its own.
@_Tuple @frozen
public struct Tuple6<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue, E: ContractValue,
    F: ContractValue
> {}

/// A list of seven values, each of a type of its own.
@_Tuple @frozen
public struct Tuple7<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue, E: ContractValue,
    F: ContractValue, G: ContractValue
> {}

/// A list of eight values, each of a type of its own.
@_Tuple @frozen
public struct Tuple8<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue, E: ContractValue,
    F: ContractValue, G: ContractValue, H: ContractValue
> {}

/// A list of nine values, each of a type of its own.
@_Tuple @frozen
public struct Tuple9<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue, E: ContractValue,
    F: ContractValue, G: ContractValue, H: ContractValue, I: ContractValue
> {}

/// A list of ten values, each of a type of its own.
@_Tuple @frozen
public struct Tuple10<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue, E: ContractValue,
    F: ContractValue, G: ContractValue, H: ContractValue, I: ContractValue, J: ContractValue
> {}

/// A list of eleven values, each of a type of its own.
@_Tuple @frozen
public struct Tuple11<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue, E: ContractValue,
    F: ContractValue, G: ContractValue, H: ContractValue, I: ContractValue, J: ContractValue,
    K: ContractValue
> {}

/// A list of twelve values, each of a type of its own.
@_Tuple @frozen
public struct Tuple12<
    A: ContractValue, B: ContractValue, C: ContractValue, D: ContractValue, E: ContractValue,
    F: ContractValue, G: ContractValue, H: ContractValue, I: ContractValue, J: ContractValue,
    K: ContractValue, L: ContractValue
> {}
