import Foundation

/// What hostile patterns may cost. A build without optimisation is many times slower, more so under a sanitizer.
enum Bounds {
    #if DEBUG
        private static let slowness = 150.0
    #else
        private static let slowness = 1.0
    #endif
    /// Reading and compiling a pattern, in seconds.
    static let reading = 0.005 * slowness
    /// Judging one text of a few hundred kilobytes, in seconds.
    static let judging = 0.010 * slowness
    /// By how much resident memory may grow, in bytes.
    static let memory = 64 << 20
    /// About what one pattern may spend on one event.
    static let steps = 100_000

    /// The processor time of this thread so far, in seconds: other processes do not count.
    static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The resident memory of this process in bytes, as Linux tells; 0 elsewhere.
    static var residentMemory: Int {
        let numbers = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return numbers.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 * Int(getpagesize()) } ?? 0
    }
}
