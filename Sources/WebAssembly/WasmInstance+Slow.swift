/// What the interpreter leaves to the instance: host calls, growth, bulk operations.
///
/// The lengths of bulk operations are paid before their bounds are looked at. The reference takes
/// a length as signed, so one of 2^31 and more costs more than any tank holds.
extension WasmInstance {
    /// Calls imported function `index` with its arguments from `base` on, where its result goes.
    // Safe: the compiler placed as many arguments at `base` as the import's type has parameters.
    @inline(never)
    func callImport(_ index: Int, _ base: UnsafeMutablePointer<UInt64>) -> Exit {
        let shape = module.importShapes[index]
        guard let embedder else { return .embedderFailed }
        do {
            let arguments = unsafe UnsafeBufferPointer(start: base, count: shape.parameterCount)
            let result = try unsafe embedder.call(index, arguments.span, self)
            switch shape.result {
            case .i64: unsafe base.pointee = result
            case .i32: unsafe base.pointee = result & 0xffff_ffff
            case nil: break
            }
            return .returned
        } catch {
            failure = error
            return .embedderFailed
        }
    }

    /// Takes fuel, or nothing if there is not enough.
    private func take(_ units: UInt64) -> Bool {
        guard fuel >= units else { return false }
        fuel -= units
        return true
    }

    private func take(_ count: UInt32, per unit: UInt64) -> Bool {
        take(UInt64(bitPattern: Int64(Int32(bitPattern: count))) / unit)
    }

    /// `memory.grow`: −1 only for a growth that no memory could have.
    @inline(never)
    func growMemory(_ result: inout UInt64, by delta: UInt32) -> Exit {
        guard delta <= FormatLimit.memoryPages else {
            result = 0xffff_ffff
            return .returned
        }
        let pages = memory.pages
        result = UInt64(pages)
        guard delta > 0 else { return .returned }
        guard take(UInt64(delta) * module.configuration.fuel.growPage) else { return .outOfFuel }
        let wanted = pages + Int(delta)
        guard wanted <= memory.maximumPages else { return .growthLimited }
        do {
            try embedder?.allocate(Int(delta) * LinearMemory.pageBytes)
        } catch {
            failure = error
            return .embedderFailed
        }
        return memory.grow(to: wanted) ? .returned : .growthLimited
    }

    @inline(never)
    func fillMemory(_ target: UInt32, _ value: UInt32, _ count: UInt32) -> Exit {
        guard take(count, per: module.configuration.fuel.bytesPerUnit) else { return .outOfFuel }
        guard memory.contains(Int(target), Int(count)) else { return .memoryOutOfBounds }
        // Safe: the range was just checked, here and below.
        unsafe (memory.base + Int(target)).initializeMemory(
            as: UInt8.self, repeating: UInt8(truncatingIfNeeded: value), count: Int(count))
        return .returned
    }

    @inline(never)
    func copyMemory(_ target: UInt32, _ source: UInt32, _ count: UInt32) -> Exit {
        guard take(count, per: module.configuration.fuel.bytesPerUnit) else { return .outOfFuel }
        guard memory.contains(Int(target), Int(count)), memory.contains(Int(source), Int(count))
        else { return .memoryOutOfBounds }
        unsafe (memory.base + Int(target)).copyMemory(
            from: memory.base + Int(source), byteCount: Int(count))
        return .returned
    }

    @inline(never)
    func initializeMemory(
        _ target: UInt32, _ source: UInt32, _ count: UInt32, from segment: Int
    ) -> Exit {
        guard take(count, per: module.configuration.fuel.bytesPerUnit) else { return .outOfFuel }
        let bytes = droppedData[segment] ? 0..<0 : module.data[segment].bytes
        guard memory.contains(Int(target), Int(count)), Int(source) + Int(count) <= bytes.count
        else { return .memoryOutOfBounds }
        let start = bytes.lowerBound + Int(source)
        copyData(start..<(start + Int(count)), to: Int(target))
        return .returned
    }

    @inline(never)
    func initializeTable(
        _ target: UInt32, _ source: UInt32, _ count: UInt32, from segment: Int
    ) -> Exit {
        guard take(count, per: module.configuration.fuel.elementsPerUnit) else {
            return .outOfFuel
        }
        let functions = droppedElements[segment] ? [] : module.elements[segment].functions
        guard Int(target) + Int(count) <= module.tableEntries,
            Int(source) + Int(count) <= functions.count
        else { return .tableOutOfBounds }
        for place in 0..<Int(count) {
            unsafe table[Int(target) + place] = functions[Int(source) + place]
        }
        return .returned
    }

    @inline(never)
    func copyTable(_ target: UInt32, _ source: UInt32, _ count: UInt32) -> Exit {
        guard take(count, per: module.configuration.fuel.elementsPerUnit) else {
            return .outOfFuel
        }
        guard Int(target) + Int(count) <= module.tableEntries,
            Int(source) + Int(count) <= module.tableEntries
        else { return .tableOutOfBounds }
        unsafe (table + Int(target)).update(from: table + Int(source), count: Int(count))
        return .returned
    }
}
