import Stellar
import StellarXDR

extension Specs {
    /// Types that are made of no others, and one of each that is made of others.
    private static let types: [SCSpecTypeDef] = {
        let plain: [SCSpecTypeDef] = [
            .val, .bool, .void, .error, .u32, .i32, .u64, .i64, .timepoint, .duration, .u128,
            .i128, .u256, .i256, .bytes, .string, .symbol, .address, .muxedAddress,
            .bytesN(SCSpecTypeBytesN(n: 0)), .bytesN(SCSpecTypeBytesN(n: 32)),
            .bytesN(SCSpecTypeBytesN(n: 65)),
        ]
        let named = ["Record", "Pair", "Choice", "Level", "Fault", "Nowhere"].map {
            SCSpecTypeDef.udt(SCSpecTypeUDT(name: $0))
        }
        let all = plain + named
        return all
            + all.flatMap { type in
                [
                    .option(SCSpecTypeOption(valueType: type)),
                    .vec(SCSpecTypeVec(elementType: type)),
                    .map(SCSpecTypeMap(keyType: type, valueType: type)),
                    .tuple(SCSpecTypeTuple(valueTypes: [type, .u32])),
                    .result(SCSpecTypeResult(okType: type, errorType: .error)),
                    .option(SCSpecTypeOption(valueType: .vec(SCSpecTypeVec(elementType: type)))),
                ]
            } + [.tuple(SCSpecTypeTuple(valueTypes: Array(plain.prefix(12))))]
    }()

    /// Each type in each place where one can stand.
    static let everything: ContractSpec = {
        let fields = types.enumerated().map { (XDRString("f\($0.offset)"), $0.element) }
        var entries: [SCSpecEntry] = [
            structure("Record", [("level", .u32)]), structure("Pair", [("0", .u32), ("1", .bool)]),
            union("Choice", [("None", []), ("Some", [.u32, .string])]),
            level, errors("Fault", [("Bad", 1, "Bad.")]),
            structure("Wide", fields),
            structure(
                "Long",
                fields.enumerated().map {
                    (XDRString("\($0.offset)"), $0.element.1)
                }),
            union("Either", fields.map { ($0.0, [$0.1]) }),
        ]
        for (index, type) in types.enumerated() {
            entries.append(function(SCSymbol("take\(index)"), [("value", type)], .void))
            entries.append(function(SCSymbol("give\(index)"), [], type))
        }
        entries.append(function("__constructor", fields.prefix(20).map { $0 }, .void))
        for format in [SCSpecEventDataFormat.singleValue, .vec, .map] {
            for (index, type) in types.enumerated() {
                entries.append(
                    event(
                        SCSymbol("e\(format.rawValue)x\(index)"), ["e", "two"],
                        [parameter("t", type, .topicList), parameter("d", type, .data)], format))
            }
        }
        entries.append(event("bare", [], [], .map))
        entries.append(event("none", ["none"], [], .singleValue))
        return ContractSpec(entries: entries)
    }()

    /// Words of Swift, and of the client itself, wherever a name can stand.
    static let keywords: ContractSpec = {
        let words = """
            Any Self actor any as associatedtype async await borrowing break case catch class consume
            consuming continue convenience copy default defer deinit didSet discard do dynamic each else
            enum extension fallthrough false fileprivate final for func get guard if import in indirect
            infix init inout internal is isolated lazy left let macro mutating nil none nonisolated
            nonmutating open operator optional override package postfix precedence precedencegroup
            prefix private protocol public repeat required rethrows return right self sending set some
            static struct subscript super switch throw throws true try type typealias unowned unsafe var weak
            where while willSet Type Protocol Error String Optional Swift Stellar StellarXDR SCVal
            contract contractID contract_id operation function arguments call read topics value values
            scVal sc_val hashValue hash description rawValue raw_value allCases name variant decode
            """.split { $0 == " " || $0 == "\n" }.map(String.init)
        let fields = words.map { (XDRString($0), SCSpecTypeDef.u32) }
        var entries: [SCSpecEntry] = [
            structure("fields", fields),
            errors(
                "faults",
                words.enumerated().map {
                    (XDRString($0.element), UInt32($0.offset), $0.element)
                }),
            union(
                "choices",
                words.enumerated().map {
                    (XDRString($0.element), $0.offset % 2 == 0 ? [] : [.u32])
                }),
            event(
                "everyword", ["everyword"],
                fields.map { parameter($0.0, .u32, .data) }, .map),
        ]
        for word in words {
            entries.append(function(SCSymbol(word), fields, .u32))
            entries.append(structure(XDRString(word), [("a", .u32)]))
            entries.append(event(SCSymbol(word), [SCSymbol(word)], [], .vec))
        }
        return ContractSpec(entries: entries)
    }()

    private static let level = SCSpecEntry.udtEnumV0(
        SCSpecUDTEnumV0(
            doc: "", lib: "", name: "Level",
            cases: [SCSpecUDTEnumCaseV0(doc: "", name: "Low", value: 1)]))

    private static func event(
        _ name: SCSymbol, _ prefix: [SCSymbol], _ params: [SCSpecEventParamV0],
        _ format: SCSpecEventDataFormat
    ) -> SCSpecEntry {
        .eventV0(
            SCSpecEventV0(
                doc: "", lib: "", name: name, prefixTopics: prefix, params: params,
                dataFormat: format))
    }
}
