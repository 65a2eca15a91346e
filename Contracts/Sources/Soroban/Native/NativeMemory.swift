#if !arch(wasm32)
    /// What a contract that is compiled for this machine has shown its host: pieces of its memory,
    /// at positions as small as those of a contract on the ledger.
    public struct NativeMemory {
        private struct Piece {
            var start: Int
            var bytes: UnsafeMutableRawBufferPointer

            var end: Int { start + bytes.count }
        }

        /// Ascending, with a gap after each, so that what is beyond one is not in another.
        private var pieces: [Piece] = []

        /// The position from which the host finds these bytes; `nil` if there are too many.
        mutating func position(of bytes: UnsafeRawBufferPointer) -> UInt32? {
            let start = ((pieces.last?.end ?? 0) + 16) & ~7
            guard start + bytes.count <= Int(UInt32.max) else { return nil }
            // Safe: the host writes where the contract asks it to, as it does on the ledger.
            pieces.append(
                Piece(start: start, bytes: UnsafeMutableRawBufferPointer(mutating: bytes)))
            return UInt32(start)
        }

        /// So many bytes from a position on, if the contract has shown all of them. They are there
        /// until the host has answered.
        public func bytes(at position: Int, count: Int) -> UnsafeMutableRawBufferPointer? {
            var (low, high) = (0, pieces.count)
            while low < high {
                let middle = (low + high) / 2
                if pieces[middle].start <= position { low = middle + 1 } else { high = middle }
            }
            guard low > 0, count >= 0 else { return nil }
            let piece = pieces[low - 1]
            guard count <= piece.bytes.count, position <= piece.end - count else { return nil }
            let offset = position - piece.start
            return UnsafeMutableRawBufferPointer(rebasing: piece.bytes[offset..<offset + count])
        }
    }
#endif
