import Foundation

/// Reads what a process uses, from the system.
struct ProcessMeter: Sendable {
    let process: pid_t

    /// What it has used until now; nil when there is no such process.
    func read() -> ProcessReading? {
        guard let cpuSeconds else { return nil }
        let status = fields(of: "/proc/\(process)/status")
        return ProcessReading(
            cpuSeconds: cpuSeconds, memoryBytes: Self.bytes(status["VmRSS"]),
            peakMemoryBytes: Self.bytes(status["VmHWM"]), contextSwitches: contextSwitches,
            descriptors: entries(of: "/proc/\(process)/fd").map(\.count))
    }

    /// User and system time of all threads, those that have ended too.
    private var cpuSeconds: Double? {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Of the threads that live; the process as a whole does not tell.
    private var contextSwitches: Int {
        (entries(of: "/proc/\(process)/task") ?? []).reduce(0) { sum, thread in
            let status = fields(of: "/proc/\(process)/task/\(thread)/status")
            return sum
                + ["voluntary_ctxt_switches", "nonvoluntary_ctxt_switches"].reduce(0) {
                    $0 + (Int(status[$1] ?? "") ?? 0)
                }
        }
    }

    private func entries(of folder: String) -> [String]? {
        try? FileManager.default.contentsOfDirectory(atPath: folder)
    }

    private func fields(of path: String) -> [String: String] {
        let pairs = (SystemFile.text(path) ?? "").split(separator: "\n").compactMap { line in
            line.firstIndex(of: ":").map {
                (String(line[..<$0]), line[line.index(after: $0)...].trimmingCharacters(in: .whitespaces))
            }
        }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    /// Reads `1234 kB`.
    private static func bytes(_ text: String?) -> Int {
        Int(text?.split(separator: " ").first ?? "").map { $0 << 10 } ?? 0
    }
}
