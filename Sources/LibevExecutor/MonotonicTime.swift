import Glibc

/// The clock `CLOCK_MONOTONIC`.
package enum MonotonicTime {
    /// Nanoseconds since some fixed moment, the same for all processes of the machine. Does not jump when the wall
    /// clock is set.
    package static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

extension Duration {
    /// Whole nanoseconds, at least 0, at most a few centuries.
    package var inNanoseconds: UInt64 {
        let parts = components
        guard parts.seconds >= 0, parts.attoseconds >= 0 else { return 0 }
        return UInt64(min(parts.seconds, 1 << 33)) * 1_000_000_000 + UInt64(parts.attoseconds / 1_000_000_000)
    }
}
