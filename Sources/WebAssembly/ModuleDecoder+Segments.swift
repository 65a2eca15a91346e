/// Element and data segments.
extension ModuleDecoder {
    mutating func elementSection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.exportsAndSegments, of: "segments")) {
            let flags = try reader.u32()
            guard flags <= 3 else {
                throw reader.error(.unsupported, "element segments as expressions")
            }
            if flags == 2, try reader.u32() != 0 {
                throw reader.error(.unknownIndex, "an element segment is for another table than 0")
            }
            let mode: ElementSegment.Mode
            if flags & 1 == 0 {
                guard table != nil else {
                    throw reader.error(.unknownIndex, "an element segment has no table")
                }
                mode = .active(try constantExpression(of: .i32))
            } else {
                mode = flags == 1 ? .passive : .declared
            }
            if flags != 0, try reader.byte() != 0 {
                throw reader.malformed("an element segment is not of functions")
            }
            var entries: [UInt32] = []
            for _ in 0..<(try reader.count(max: FormatLimit.tableEntries, of: "elements")) {
                entries.append(UInt32(try functionIndex()))
            }
            elements.append(ElementSegment(mode: mode, functions: entries))
        }
    }

    mutating func dataSection() throws(WasmError) {
        for _ in 0..<(try reader.count(max: FormatLimit.exportsAndSegments, of: "segments")) {
            let flags = try reader.u32()
            guard flags <= 2 else { throw reader.malformed("a data segment has flags \(flags)") }
            if flags == 2, try reader.u32() != 0 {
                throw reader.error(.unknownIndex, "a data segment is for another memory than 0")
            }
            var offset: ConstantExpression?
            if flags != 1 {
                guard memory != nil else {
                    throw reader.error(.unknownIndex, "a data segment has no memory")
                }
                offset = try constantExpression(of: .i32)
            }
            data.append(DataSegment(offset: offset, bytes: try reader.skip(try reader.index())))
        }
    }
}
