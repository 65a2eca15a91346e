#if !arch(wasm32)
    /// A type as the interface description of a contract names it (SEP-48).
    public indirect enum SpecificationType: Sendable {
        case value, bool, u32, i32, u64, i64, timepoint, duration, u128, i128, bytes, string, symbol
        case address, muxedAddress, u256, i256, error
        case option(SpecificationType)
        case result(SpecificationType, SpecificationType)
        case vec(SpecificationType)
        case map(SpecificationType, SpecificationType)
        case bytesN(UInt32)
        case tuple([SpecificationType])
        case defined(String)
        case void

        func encode(into bytes: inout [UInt8]) {
            switch self {
            case .value: bytes.append(word: 0)
            case .bool: bytes.append(word: 1)
            case .void: bytes.append(word: 2)
            case .error: bytes.append(word: 3)
            case .u32: bytes.append(word: 4)
            case .i32: bytes.append(word: 5)
            case .u64: bytes.append(word: 6)
            case .i64: bytes.append(word: 7)
            case .timepoint: bytes.append(word: 8)
            case .duration: bytes.append(word: 9)
            case .u128: bytes.append(word: 10)
            case .i128: bytes.append(word: 11)
            case .u256: bytes.append(word: 12)
            case .i256: bytes.append(word: 13)
            case .bytes: bytes.append(word: 14)
            case .string: bytes.append(word: 16)
            case .symbol: bytes.append(word: 17)
            case .address: bytes.append(word: 19)
            case .muxedAddress: bytes.append(word: 20)
            case .option(let wrapped): bytes.append(word: 1000, wrapped)
            case .result(let value, let error): bytes.append(word: 1001, value, error)
            case .vec(let element): bytes.append(word: 1002, element)
            case .map(let key, let element): bytes.append(word: 1004, key, element)
            case .tuple(let elements):
                bytes.append(word: 1005)
                bytes.append(types: elements)
            case .bytesN(let count):
                bytes.append(word: 1006)
                bytes.append(word: count)
            case .defined(let name):
                bytes.append(word: 2000)
                bytes.append(text: name)
            }
        }
    }

    /// How much of the documentation comments an interface description carries: it is paid for with
    /// every upload.
    public enum DocumentationLevel: CaseIterable, Sendable {
        case full, firstSentences, none

        func text(_ documentation: String) -> String {
            switch self {
            case .full: return documentation
            case .none: return ""
            case .firstSentences:
                var sentence = ""
                for character in documentation {
                    if character == " ", sentence.last == "." { break }
                    sentence.append(character)
                }
                return sentence
            }
        }
    }

    /// A field, a parameter, a case: a name, its type or number, and what it is for.
    public struct SpecificationField: Sendable {
        let name: String
        let documentation: String
        let type: SpecificationType

        /// Made of these.
        public init(_ name: String, _ type: SpecificationType, _ documentation: String = "") {
            self.name = name
            self.type = type
            self.documentation = documentation
        }
    }

    /// A case with its number.
    public struct SpecificationCase: Sendable {
        let name: String
        let documentation: String
        let number: UInt32

        /// Made of these.
        public init(_ name: String, _ number: UInt32, _ documentation: String = "") {
            self.name = name
            self.number = number
            self.documentation = documentation
        }
    }

    /// A case of a union, and the types of what it carries.
    public struct SpecificationVariant: Sendable {
        let name: String
        let documentation: String
        let types: [SpecificationType]

        /// Made of these.
        public init(_ name: String, _ types: [SpecificationType], _ documentation: String = "") {
            self.name = name
            self.types = types
            self.documentation = documentation
        }
    }

    /// Where the fields of an event go that are not topics.
    public enum EventFormat: UInt32, Sendable {
        case singleValue = 0, list, map
    }

    /// The interface of a contract: XDR of `SCSpecEntry` values, one after the other (SEP-48).
    public struct Specification: Sendable {
        /// What goes into the section `contractspecv0`.
        public private(set) var functions: [UInt8] = []
        /// The types, each once, after the functions.
        public private(set) var types: [UInt8] = []
        private var defined: [String: ObjectIdentifier] = [:]
        private let level: DocumentationLevel

        /// Empty, to be filled with so much documentation.
        public init(_ level: DocumentationLevel = .full) { self.level = level }

        /// What goes into the section `contractspecv0`.
        public var bytes: [UInt8] { functions + types }

        /// Adds a function.
        public mutating func addFunction(
            _ name: String, _ documentation: String, _ inputs: [SpecificationField],
            output: SpecificationType?
        ) {
            functions.append(word: 0)
            functions.append(text: level.text(documentation))
            functions.append(text: name)
            functions.append(fields: inputs, level)
            functions.append(word: output == nil ? 0 : 1)
            output?.encode(into: &functions)
        }

        /// Whether the type is new here, so that the caller defines it. Two types of one name end
        /// the program: readers know types by their names.
        public mutating func begins(_ name: String, _ type: Any.Type) -> Bool {
            let identity = ObjectIdentifier(type)
            guard let other = defined.updateValue(identity, forKey: name) else { return true }
            precondition(other == identity, "two types of the contract are called '\(name)'")
            return false
        }

        /// Adds a struct; its fields ascend by name.
        public mutating func addStruct(
            _ name: String, _ documentation: String, _ fields: [SpecificationField]
        ) {
            types.append(word: 1)
            types.append(header: name, level.text(documentation))
            types.append(fields: fields, level)
        }

        /// Adds an enum of numbers, or of errors.
        public mutating func addEnum(
            _ name: String, _ documentation: String, _ cases: [SpecificationCase], isError: Bool
        ) {
            types.append(word: isError ? 4 : 3)
            types.append(header: name, level.text(documentation))
            types.append(word: UInt32(cases.count))
            for item in cases {
                types.append(text: level.text(item.documentation))
                types.append(text: item.name)
                types.append(word: item.number)
            }
        }

        /// Adds an enum whose cases carry values.
        public mutating func addUnion(
            _ name: String, _ documentation: String, _ cases: [SpecificationVariant]
        ) {
            types.append(word: 2)
            types.append(header: name, level.text(documentation))
            types.append(word: UInt32(cases.count))
            for item in cases {
                types.append(word: item.types.isEmpty ? 0 : 1)
                types.append(text: level.text(item.documentation))
                types.append(text: item.name)
                if !item.types.isEmpty { types.append(types: item.types) }
            }
        }

        /// Adds an event.
        public mutating func addEvent(
            _ name: String, topic: String, _ documentation: String, topics: [SpecificationField],
            data: [SpecificationField], format: EventFormat
        ) {
            types.append(word: 5)
            types.append(header: name, level.text(documentation))
            types.append(word: 1)
            types.append(text: topic)
            types.append(word: UInt32(topics.count + data.count))
            for (location, fields) in [(UInt32(1), topics), (0, data)] {
                for field in fields {
                    types.append(field: field, level)
                    types.append(word: location)
                }
            }
            types.append(word: format.rawValue)
        }
    }

    extension [UInt8] {
        fileprivate mutating func append(word: UInt32) {
            for shift in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: word >> UInt32(shift))) }
        }

        fileprivate mutating func append(word: UInt32, _ types: SpecificationType...) {
            append(word: word)
            for type in types { type.encode(into: &self) }
        }

        /// How many, and each of them.
        fileprivate mutating func append(types: [SpecificationType]) {
            append(word: UInt32(types.count))
            for type in types { type.encode(into: &self) }
        }

        fileprivate mutating func append(text: String) {
            append(word: UInt32(text.utf8.count))
            append(contentsOf: text.utf8)
            while count % 4 != 0 { append(0) }
        }

        /// Documentation, library (always empty), name.
        fileprivate mutating func append(header name: String, _ documentation: String) {
            append(text: documentation)
            append(text: "")
            append(text: name)
        }

        fileprivate mutating func append(
            field: SpecificationField, _ level: DocumentationLevel
        ) {
            append(text: level.text(field.documentation))
            append(text: field.name)
            field.type.encode(into: &self)
        }

        fileprivate mutating func append(
            fields: [SpecificationField], _ level: DocumentationLevel
        ) {
            append(word: UInt32(fields.count))
            for field in fields { append(field: field, level) }
        }
    }
#endif
