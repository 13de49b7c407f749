import LibevExecutor

/// How fast one core computes: runs of a fixed piece of work, a hash of 64 KiB, a second.
enum ComputeScore {
    private static let text = [UInt8]((0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31) })

    static func measure(for duration: Duration) -> Double {
        let began = MonotonicTime.now
        var (runs, hash) = (0, UInt64(0xcbf2_9ce4_8422_2325))
        var now = began
        repeat {
            text.withUnsafeBufferPointer { bytes in
                for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            }
            runs += 1
            now = MonotonicTime.now
        } while now - began < duration.inNanoseconds
        // The hash must be used, or nothing would be computed.
        precondition(hash != 0)
        return Double(runs) / (Double(now - began) * 1e-9)
    }
}
