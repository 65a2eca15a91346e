import Stellar
import StellarXDR

/// Specifications that contracts might have.
enum Specs {
    /// One of each kind of type.
    static let vault = ContractSpec(entries: [
        function(
            "put",
            [
                ("pair", udt("Pair")), ("owner", udt("Owner")),
                ("shares", .map(SCSpecTypeMap(keyType: .address, valueType: .i128))),
                ("key", .bytesN(SCSpecTypeBytesN(n: 64))),
            ],
            .result(
                SCSpecTypeResult(
                    okType: .tuple(SCSpecTypeTuple(valueTypes: [])), errorType: udt("Error")))),
        function("get", [], .tuple(SCSpecTypeTuple(valueTypes: [.u32, .string]))),
        function("last", [("reason", udt("Error"))], option(udt("Error"))),
        structure("Pair", [("0", .u32), ("1", .string)]),
        structure("Nothing", []),
        structure("String", [("self", .string), ("hash_value", .bool), ("sc_val", .u64)]),
        structure("Tree", [("leaves", list(udt("Tree"))), ("parent", option(udt("Tree")))]),
        union("Owner", [("None", []), ("One", [.address]), ("Both", [.address, .u32])]),
        .udtEnumV0(
            SCSpecUDTEnumV0(
                doc: "", lib: "", name: "Level",
                cases: [
                    SCSpecUDTEnumCaseV0(doc: "", name: "Low", value: 1),
                    SCSpecUDTEnumCaseV0(doc: "", name: "AlsoLow", value: 1),
                ])),
        errors("Error", [("IsEmpty", 1, "It is \"empty\"."), ("Init", 2, "")]),
        .eventV0(
            SCSpecEventV0(
                doc: "", lib: "", name: "moved", prefixTopics: ["moved"],
                params: [
                    parameter("value", .u32, .topicList), parameter("topics", .u32, .data),
                    parameter("values", udt("Level"), .data),
                ],
                dataFormat: .vec)),
    ])

    /// Names and words that would be code if they were copied.
    static let hostile: ContractSpec = {
        let evil = "a\nstruct Injected {}\r\n*/ \"; \\(x) \u{202E}"
        let name = XDRString("x\"){}}\nstruct Injected {}//")
        let type = SCSpecTypeDef.udt(SCSpecTypeUDT(name: name))
        let raw = SCSymbol([UInt8]("f\"\n}struct Injected {}".utf8))
        return ContractSpec(entries: [
            .functionV0(
                SCSpecFunctionV0(
                    doc: XDRString(evil), name: raw,
                    inputs: [
                        SCSpecFunctionInputV0(doc: "", name: name, type: type),
                        SCSpecFunctionInputV0(doc: "", name: "contractID", type: .u32),
                        SCSpecFunctionInputV0(doc: "", name: "contract_iD", type: .u32),
                    ], outputs: [type])),
            function("a_b", [], .u32), function("aB", [], .u32), function("a__b", [], .u32),
            function("a_b", [], .bool), function("contractID", [], .void),
            .udtStructV0(
                SCSpecUDTStructV0(
                    doc: XDRString(evil), lib: XDRString(evil), name: name,
                    fields: ["a\"b", "a_b", "aB", "\n", "init", "Self"].map {
                        SCSpecUDTStructFieldV0(doc: XDRString(evil), name: $0, type: type)
                    })),
            union(
                "U", [("a\"\n}", [type]), ("A\"\n}", []), ("hash", []), ("init", []), ("Type", [])]),
            union("Empty", []), structure("Empty", []), errors("NoErrors", []),
            errors("aB", [("e\"\n", 1, evil), ("E\"\n", 2, evil), ("sentence", 3, evil)]),
            .eventV0(
                SCSpecEventV0(
                    doc: XDRString(evil), lib: "", name: raw, prefixTopics: [raw],
                    params: [parameter(name, type, .topicList), parameter("a\"b", type, .data)],
                    dataFormat: .map)),
        ])
    }()

    private static func udt(_ name: XDRString) -> SCSpecTypeDef { .udt(SCSpecTypeUDT(name: name)) }

    private static func option(_ type: SCSpecTypeDef) -> SCSpecTypeDef {
        .option(SCSpecTypeOption(valueType: type))
    }

    private static func list(_ type: SCSpecTypeDef) -> SCSpecTypeDef {
        .vec(SCSpecTypeVec(elementType: type))
    }

    static func function(
        _ name: SCSymbol, _ inputs: [(XDRString, SCSpecTypeDef)], _ output: SCSpecTypeDef
    ) -> SCSpecEntry {
        .functionV0(
            SCSpecFunctionV0(
                doc: "", name: name,
                inputs: inputs.map { SCSpecFunctionInputV0(doc: "", name: $0.0, type: $0.1) },
                outputs: [output]))
    }

    static func structure(
        _ name: XDRString, _ fields: [(XDRString, SCSpecTypeDef)]
    ) -> SCSpecEntry {
        .udtStructV0(
            SCSpecUDTStructV0(
                doc: "", lib: "", name: name,
                fields: fields.map { SCSpecUDTStructFieldV0(doc: "", name: $0.0, type: $0.1) }))
    }

    static func union(
        _ name: XDRString, _ cases: [(XDRString, [SCSpecTypeDef])]
    ) -> SCSpecEntry {
        let cases: [SCSpecUDTUnionCaseV0] = cases.map { name, types in
            types.isEmpty
                ? .voidV0(SCSpecUDTUnionCaseVoidV0(doc: "", name: name))
                : .tupleV0(SCSpecUDTUnionCaseTupleV0(doc: "", name: name, type: types))
        }
        return .udtUnionV0(SCSpecUDTUnionV0(doc: "", lib: "", name: name, cases: cases))
    }

    static func errors(
        _ name: XDRString, _ cases: [(XDRString, UInt32, String)]
    ) -> SCSpecEntry {
        .udtErrorEnumV0(
            SCSpecUDTErrorEnumV0(
                doc: "", lib: "", name: name,
                cases: cases.map {
                    SCSpecUDTErrorEnumCaseV0(doc: XDRString($0.2), name: $0.0, value: $0.1)
                }))
    }

    static func parameter(
        _ name: XDRString, _ type: SCSpecTypeDef, _ location: SCSpecEventParamLocationV0
    ) -> SCSpecEventParamV0 {
        SCSpecEventParamV0(doc: "", name: name, type: type, location: location)
    }
}
