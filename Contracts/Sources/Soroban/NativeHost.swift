#if !arch(wasm32)
    /// The host of a contract that is compiled for this machine: whoever runs it installs one.
    public enum NativeHost {
        /// What answers a host function, named by module and field as in the import table.
        public typealias Function = (_ module: String, _ field: String, [UInt64]) -> UInt64

        // Safe: set before a contract runs, and one contract runs at a time in a process.
        /// What answers now.
        nonisolated(unsafe) public static var function: Function?

        // Safe: as above.
        nonisolated(unsafe) private static var pointers: [UnsafeRawPointer?] = []

        /// A number for a place in memory, by which the host asks for it again.
        static func position(of pointer: UnsafeRawPointer?) -> UInt32 {
            pointers.append(pointer)
            return UInt32(pointers.count - 1)
        }

        static func call(_ module: String, _ field: String, _ arguments: [UInt64]) -> UInt64 {
            guard let function else { preconditionFailure("no host is installed") }
            return function(module, field, arguments)
        }
    }
#endif
