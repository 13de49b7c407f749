import Foundation

/// What a process has used since its start, and what it holds now.
struct ProcessReading: Hashable, Sendable {
    /// User and system time.
    var cpuSeconds = 0.0
    var memoryBytes = 0
    /// Since its start.
    var peakMemoryBytes = 0
    var contextSwitches = 0
    /// Nil when they may not be counted, as for another user's process.
    var descriptors: Int?

    static var ofThisProcess: ProcessReading { ProcessMeter(process: getpid()).read() ?? ProcessReading() }
}

extension ProcessUse {
    /// What was used between two readings.
    init(from earlier: ProcessReading, to later: ProcessReading) {
        self.init(
            cpuSeconds: later.cpuSeconds - earlier.cpuSeconds, peakMemoryBytes: later.peakMemoryBytes,
            contextSwitches: max(0, later.contextSwitches - earlier.contextSwitches))
    }
}
