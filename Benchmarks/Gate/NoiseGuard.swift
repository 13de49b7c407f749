import Foundation

/// Tells when others use the processors so much that times say nothing.
struct NoiseGuard {
    private let start = ProcessorTime.now

    /// The share of the processors that other programs may use before a measurement.
    private static let mostBusy = 0.25
    /// The share of the time that the machine's host may give to others during one.
    private static let mostStolen = 0.05

    /// Looks for a second at what else runs.
    func noiseBefore() -> String? {
        let before = ProcessorTime.now
        Thread.sleep(forTimeInterval: 1)
        let spent = ProcessorTime.now - before
        guard spent.busyShare > Self.mostBusy else { return nil }
        return "other programs use \(Int(spent.busyShare * 100)) % of the processors"
    }

    /// What the host took since this guard was made.
    func noiseSince() -> String? {
        let spent = ProcessorTime.now - start
        guard spent.stolenShare > Self.mostStolen else { return nil }
        return "the host gave \(Int(spent.stolenShare * 100)) % of the processors' time to others"
    }
}

/// The first line of /proc/stat, in ticks of all processors together.
private struct ProcessorTime {
    private var total = 0.0
    private var idle = 0.0
    private var stolen = 0.0

    static var now: ProcessorTime {
        var time = ProcessorTime()
        guard let text = try? String(contentsOfFile: "/proc/stat", encoding: .utf8) else { return time }
        // user nice system idle iowait irq softirq steal; what follows is part of user and nice.
        let ticks = text.prefix { $0 != "\n" }.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        guard ticks.count == 8 else { return time }
        time.total = ticks.reduce(0, +)
        time.idle = ticks[3] + ticks[4]
        time.stolen = ticks[7]
        return time
    }

    static func - (later: ProcessorTime, earlier: ProcessorTime) -> ProcessorTime {
        var time = ProcessorTime()
        time.total = later.total - earlier.total
        time.idle = later.idle - earlier.idle
        time.stolen = later.stolen - earlier.stolen
        return time
    }

    var busyShare: Double { total > 0 ? (total - idle) / total : 0 }
    var stolenShare: Double { total > 0 ? stolen / total : 0 }
}
